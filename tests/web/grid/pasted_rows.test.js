// Rows from the clipboard as the text of a file.

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import mount, { fileText } from "../../../komet_import/web/home/pasted_rows.js";

test("what has tabs says that they part its cells, and everything else is as it was pasted", () => {
  assert.equal(fileText("a, b\tc\r\n1\t2"), "sep=\t\na, b\tc\r\n1\t2");
  assert.equal(fileText("sep=;\na;b\tc"), "sep=;\na;b\tc");
  assert.equal(fileText("a,b\n1,2"), "a,b\n1,2");
});

// What a page has of the field, and its uploaders: each tells what it was given.
function page(t, uploaders) {
  mock.timers.enable({ apis: ["setTimeout"] });
  const field = { value: "a\tb\n1\t2", dataset: { met: "yes" }, isConnected: true };
  const [button, paste] = [{}, { hidden: true }];
  const parts = { textarea: field, button, ".paste": paste };
  globalThis.document = { querySelectorAll: () => uploaders };
  globalThis.DataTransfer = class {
    files = [];
    items = { add: file => this.files.push(file) };
  };
  t.after(() => {
    mock.timers.reset();
    delete globalThis.document;
    delete globalThis.DataTransfer;
  });
  mount({ data: { rows: "Rows", read: "Read" }, parentElement: { querySelector: name => parts[name] } });
  return { field, button, paste };
}

function uploader({ stale = false, disabled = false } = {}) {
  const one = { stale, disabled, given: [] };
  one.closest = () => (one.stale ? {} : null);
  one.dispatchEvent = event => one.given.push(event.type, ...one.files.map(file => file.name));
  return one;
}

test("rows are given to the uploader of the page as it is, not to one that goes", t => {
  const [goes, comes] = [uploader({ stale: true }), uploader()];
  const { field, button, paste } = page(t, [goes, comes]);
  assert.deepEqual([paste.hidden, button.textContent, button.disabled], [false, "Read", false]);
  assert.equal(field.ariaLabel, "Rows");
  button.onclick();
  assert.deepEqual([goes.given, comes.given], [[], ["change", "Pasted rows.txt"]]);
  assert.equal(button.disabled, true);
});

test("where there is none yet that takes files they wait for it, as long as their field is there", t => {
  const [first, second] = [uploader({ stale: true }), uploader({ disabled: true })];
  const { field, button } = page(t, [first, second]);
  button.onclick();
  mock.timers.tick(1000);
  assert.deepEqual([first.given, second.given, button.disabled], [[], [], true]);
  second.disabled = false;
  mock.timers.tick(100);
  assert.deepEqual(second.given, ["change", "Pasted rows.txt"]);
  second.disabled = true;
  button.onclick();
  field.isConnected = false;
  second.disabled = false;
  mock.timers.tick(1000);
  assert.deepEqual(second.given, ["change", "Pasted rows.txt"]);
});
