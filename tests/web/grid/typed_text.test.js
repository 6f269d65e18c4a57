// What is typed into a field of a popover or a dialog is sent before Escape closes that.

import assert from "node:assert/strict";
import { test } from "node:test";

import mount, { leaveField } from "../../../komet_import/web/shared/typed_text.js";
import { fire, pageFor } from "./page.js";

// How often a field was left by a key in it (or beside all, on the page itself, or in a list that is open).
function left(held, { field = true, closing = true, open = false } = {}) {
  let count = 0;
  const input = {
    ariaExpanded: open ? "true" : null,
    closest: () => (closing ? {} : null),
    blur: () => count++,
  };
  leaveField({ key: "Escape", target: { closest: () => (field ? input : null) }, ...held });
  return count;
}

test("Escape leaves the field first", () => {
  assert.equal(left({}), 1);
});

test("other keys, and fields of the page itself, are left alone", () => {
  assert.equal(left({ key: "Enter" }), 0);
  assert.equal(left({}, { field: false }), 0);
  assert.equal(left({}, { closing: false }), 0);
});

test("a list that is open, and letters that are being put together, have the key for themselves", () => {
  assert.equal(left({}, { open: true }), 0);
  assert.equal(left({ isComposing: true }), 0);
});

test("what hears the keys of a page hears none once it is gone", t => {
  const page = pageFor(t);
  page.body.innerHTML = '<div role="dialog"><input></div>';
  const field = page.querySelector("input");
  const stays = () => {
    field.focus();
    fire(field, "keydown", { key: "Escape" });
    return page.activeElement === field;
  };
  const leave = mount();
  assert.equal(stays(), false);
  leave();
  assert.equal(stays(), true);
});
