// Where keys lead, and when they turn the page.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Moves } from "../../../komet_import/web/review/grid/moves.js";
import { placesOn } from "./sheet.js";

const FILLED = new Set(["0:1", "1:1", "3:1", "3:2"]);

// Four rows on the second of three pages; `turned` holds the pages that were asked for.
function moving({ filled = FILLED, stops = new Set() } = {}) {
  const { places } = placesOn(2, 3, 4, 5);
  const turned = [];
  const pages = {
    turn: (page, how) => turned.push([page, how]) > 0,
    turnBy: (by, how) => pages.turn(2 + by, how),
    turnToLast: how => pages.turn(3, how),
  };
  const moves = new Moves({
    places,
    pages,
    filled: (i, j) => filled.has(`${i}:${j}`),
    stops: (i, j) => stops.has(`${i}:${j}`),
    screenful: () => 2,
    go: (i, j, how) => places.move(i, j, how),
  });
  return { places, moves, turned };
}

// [what is pressed, from, to]
const STEPS = [
  ["down", m => m.arrow("ArrowDown"), [0, 1], [1, 1]],
  ["a screen down", m => m.arrow("PageDown"), [0, 1], [2, 1]],
  ["Home", m => m.arrow("Home"), [1, 2], [1, 0]],
  ["End", m => m.arrow("End"), [1, 0], [1, 2]],
  ["left at the edge stays", m => m.arrow("ArrowLeft"), [1, 0], [1, 0]],
  ["Ctrl and down to the end of what is filled", m => m.jump("ArrowDown"), [0, 1], [1, 1]],
  ["Ctrl and down to what is filled next", m => m.jump("ArrowDown"), [1, 1], [3, 1]],
  ["Ctrl and right with nothing filled to the edge", m => m.jump("ArrowRight"), [2, 0], [2, 2]],
  ["Tab at a row's end to the next row", m => m.tab(false), [1, 2], [2, 0]],
  ["Tab back at a row's beginning", m => m.tab(true), [1, 0], [0, 2]],
  ["Enter", m => m.enter(false), [1, 1], [2, 1]],
  ["Enter back", m => m.enter(true), [1, 1], [0, 1]],
];

for (const [name, press, [i, j], [row, column]] of STEPS) {
  test(`${name}: from ${i}, ${j} to ${row}, ${column}`, () => {
    const { places, moves, turned } = moving();
    places.move(i, j);
    press(moves);
    assert.deepEqual(places.focus, { i: row, j: column });
    assert.deepEqual(turned, []);
  });
}

// [what is pressed, from, the page, where on it]
const TURNS = [
  ["down in the last row", m => m.arrow("ArrowDown", false), [3, 1], 3, { row: "first" }],
  ["up in the first row", m => m.arrow("ArrowUp", false), [0, 1], 1, { row: "last" }],
  ["Tab in the last cell", m => m.tab(false), [3, 2], 3, { row: "first", column: 0 }],
  ["Tab back in the first cell", m => m.tab(true), [0, 0], 1, { row: "last", column: 2 }],
  ["Enter in the last row", m => m.enter(false), [3, 1], 3, { row: "first", column: 1 }],
  ["Ctrl and Home", m => m.toStart(false), [3, 1], 1, { row: "first", column: 0 }],
  ["Ctrl and End", m => m.toEnd(false), [0, 1], 3, { row: "last", column: 2 }],
];

for (const [name, press, [i, j], page, how] of TURNS) {
  test(`${name} turns to page ${page} and does not move`, () => {
    const { places, moves, turned } = moving();
    places.move(i, j);
    press(moves);
    assert.deepEqual(turned, [[page, how]]);
    assert.deepEqual(places.focus, { i, j });
  });
}

test("a selection that is extended stays on its page", () => {
  const { places, moves, turned } = moving();
  places.move(3, 1);
  moves.arrow("ArrowDown", true);
  assert.deepEqual(turned, []);
});

test("Enter after a run of Tabs goes to the row below where it began", () => {
  const { places, moves } = moving();
  places.move(0, 1);
  moves.tab(false);
  moves.enter(false);
  assert.deepEqual(places.focus, { i: 1, j: 1 });
});

test("Enter after Tabs that went on in the next row goes to the beginning of the row below that", () => {
  const { places, moves } = moving();
  places.move(0, 1);
  for (let times = 0; times < 3; times += 1) moves.tab(false);
  assert.deepEqual(places.focus, { i: 1, j: 1 });
  moves.enter(false);
  assert.deepEqual(places.focus, { i: 2, j: 0 });
});

test("the next problem is the next cell that stops, in either direction, or none of this page", () => {
  const { places, moves } = moving({ stops: new Set(["1:2", "3:0"]) });
  places.move(1, 2);
  assert.equal(moves.problem(1), true);
  assert.deepEqual(places.focus, { i: 3, j: 0 });
  assert.equal(moves.problem(1), false);
  assert.equal(moves.problem(-1), true);
  assert.deepEqual(places.focus, { i: 1, j: 2 });
});
