// What floats beside a cell: choices, the menu, the callout, the days of a month.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Calendar } from "../../../komet_import/web/review/grid/calendar.js";
import { Callout, Menu, OptionList, useLabel } from "../../../komet_import/web/review/grid/popup.js";
import { openedGrid } from "./opened_grid.js";
import { fire, pageFor } from "./page.js";

const HERE = { left: 10, right: 110, top: 10, bottom: 40 };

function optionsOf(t) {
  pageFor(t);
  const taken = [];
  const options = new OptionList({ choose: value => taken.push(value) });
  const offer = (...values) =>
    options.offer(
      values.map(value => ({ value })),
      HERE,
    );
  return { options, taken, offer };
}

test("the arrows go round what is offered, and what was chosen stays so among others", t => {
  const { options, offer } = optionsOf(t);
  offer("a", "b", "c");
  assert.equal(options.current, null);
  const at = by => {
    options.move(by);
    return options.current.value;
  };
  assert.deepEqual([at(1), at(1), at(1), at(1), at(-1)], ["a", "b", "c", "a", "c"]);
  offer("c", "d");
  assert.equal(options.current.value, "c");
  offer("d");
  assert.equal(options.current, null);
  assert.equal(at(-1), "d");
  const chosen = [...options.node.children].map(node => node.getAttribute("aria-selected"));
  assert.deepEqual(chosen, ["true"]);
});

test("a click takes its option; where nothing is offered the list goes, or says so", t => {
  const { options, taken, offer } = optionsOf(t);
  offer("a", "b");
  options.node.children[1].children[0].click();
  assert.deepEqual(taken, ["b"]);
  offer();
  assert.equal(options.shown, false);
  options.offer([], HERE, "Nothing found");
  assert.deepEqual([options.shown, options.node.textContent], [true, "Nothing found"]);
  options.move(1);
  assert.equal(options.current, null);
});

const ABOUT = {
  issues: [{ severity: "error", message: "Wrong.", suggestion: "FL9" }],
  whole: "",
  usable: true,
  place: { i: 1, j: 0 },
  hovered: true,
};

test("the callout says what is wrong now, with a button only where the pointer rests", t => {
  pageFor(t);
  const used = [];
  const callout = new Callout({ use: (place, value) => used.push([place, value]) });
  const said = about => {
    callout.say({ ...ABOUT, ...about }, HERE);
    return callout.node.textContent;
  };
  assert.equal(said({}), "Wrong.Use FL9");
  const button = callout.node.querySelector("button");
  assert.equal(said({}), "Wrong.Use FL9");
  assert.equal(callout.node.querySelector("button"), button, "drawn once: it may be under the pointer");
  button.click();
  assert.deepEqual(used, [[ABOUT.place, "FL9"]]);
  assert.equal(said({ issues: [{ ...ABOUT.issues[0], message: "Still wrong." }] }), "Still wrong.Use FL9");
  assert.equal(said({ hovered: false }), "Wrong.Alt ⏎Use FL9");
  assert.equal(callout.node.querySelector("button"), null);
  assert.equal(said({ usable: false, whole: "a long text" }), "Wrong.a long text");
  assert.deepEqual(
    [callout.covers({ clientX: 5, clientY: 5 }), callout.covers({ clientX: 5, clientY: 601 })],
    [true, false],
  );
  callout.hide();
  assert.equal(callout.covers({ clientX: 5, clientY: 5 }), false);
});

test("a suggestion is short on its button, and one of nothing clears", () => {
  assert.deepEqual(
    [useLabel("FL9"), useLabel(""), useLabel("x".repeat(41))],
    ["Use FL9", "Clear it", `Use ${"x".repeat(39)}…`],
  );
});

test("in the menu the arrows go round, Enter does what is chosen, Escape and Tab nothing", t => {
  const page = pageFor(t);
  const done = [];
  const menu = new Menu({ closed: () => done.push("closed") });
  page.body.append(menu.node);
  const items = ["a", "b", null, "c"].map(label => label && { label, act: () => done.push(label) });
  const pressed = (...keys) => {
    menu.open(items, HERE);
    assert.equal(menu.shown, true);
    for (const key of keys) fire(page.activeElement, "keydown", { key });
    const told = menu.shown ? page.activeElement.textContent : done.splice(0);
    menu.hide();
    return told;
  };
  assert.deepEqual(
    [
      pressed(),
      pressed("ArrowDown"),
      pressed("ArrowUp"),
      pressed("End", "ArrowDown"),
      pressed("End", "Home"),
    ],
    ["a", "b", "c", "a", "a"],
  );
  assert.deepEqual(pressed("ArrowDown", "Enter"), ["closed", "b"]);
  assert.deepEqual(pressed("Escape"), ["closed"]);
  assert.deepEqual(pressed("Tab"), ["closed"]);
  menu.open(items, HERE);
  page.body.focus();
  assert.equal(menu.shown, false, "the focus went elsewhere");
});

test("the menu of cells opens at the pointer, or from the keyboard at the cell", async t => {
  const { grid, point, press, cell } = await openedGrid(t);
  point(1, 2);
  fire(cell(1, 2), "contextmenu", { clientX: 333, clientY: 44 });
  assert.deepEqual([grid.menu.shown, grid.menu.node.style.left], [true, "8px"], "as far left as it fits");
  const opened = [];
  grid.menu.open = (_items, anchor) => opened.push([anchor.left, anchor.top]);
  fire(cell(1, 2), "contextmenu", { clientX: 333, clientY: 44 });
  cell(1, 2).focus();
  press("ContextMenu");
  assert.deepEqual(opened, [
    [333, 44],
    [300, 60],
  ]);
});

function calendarAt(t, text) {
  pageFor(t);
  t.mock.timers.setTime(Date.UTC(2026, 2, 15, 12));
  const chosen = [];
  const calendar = new Calendar({ choose: day => chosen.push(day) });
  calendar.open(text, HERE);
  const pressed = () => calendar.node.querySelector('[aria-pressed="true"]').getAttribute("data-day");
  return { calendar, chosen, pressed };
}

test("the days of a month stand below their weekdays, with those that fill its weeks", t => {
  const { calendar, chosen, pressed } = calendarAt(t, " 2026-02-03 ");
  const days = calendar.node.querySelectorAll("[data-day]");
  assert.deepEqual(
    [days.length, days[0].getAttribute("data-day"), days[0].getAttribute("class")],
    [42, "2026-01-26", "day other"],
  );
  assert.equal(pressed(), "2026-02-03");
  assert.equal(calendar.node.querySelector(".month").textContent, "‹February 2026›");
  assert.equal(calendar.node.querySelector(".week").textContent, "MTWTFSS");
  days[2].click();
  calendar.node.querySelector(".foot").children[0].click();
  assert.deepEqual(chosen, ["2026-01-28", "2026-03-15"]);
});

for (const text of ["", "03/04/2026", "2026-02-30"]) {
  test(`where “${text}” is no day, today is the one that is at hand`, t => {
    const { calendar, pressed } = calendarAt(t, text);
    assert.deepEqual([pressed(), calendar.chosen], ["2026-03-15", null]);
    assert.equal(calendar.node.querySelector('[aria-current="date"]').getAttribute("data-day"), "2026-03-15");
  });
}

// [from, step, to]
const MOVES = [
  ["2026-03-31", { days: 1 }, "2026-04-01"],
  ["2026-03-01", { days: -7 }, "2026-02-22"],
  ["2026-03-31", { months: -1 }, "2026-02-28"],
  ["2026-12-15", { months: 1 }, "2027-01-15"],
];

for (const [from, step, to] of MOVES) {
  test(`from ${from} by ${JSON.stringify(step)} to ${to}`, t => {
    const { calendar, pressed } = calendarAt(t, from);
    assert.deepEqual([calendar.move(step), pressed()], [to, to]);
  });
}
