// A click on Import waits for what was typed, for a while, and is answered where that is not saved.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { setTimeout as later } from "node:timers/promises";

import { ImportClick } from "../../../komet_import/web/review/grid/import_click.js";

const clock = Date.now;
afterEach(() => {
  Date.now = clock;
});

// The button of a page with so many unsaved changes; `done` is what came of clicks on it.
function page(unsaved) {
  const done = [];
  const queue = { unsaved, held: false };
  const importClick = new ImportClick({ queue, footer: { notice: ({ text }) => done.push(text) } });
  const button = {
    closest: part => (part.includes(".st-key-import button") ? button : null),
    click: () => press(button),
  };
  const press = target => {
    let stopped = false;
    const stop = () => {
      stopped = true;
    };
    importClick.clicked({ target, preventDefault: stop, stopImmediatePropagation: stop });
    if (!stopped) done.push("clicked");
  };
  return { done, queue, importClick, button, press };
}

test("where everything is saved, and on anything else, a click is a click", () => {
  const saved = page(0);
  saved.press(saved.button);
  const elsewhere = page(1);
  elsewhere.press({ closest: () => null });
  assert.deepEqual([saved.done, elsewhere.done], [["clicked"], ["clicked"]]);
});

test("clicks made before the last change is saved are one click right after it", async () => {
  const { done, queue, importClick, button, press } = page(2);
  press(button);
  press(button);
  queue.unsaved = 1;
  importClick.look();
  await later(1);
  assert.deepEqual(done, []);
  queue.unsaved = 0;
  importClick.look();
  importClick.look();
  await later(1);
  assert.deepEqual(done, ["clicked"]);
});

test("a change that is refused, stuck or on its way for long lets nothing be imported, once, and says so", async () => {
  const ends = [
    ({ importClick }) => importClick.refuse(),
    ({ queue }) => {
      queue.held = true;
    },
    () => {
      Date.now = () => clock() + 11_000;
    },
  ];
  for (const end of ends) {
    const its = page(1);
    its.press(its.button);
    end(its);
    its.importClick.look();
    its.queue.unsaved = 0;
    its.importClick.look();
    await later(1);
    assert.match(its.done.join(), /^Nothing was imported: a change of yours is not saved\.[^,]*$/);
    Date.now = clock;
  }
});
