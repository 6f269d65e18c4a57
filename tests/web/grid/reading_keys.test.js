// Ctrl+Enter on the page that shows how a file was read, in its fields.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { confirmKey } from "../../../komet_import/web/review/reading_panel/reading_keys.js";

// How often the button was pressed by a key in a field (or beside all, or in a list that is open).
function presses(held, { field = true, open = false, dialog = false } = {}) {
  let pressed = 0;
  globalThis.document = {
    querySelector: selector =>
      selector.includes("dialog") ? (dialog ? {} : null) : { click: () => pressed++ },
  };
  const target = { closest: () => (field ? { ariaExpanded: open ? "true" : "false" } : null) };
  confirmKey({ key: "Enter", target, ...held });
  return pressed;
}

afterEach(() => delete globalThis.document);

test("Ctrl+Enter in a field confirms what stands there", () => {
  assert.equal(presses({ ctrlKey: true }), 1);
  assert.equal(presses({ metaKey: true }), 1);
});

test("it is left to Streamlit outside of fields, and to a list that is open; a dialog hides the button", () => {
  assert.equal(presses({ ctrlKey: true }, { field: false }), 0);
  assert.equal(presses({ ctrlKey: true }, { open: true }), 0);
  assert.equal(presses({ ctrlKey: true }, { dialog: true }), 0);
});

test("no other key confirms", () => {
  for (const held of [
    {},
    { ctrlKey: true, shiftKey: true },
    { ctrlKey: true, altKey: true },
    { ctrlKey: true, repeat: true },
  ]) {
    assert.equal(presses(held), 0);
  }
  assert.equal(presses({ ctrlKey: true, key: "d" }), 0);
});
