// What a person does becomes actions: the cells that change, the rows of the selection.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Actions } from "../../../komet_import/web/review/grid/actions.js";
import { CellMenu } from "../../../komet_import/web/review/grid/cell_menu.js";
import { placesOn } from "./sheet.js";

const STATES = ["ready", "left-out", "set-aside"];

// Rows 2, 3, 4 whose cells hold their own place, as "0:1"; `added` holds the actions.
function acting({ sort = null, suggestion } = {}) {
  const { places, shown } = placesOn(2, 3, 4);
  const added = [];
  const view = {
    value: (i, j) => `${i}:${j}`,
    seen: (i, j) => `${i}:${j}`,
    shown: STATES.map(state => ({ state })),
    issues: () => [{ suggestion }],
  };
  const actions = new Actions({
    queue: { add: action => added.push(action) },
    view,
    places,
    footer: { say() {} },
    shown: () => ({ ...shown, sort, revision: 7 }),
    added() {},
  });
  const menu = new CellMenu({ view, places, actions, menu: null, useFirst() {} });
  return { places, actions, added, menu };
}

test("clearing a selection changes the cells that can be changed, as one action", () => {
  const { places, actions, added } = acting();
  places.select({ i: 0, j: 0 }, { i: 1, j: 1 });
  actions.clear();
  const cells = [
    [2, "Number", "0:1", ""],
    [3, "Number", "1:1", ""],
  ];
  assert.deepEqual(added, [{ kind: "set", cells, label: "Clear" }]);
});

test("what stays as it is is no action, and what cannot be typed in takes no suggestion", () => {
  const { actions, added } = acting();
  actions.set([[2, "Number", "0:1", "0:1"]], "Edit");
  assert.equal(actions.suggest({ i: 0, j: 0 }, "x"), false);
  assert.equal(actions.suggest({ i: 0, j: 1 }, "0:1"), true);
  assert.deepEqual(added, []);
});

test("filling down takes the first row of a selection, or the row above one cell", () => {
  const { places, actions, added } = acting();
  places.select({ i: 0, j: 1 }, { i: 2, j: 1 });
  actions.fillDown();
  places.move(2, 1);
  actions.fillDown();
  assert.deepEqual(
    added.map(({ cells }) => cells.map(([row, , , after]) => [row, after])),
    [
      [
        [3, "0:1"],
        [4, "0:1"],
      ],
      [[4, "1:1"]],
    ],
  );
  places.move(0, 1);
  actions.fillDown();
  assert.equal(added.length, 2, "there is nothing above the first row");
});

test("rows are excluded that are included, and included that are not", () => {
  const { places, actions, added } = acting();
  places.select({ i: 0, j: 1 }, { i: 2, j: 1 });
  actions.leaveOut(true);
  actions.leaveOut(false);
  actions.toggleRow(1);
  assert.deepEqual(added, [
    { kind: "exclude", rows: [2] },
    { kind: "restore", rows: [3, 4] },
    { kind: "restore", rows: [3] },
  ]);
});

test("an undo says at which revision it was asked for", () => {
  const { actions, added } = acting();
  actions.undo(false);
  actions.undo(true);
  assert.deepEqual(added, [
    { kind: "undo", seen: 7 },
    { kind: "redo", seen: 7 },
  ]);
});

// [the order now, the order after a click on the arrow of Number]
const ORDERS = [
  [null, { column: "Number", descending: false }],
  [
    { column: "Money", descending: true },
    { column: "Number", descending: false },
  ],
  [
    { column: "Number", descending: false },
    { column: "Number", descending: true },
  ],
  [
    { column: "Number", descending: true },
    { column: null, descending: false },
  ],
];

for (const [sort, next] of ORDERS) {
  test(`a click on the arrow after ${JSON.stringify(sort)} asks for ${JSON.stringify(next)}`, () => {
    const { actions, added } = acting({ sort });
    actions.cycleSort(1);
    assert.deepEqual(added, [{ kind: "sort", ...next }]);
  });
}

// [the selected rows, the suggestion, the first items of the menu]
const MENUS = [
  [[0, 0], undefined, ["Exclude row"]],
  [[1, 1], undefined, ["Include row"]],
  [[0, 2], undefined, ["Exclude 3 rows", "Include 3 rows"]],
  [[0, 0], "FL1", ["Use FL1", null, "Exclude row"]],
];

for (const [[top, bottom], suggestion, first] of MENUS) {
  test(`the menu of rows ${top} to ${bottom}, suggestion ${suggestion}: ${first.join(", ")}`, () => {
    const { places, menu } = acting({ suggestion });
    places.select({ i: top, j: 1 }, { i: bottom, j: 1 });
    const labels = menu.items().map(item => item?.label ?? null);
    assert.deepEqual(labels, [
      ...first,
      null,
      "Fill down",
      "Clear",
      null,
      `Only rows with “${top}:1”`,
      null,
      "Sort by Number, ascending",
      "Sort by Number, descending",
      "Order of the sheet",
    ]);
  });
}
