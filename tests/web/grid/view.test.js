// The table: its header, its lines, and what of them is changed.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { View } from "../../../komet_import/web/review/grid/view.js";
import { COLUMNS, rowOf } from "./opened_grid.js";
import { measure, pageFor } from "./page.js";

const NOTHING = { cells: new Map(), states: new Map() };

// The columns are drawn, and the rows with what is `laid` over them.
function viewOf(t, columns = COLUMNS) {
  const page = pageFor(t);
  const view = new View();
  page.body.append(view.scroll, view.messages);
  view.drawColumns(columns);
  const draw = (rows, laid = {}, first = 1) =>
    view.drawRows(rows, { ...NOTHING, ...laid }, { first, total: 30 });
  const told = (i, j, ...names) => names.map(name => view.cell(i, j).getAttribute(name));
  return { view, draw, told };
}

test("a heading says what the column is called and whether it is needed, and under the pointer its rule", t => {
  const { view } = viewOf(t, [...COLUMNS, { ...COLUMNS[1], name: "Place", needed: "with two places" }]);
  assert.deepEqual(
    view.headers.map(head => [
      head.textContent,
      head.getAttribute("title"),
      head.getAttribute("aria-colindex"),
    ]),
    [
      ["Customer*(required)", "Customer · required · Its code", "2"],
      ["Date", "Date · optional", "3"],
      ["Amount*(required)", "Amount · required", "4"],
      ["Extranot imported", "Extra", "5"],
      ["Place", "Place · with two places", "6"],
    ],
  );
  assert.equal(view.headRow.getAttribute("aria-rowindex"), "1");
});

test("in a heading that is too narrow, that it is not imported gives way before what it is called", t => {
  const { view } = viewOf(t);
  const css = readFileSync(
    new URL("../../../komet_import/web/review/grid/grid.css", import.meta.url),
    "utf8",
  );
  const page = view.table.ownerDocument;
  page.head.append(Object.assign(page.createElement("style"), { textContent: css }));
  const styleOf = name => page.defaultView.getComputedStyle(view.headers[3].querySelector(name));
  assert.deepEqual([styleOf(".aside").flexShrink, styleOf(".aside").overflow], ["999", "hidden"]);
  assert.equal(styleOf(".name").flexShrink || "1", "1");
});

test("the same columns are not drawn again", t => {
  const { view } = viewOf(t);
  assert.deepEqual([view.drawColumns(structuredClone(COLUMNS)), view.drawColumns([])], [false, true]);
});

for (const [sort, expected] of [
  [null, null],
  [{ column: "Date", descending: false }, "ascending"],
  [{ column: "Date", descending: true }, "descending"],
]) {
  test(`sorted by ${JSON.stringify(sort)} the heading of Date says ${expected}`, t => {
    const { view } = viewOf(t);
    view.drawSort(sort);
    assert.deepEqual(
      view.headers.map(head => head.getAttribute("aria-sort")),
      [null, expected, null, null],
    );
  });
}

test("each line has its place in the whole sheet, and keeps it up to date", t => {
  const { view, draw } = viewOf(t);
  const places = () => view.shown.map(({ line }) => line.getAttribute("aria-rowindex"));
  draw([rowOf(2, []), rowOf(4, [])], {}, 11);
  assert.deepEqual(places(), ["12", "13"]);
  draw([rowOf(4, []), rowOf(5, []), rowOf(6, [])], {}, 21);
  assert.deepEqual(places(), ["22", "23", "24"]);
  draw([rowOf(4, [])]);
  assert.deepEqual(places(), ["2"]);
  const { table } = view;
  assert.deepEqual(
    ["aria-rowcount", "aria-colcount"].map(name => table.getAttribute(name)),
    ["31", "5"],
  );
});

test("what is on its way stands over what the server says, in its row", t => {
  const { view, draw, told } = viewOf(t);
  const rows = [rowOf(1, ["a", "b"], { seen: ["A", "B"], called: ["Anna", "Bob"] }), rowOf(2, ["c", "d"])];
  draw(rows, { cells: new Map([[2, new Map([["Customer", "new"]])]]), states: new Map([[1, "left-out"]]) });
  assert.deepEqual(
    [view.value(0, 0), view.seen(0, 0), view.value(1, 0), view.seen(1, 0), view.value(1, 1)],
    ["a", "A", "new", "new", "d"],
  );
  assert.deepEqual([told(0, 0, "data-pending"), told(1, 0, "data-pending")], [[null], ["true"]]);
  assert.deepEqual(
    view.shown.map(({ line }) => line.getAttribute("data-state")),
    ["left-out", "ready"],
  );
  assert.equal(view.shown[0].cells[0].text.getAttribute("data-called"), "Anna");
});

const ERROR = { severity: "error", code: "bad", message: "Bad." };
const WARNING = { severity: "warning", code: "odd", message: "Odd.", confirm: true };

test("an error is told as one, whatever stands beside it; what was one and is none is fixed", t => {
  const { view, draw, told } = viewOf(t);
  const issues = { Customer: [WARNING, ERROR], Date: [WARNING], Amount: [{ ...WARNING, confirm: false }] };
  assert.deepEqual(draw([rowOf(2, ["a", "b", "c"], { issues })]), []);
  const names = ["aria-invalid", "data-severity", "data-code", "aria-describedby"];
  assert.deepEqual(told(0, 0, ...names), ["true", "error", "odd", "message-0-0"]);
  assert.deepEqual(told(0, 1, ...names), [null, "warning", "odd", "message-0-1"]);
  assert.deepEqual(told(0, 3, ...names), [null, null, null, null]);
  assert.equal(view.messages.children[0].textContent, "Odd. Bad.");
  assert.deepEqual(
    view.shown[0].cells.map(cell => cell.stops),
    [true, true, false, false],
  );
  const pending = { cells: new Map([[2, new Map([["Customer", "x"]])]]) };
  draw([rowOf(2, ["a", "b", "c"], { issues })], pending);
  assert.equal(view.shown[0].cells[0].stops, false, "what is on its way is no stop");
  assert.deepEqual(draw([rowOf(2, ["a", "b", "c"])]), [view.cell(0, 0)]);
  draw([rowOf(2, ["a", "b", "c"], { issues })]);
  assert.deepEqual(draw([rowOf(9, ["a", "b", "c"])]), [], "another row is not mended");
});

test("a cell says what the file has, of a kept record what changes, and whether it can be changed", t => {
  const { view, draw, told } = viewOf(t);
  draw([
    rowOf(2, ["a", "b\nc", "", "e"], { was: ["old"], kept: [undefined, undefined, "k"] }),
    rowOf(4, ["a"], { was: [" "] }),
  ]);
  assert.deepEqual(told(1, 0, "title"), ["Blank in the file"]);
  assert.deepEqual(told(0, 0, "data-changed", "title"), ["true", "In the file: “old”"]);
  assert.deepEqual(told(0, 1, "data-changed", "data-lines", "aria-readonly"), [null, "true", null]);
  assert.deepEqual([view.whole(0, 2), told(0, 3, "aria-readonly")], ["k → ", ["true"]]);
  assert.deepEqual([view.own(0, 0), view.own(0, 1)], ["old", undefined]);
});

test("a row says what it is, under the name that people have for it", t => {
  const { view, draw } = viewOf(t);
  draw([
    rowOf(2, [], { told: "March 2", hidden: true }),
    rowOf(4, [], { state: "set-aside", aside: { words: "total row" } }),
    rowOf(5, [], { change: "new" }),
    rowOf(6, [], { change: "new", state: "left-out" }),
  ]);
  assert.deepEqual(
    view.shown.map(({ head, number }) => [number.textContent, head.getAttribute("aria-label")]),
    [
      ["March 2", "Row March 2, ready, hidden in Excel"],
      ["4", "Row 4, total row, not imported"],
      ["5", "Row 5, ready, new"],
      ["6", "Row 6, excluded"],
    ],
  );
  assert.match(view.shown[0].head.getAttribute("title"), /^Ready, hidden in Excel\. Click .* exclude/);
  assert.match(view.shown[3].head.getAttribute("title"), /^Excluded\. Click .* include/);
  assert.deepEqual([view.told(2), view.told(4), view.told(99)], ["March 2", 4, 99]);
});

test("the frame of a selection is there for several cells, and each of them says so", t => {
  const { view, draw } = viewOf(t);
  draw([rowOf(2, []), rowOf(4, [])]);
  const selected = () => view.body.querySelectorAll("[aria-selected]").length;
  assert.equal(view.range.hidden, true);
  view.drawRange({ top: 0, bottom: 1, left: 1, right: 2 });
  const { left, top, width, height } = view.range.style;
  assert.deepEqual([view.range.hidden, selected()], [false, 4]);
  assert.deepEqual([left, top, width, height], ["200px", "30px", "200px", "60px"]);
  view.drawRange({ top: 1, bottom: 1, left: 1, right: 1 });
  assert.deepEqual([view.range.hidden, selected()], [true, 1]);
  view.drawRange(null);
  assert.deepEqual([view.range.hidden, selected()], [true, 0]);
});

// The frame has 900 × 600 pixels; the header takes 30 of them above, the row numbers 100 on the left.
for (const [sides, seen] of [
  [{}, true],
  [{ top: 0, bottom: 33 }, false],
  [{ top: 10, bottom: 40 }, true],
  [{ top: 597, bottom: 627 }, false],
  [{ left: 0, right: 103 }, false],
  [{ left: 897, right: 997 }, false],
]) {
  test(`a cell at ${JSON.stringify(sides)} is ${seen ? "seen" : "behind something"}`, t => {
    const { view } = viewOf(t);
    assert.equal(view.inSight({ left: 200, right: 300, top: 60, bottom: 90, ...sides }), seen);
  });
}

test("a screen holds the rows that fit below the header, but for one that stays in sight", t => {
  const { view, draw } = viewOf(t);
  draw([rowOf(2, [])]);
  assert.equal(view.rowsPerScreen(), 18);
  measure(view.scroll, { clientHeight: 40 });
  assert.equal(view.rowsPerScreen(), 1);
});
