// Which cells are meant, when rows come, go and are sorted.

import assert from "node:assert/strict";
import { test } from "node:test";

import { placesOn, rowsOf } from "./sheet.js";

test("a new sheet begins at the first cell that can be typed in", () => {
  assert.deepEqual(placesOn(2, 3).places.focus, { i: 0, j: 1 });
});

test("a place beyond the page is its last one", () => {
  const { places } = placesOn(2, 3, 4);
  places.move(9, 9);
  assert.deepEqual(places.focus, { i: 2, j: 2 });
  places.move(-1, -1);
  assert.deepEqual(places.focus, { i: 0, j: 0 });
});

test("a selection reaches from its corner to the focus, whichever comes first", () => {
  const { places } = placesOn(2, 3, 4);
  places.move(2, 2);
  places.move(1, 1, { extend: true });
  assert.deepEqual(places.box, { top: 1, bottom: 2, left: 1, right: 2 });
  assert.deepEqual(
    [places.single, places.covers({ i: 2, j: 1 }), places.covers({ i: 0, j: 1 })],
    [false, true, false],
  );
});

// [what happened, the rows afterwards, the focus, the box's rows]: rows 3 and 4 of 2, 3, 4, 5 were selected
const UPDATES = [
  ["rows are sorted the other way", [5, 4, 3, 2], 2, [1, 2]],
  ["a row before them goes", [3, 4, 5], 0, [0, 1]],
  ["the focused row goes, and its place is the next one's", [2, 4, 5], 1, [1, 1]],
  ["the other corner goes, and only the focused row is left", [2, 3, 5], 1, [1, 1]],
  ["only one row is left", [9], 0, [0, 0]],
];

for (const [name, numbers, focus, [top, bottom]] of UPDATES) {
  test(`after an update the same cells are meant: ${name}`, () => {
    const { places, shown } = placesOn(2, 3, 4, 5);
    places.select({ i: 1, j: 1 }, { i: 2, j: 1 });
    shown.rows = rowsOf(...numbers);
    places.findAgain();
    assert.equal(places.focus.i, focus);
    assert.deepEqual([places.box.top, places.box.bottom], [top, bottom]);
  });
}

test("rows that are away for a while are found again when they come back", () => {
  const { places, shown } = placesOn(2, 3, 4);
  places.move(2, 1);
  shown.rows = [];
  places.findAgain();
  shown.rows = rowsOf(2, 3, 4);
  places.findAgain();
  assert.equal(places.row.row, 4);
});
