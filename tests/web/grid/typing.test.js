// Typing in a cell: nothing is taken that was found for an earlier text, and keys wait for what is typed.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Offers } from "../../../komet_import/web/review/grid/offers.js";
import { Typing } from "../../../komet_import/web/review/grid/typing.js";

// The field of a customer in which `text` is typed; the first of what is offered is chosen with the arrow.
function typing(kind = "customer") {
  const column = { name: "Customer", kind };
  const done = [];
  const attributes = new Map();
  const input = {
    value: "",
    getAttribute: name => attributes.get(name) ?? null,
    hasAttribute: name => attributes.has(name),
    setAttribute: (name, value) => attributes.set(name, String(value)),
    removeAttribute: name => attributes.delete(name),
  };
  const editor = {
    input,
    pick: { ...input },
    box: { getBoundingClientRect: () => ({}) },
    open: true,
    mode: "enter",
    target: { before: "" },
    place() {},
    finish(value = input.value) {
      editor.open = false;
      done.push(value);
    },
  };
  const options = {
    shown: false,
    offer(values) {
      Object.assign(options, { shown: true, values, current: null });
    },
    move: () => Object.assign(options, { current: options.values[0] }),
    hide: () => Object.assign(options, { shown: false, current: null }),
  };
  const state = { found: null };
  const offers = new Offers({
    editor,
    options,
    calendar: { shown: false, hide() {} },
    column: () => (editor.open ? column : undefined),
    ask: (_column, query) => done.push(`asked ${query}`),
    found: () => state.found,
  });
  const parts = { view: {}, places: {}, actions: {}, hover: {}, footer: {} };
  const moves = { enter: () => done.push("moved on") };
  const typed = new Typing({ ...parts, moves, cursor: { take() {} }, editor, offers, ways: {} });
  offers.prepare(column);
  return {
    done,
    type: text => {
      input.value = text;
      typed.typed();
    },
    answer: (query, ...values) => {
      state.found = { column: "Customer", query, options: values.map(value => ({ value })) };
      typed.answered();
    },
    press: key => typed.key({ key, preventDefault() {} }),
  };
}

test("what is chosen with a key is what was found for the text that is typed by then", context => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { done, type, answer, press } = typing();
  type("FL");
  context.mock.timers.tick(90);
  answer("FL", "FL1", "FL2");
  type("FLO");
  press("ArrowDown"); // FL1 and FL2 are still offered
  press("Enter");
  context.mock.timers.tick(90);
  assert.deepEqual(done, ["asked FL", "asked FLO"], "keys wait");
  answer("FLO", "FLO7");
  assert.deepEqual(done.slice(2), ["FLO7", "moved on"]);
});

test("without choosing, the text itself is taken", context => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { done, type, answer, press } = typing();
  type("FL");
  context.mock.timers.tick(90);
  answer("FL", "FL1");
  press("Enter");
  assert.deepEqual(done, ["asked FL", "FL", "moved on"]);
});

test("of several codes the last is looked up, and replaced by the one that is chosen", context => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { done, type, answer, press } = typing("locations");
  type("MIA:NY");
  context.mock.timers.tick(90);
  answer("NY", "NYC");
  press("ArrowDown");
  press("Enter");
  assert.deepEqual(done, ["asked NY", "MIA:NYC", "moved on"]);
});

test("a letter that is typed meanwhile drops the keys that waited", context => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { done, type, answer, press } = typing();
  type("FL");
  context.mock.timers.tick(90);
  answer("FL", "FL1");
  type("FLO");
  press("ArrowDown");
  type("FLOR");
  context.mock.timers.tick(90);
  answer("FLOR", "FLOR1");
  assert.deepEqual(done, ["asked FL", "asked FLOR"]);
});
