// The pointer: what it chooses, drags and opens, and what is said where it rests.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openedGrid, rowOf } from "./opened_grid.js";
import { fire, measure } from "./page.js";

const boxOf = grid => Object.values(grid.places.box);

test("a press chooses a cell, with Shift up to it, a row, a column or all of them", async t => {
  const { grid, point, page } = await openedGrid(t);
  const heads = name => page.body.querySelectorAll(`[${name}]`);
  const chosen = node => {
    fire(node, "pointerdown");
    fire(page.body, "pointerup");
    return boxOf(grid);
  };
  point(1, 1);
  assert.deepEqual(boxOf(grid), [1, 1, 1, 1]);
  point(2, 2, { shiftKey: true });
  assert.deepEqual(boxOf(grid), [1, 2, 1, 2]);
  assert.deepEqual(chosen(heads("data-head")[2]), [0, 2, 2, 2]);
  assert.deepEqual(chosen(heads("data-row-head")[1]), [1, 1, 0, 3]);
  assert.deepEqual(chosen(heads("data-select-all")[0]), [0, 2, 0, 3]);
});

test("with the other button nothing is chosen", async t => {
  const { grid, point } = await openedGrid(t);
  point(1, 1);
  point(2, 2, { button: 2 });
  assert.deepEqual(boxOf(grid), [1, 1, 1, 1]);
});

test("the mark of a row excludes it, the arrow of a column sorts, and neither moves the focus", async t => {
  const { grid, point, page, server, settled } = await openedGrid(t);
  point(1, 2);
  fire(page.body.querySelectorAll("[data-toggle]")[2], "pointerdown");
  fire(page.body.querySelectorAll(".sort")[1], "pointerdown");
  await settled();
  assert.deepEqual(server.asked, [
    { seq: 1, kind: "exclude", rows: [5] },
    { seq: 2, kind: "sort", column: "Date", descending: false },
  ]);
  assert.deepEqual(boxOf(grid), [1, 1, 2, 2]);
});

test("a column is dragged wider, which chooses nothing and is kept for the next time", async t => {
  const { grid, point, page } = await openedGrid(t);
  point(1, 2);
  const [from] = grid.view.widths.pixels;
  const grip = page.body.querySelectorAll(".grip")[0];
  fire(grip, "pointerdown", { clientX: 200 });
  fire(page.body, "pointermove", { clientX: 260 });
  fire(page.body, "pointerup");
  fire(page.body, "pointermove", { clientX: 400 });
  assert.equal(grid.view.widths.pixels[0], from + 60);
  assert.deepEqual(boxOf(grid), [1, 1, 2, 2]);
  assert.equal(JSON.parse(localStorage.getItem("komet-grid-widths")).Customer, from + 60);
  fire(grip, "dblclick");
  assert.equal(grid.view.widths.pixels[0], grid.view.widths.fitting(0, grid.places.rows));
});

test("the selection follows the pointer until its button is released", async t => {
  const { grid, cell, page } = await openedGrid(t);
  const to = (i, j) => {
    page.elementFromPoint = () => cell(i, j);
    fire(page.body, "pointermove");
  };
  fire(cell(0, 1), "pointerdown");
  to(2, 2);
  assert.deepEqual(boxOf(grid), [0, 2, 1, 2]);
  fire(page.body, "pointerup");
  to(1, 1);
  assert.deepEqual(boxOf(grid), [0, 2, 1, 2]);
  fire(page.body.querySelectorAll("[data-row-head]")[0], "pointerdown");
  to(1, 2);
  assert.deepEqual(boxOf(grid), [0, 1, 0, 3]);
});

test("a double click types in the cell, and a press elsewhere leaves it with what was typed", async t => {
  const { grid, cell, point, write, server, settled } = await openedGrid(t);
  point(1, 2);
  fire(cell(1, 2), "dblclick");
  assert.equal(grid.typing.open, true);
  write("21");
  point(0, 0);
  await settled();
  assert.deepEqual(server.asked[0].cells, [[4, "Amount", "20.00", "21"]]);
});

test("a second tap on a cell types in it, unless it became a scroll", async t => {
  const { grid, cell } = await openedGrid(t);
  const tap = (i, j, by = 0) => {
    const { clientX } = fire(cell(i, j), "pointerdown", { pointerType: "touch" });
    fire(cell(i, j), "pointerup", { clientX: clientX + by });
    return grid.typing.open;
  };
  assert.deepEqual([tap(1, 2), tap(1, 1), tap(1, 1, 20), tap(1, 1)], [false, false, false, true]);
});

test("while a page is turned a press does nothing", async t => {
  const { grid, point } = await openedGrid(t, { pages: 2 });
  point(1, 1);
  grid.pages.turnBy(1, { row: "first" });
  point(2, 2);
  assert.deepEqual(boxOf(grid), [1, 1, 1, 1]);
});

const ISSUE = { severity: "warning", code: "x", message: "Look.", suggestion: "9" };
const ROWS = [
  rowOf(2, ["FL1", "", "10.00", "a"], { issues: { Amount: [ISSUE], Extra: [ISSUE] } }),
  rowOf(4, ["FL2", "", "20.00", "b"], { issues: { Amount: [ISSUE] } }),
  rowOf(5, ["a long name", "", "30.00", "c"]),
  rowOf(6, ["FLX", "", "40.00", "d"], { issues: { Customer: [ISSUE] } }),
];

// What the callout says after the pointer has rested on a cell; `at` is where on the screen.
async function resting(t) {
  const opened = await openedGrid(t, { rows: ROWS });
  const rest = (i, j, at = {}, time = 300) => {
    fire(opened.cell(i, j), "pointermove", at);
    t.mock.timers.tick(time);
    const { shown, node } = opened.grid.callout;
    return shown ? node.textContent : "";
  };
  return { ...opened, rest };
}

test("what is wrong with a cell is said where the pointer rests, with the suggestion where it can be used", async t => {
  const { grid, rest } = await resting(t);
  assert.equal(rest(0, 2, {}, 200), "", "not at once");
  assert.equal(rest(0, 2), "Look.Use 9");
  grid.callout.covers = () => false;
  assert.equal(rest(0, 3), "Look.", "a column that cannot be changed");
  assert.equal(rest(0, 0), "");
  assert.equal(rest(3, 0), "Look.Use 9");
});

test("of the focused cell it is said as well, with the key for it, as long as it is so", async t => {
  const { grid, point, hears } = await resting(t);
  const said = () => (grid.callout.shown ? grid.callout.node.textContent : "");
  point(0, 2);
  assert.equal(said(), "Look.Alt ⏎Use 9");
  point(1, 2, { shiftKey: true });
  assert.equal(said(), "");
  point(3, 0);
  assert.equal(said(), "Look.Alt ⏎Use 9");
  await hears({ rows: ROWS.map(row => ({ ...row, issues: {} })) });
  assert.equal(said(), "", "it is mended");
});

test("a cell's whole text is said under the pointer where it is cut, and of no other cell", async t => {
  const { grid, point, rest } = await resting(t);
  const { text } = grid.view.shown[2].cells[0];
  measure(text, { scrollWidth: 300, clientWidth: 90 });
  point(2, 0);
  assert.equal(grid.callout.shown, false, "the focus alone is no reason");
  assert.equal(rest(2, 0, { clientX: 10, clientY: 10 }), "a long name");
});

test("whoever clicks is not pointing: nothing is said before the pointer moves on", async t => {
  const { point, rest } = await resting(t);
  point(2, 0, { clientX: 10, clientY: 10 });
  assert.equal(rest(0, 2, { clientX: 12, clientY: 12 }), "", "it lies where it was");
  assert.equal(rest(0, 2, { clientX: 18, clientY: 18 }), "Look.Use 9");
});

test("the callout stays while the pointer is on its way to it, and goes when it is elsewhere", async t => {
  const { grid, page, rest } = await resting(t);
  rest(0, 2);
  fire(page.body, "pointermove");
  t.mock.timers.tick(200);
  assert.equal(grid.callout.shown, true);
  grid.callout.covers = () => false;
  fire(page.body, "pointermove");
  t.mock.timers.tick(100);
  assert.equal(grid.callout.shown, true);
  t.mock.timers.tick(100);
  assert.equal(grid.callout.shown, false);
});
