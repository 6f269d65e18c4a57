// Keys of the page: each presses what stands on the page, and none reaches behind a dialog.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { setTimeout as later } from "node:timers/promises";

import { pageKey } from "../../../komet_import/web/review/grid/page_keys.js";

const IMPORT = ".st-key-import button";
const CONFIRM = ".st-key-confirm-and-import button";
const LIST = ".st-key-show-keys button";

// What a key did on a page that has these parts.
function pressed(key, { shown = [IMPORT, LIST], writing = false, ...held } = {}) {
  const done = [];
  const part = selector =>
    shown.includes(selector) || selector.includes("search")
      ? { click: () => done.push(selector), focus: () => done.push("search"), select: () => {} }
      : null;
  const body = {};
  globalThis.document = { querySelector: part, body, activeElement: body };
  globalThis.MutationObserver = class {
    constructor(changed) {
      globalThis.changed = changed;
    }
    observe() {}
    disconnect() {
      globalThis.changed = null;
    }
  };
  const path = [
    {
      closest: part => (writing && part.includes("input") ? {} : null),
      focus: () => done.push("cell"),
      isConnected: true,
    },
  ];
  const used = pageKey({ key, composedPath: () => path, ...held });
  assert.equal(used, done.length > 0);
  pressed.done = done;
  return done.join();
}

afterEach(() => delete globalThis.document);

test("Ctrl+Enter imports, and in the question before it confirms; behind another dialog it does nothing", () => {
  assert.equal(pressed("Enter", { ctrlKey: true }), IMPORT);
  assert.equal(pressed("Enter", { metaKey: true, writing: true }), IMPORT);
  const asked = { shown: ['[role="dialog"]', IMPORT, CONFIRM] };
  assert.equal(pressed("Enter", { ctrlKey: true, ...asked }), CONFIRM);
  assert.equal(pressed("Enter", { ctrlKey: true, shown: ['[role="dialog"]', IMPORT] }), "");
  assert.equal(pressed("Enter"), "");
  assert.equal(pressed("Enter", { ctrlKey: true, repeat: true }), "", "a key that is held is one key");
});

test("/ searches and ? lists the keys, where nobody writes", () => {
  assert.equal(pressed("/"), "search");
  assert.equal(pressed("?"), LIST);
  for (const key of ["/", "?"]) {
    assert.equal(pressed(key, { writing: true }), "");
    assert.equal(pressed(key, { shown: ['[role="dialog"]', LIST] }), "");
  }
});

test("when the list of keys is closed, its person is on the cell again", async () => {
  assert.equal(pressed("?"), LIST);
  globalThis.changed(); // it is not there yet
  document.querySelector = () => ({});
  globalThis.changed();
  document.querySelector = () => null;
  globalThis.changed();
  assert.equal(globalThis.changed, null);
  await later(5);
  assert.deepEqual(pressed.done, [LIST, "cell"]);
});
