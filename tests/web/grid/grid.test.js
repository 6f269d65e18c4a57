// The whole grid: what a person does goes to the server, and what the server says is seen.

import assert from "node:assert/strict";
import { test } from "node:test";

import { COLUMNS, openedGrid, rowOf } from "./opened_grid.js";
import { fire, measure } from "./page.js";

const SUGGESTED = { severity: "error", code: "unknown", message: "Unknown.", suggestion: "FL9" };
const wrong = issue => [
  rowOf(2, ["FLX", "2026-03-02", "10.00", ""], { issues: { Customer: [issue] } }),
  rowOf(4, ["FL2", "2026-03-03", "20.00", ""]),
];

test("what is typed in a cell is seen at once, sent, and Enter goes on below", async t => {
  const { cell, point, press, write, page, server, settled } = await openedGrid(t);
  point(1, 2);
  press("5");
  write("55");
  press("Enter");
  assert.equal(cell(1, 2).textContent, "55");
  assert.equal(cell(1, 2).getAttribute("data-pending"), "true");
  assert.equal(page.activeElement, cell(2, 2));
  await settled();
  assert.deepEqual(server.asked, [
    { seq: 1, kind: "set", cells: [[4, "Amount", "20.00", "55"]], label: "Edit" },
  ]);
  assert.equal(cell(1, 2).textContent, "20.00", "what the server says counts");
});

test("a field lies over its cell, as high as a row, and grows with what is typed up to a limit", async t => {
  const { grid, point, press, write, page } = await openedGrid(t);
  point(1, 2);
  press("5");
  const { style } = grid.typing.editor.box;
  assert.deepEqual([style.left, style.top, style.minWidth, style.height], ["300px", "60px", "100px", "30px"]);
  measure(page.activeElement, { scrollWidth: 250, scrollHeight: 100 });
  write("a long text");
  assert.deepEqual([style.width, style.height, page.activeElement.wrap], ["254px", "102px", "off"]);
  measure(page.activeElement, { scrollWidth: 900, scrollHeight: 900 });
  write("a longer text");
  assert.deepEqual([style.width, style.height, page.activeElement.wrap], ["460px", "220px", "soft"]);
});

test("a field that is left by Escape changes nothing, and the cell has the focus", async t => {
  const { cell, point, press, write, page, server, settled } = await openedGrid(t);
  point(1, 2);
  press("5");
  write("55");
  press("Escape");
  await settled();
  assert.deepEqual([server.asked, page.activeElement], [[], cell(1, 2)]);
});

for (const [suggestion, after] of [
  ["FL9", "FL9"],
  ["", ""],
]) {
  test(`Alt and Enter use the suggestion “${suggestion}”`, async t => {
    const { point, press, server, settled } = await openedGrid(t, {
      rows: wrong({ ...SUGGESTED, suggestion }),
    });
    point(0, 0);
    press("Alt Enter");
    await settled();
    assert.deepEqual(server.asked[0].cells, [[2, "Customer", "FLX", after]]);
  });
}

test("a suggestion that is pressed is used, and the cell has the focus, not the pointer", async t => {
  const { grid, cell, point, page, server, settled } = await openedGrid(t, { rows: wrong(SUGGESTED) });
  point(0, 0);
  grid.hover.rest({ i: 0, j: 0 });
  grid.callout.node.querySelector("button").click();
  await settled();
  assert.deepEqual(server.asked[0].cells, [[2, "Customer", "FLX", "FL9"]]);
  assert.deepEqual([page.activeElement, grid.hover.over], [cell(0, 0), null]);
});

test("a problem is told beside its cell, and what is mended is said", async t => {
  const { grid, cell, hears, point, press } = await openedGrid(t, { rows: wrong(SUGGESTED), problems: 1 });
  assert.deepEqual(
    ["aria-invalid", "data-code", "aria-describedby"].map(name => cell(0, 0).getAttribute(name)),
    ["true", "unknown", "message-0-0"],
  );
  assert.equal(grid.view.messages.querySelector("span").textContent, "Unknown.");
  point(0, 0);
  press("Alt Enter");
  await hears({ rows: [rowOf(2, ["FL9", "", "", ""])], problems: 0 });
  assert.equal(cell(0, 0).getAttribute("aria-invalid"), null);
  assert.equal(cell(0, 0).getAttribute("data-fixed"), "true");
});

test("the page is not left while something is typed or unsaved", async t => {
  const { point, press, write, settled, hears } = await openedGrid(t);
  const leaving = () => {
    return !window.dispatchEvent(new window.Event("beforeunload", { cancelable: true }));
  };
  assert.equal(leaving(), false);
  point(1, 2);
  press("5");
  assert.equal(leaving(), true, "typing");
  write("55");
  press("Enter");
  assert.equal(leaving(), true, "unsaved");
  await settled();
  await hears({});
  assert.equal(leaving(), false);
});

test("what the server found for the text that is typed is offered, and chosen with the arrow", async t => {
  const { grid, point, press, write, server, settled } = await openedGrid(t);
  point(0, 0);
  press("F");
  write("FL");
  t.mock.timers.tick(100);
  server.data.lookup = {
    column: "Customer",
    query: "FL",
    options: [{ value: "FL7", label: "Rosas" }, { value: "FL8" }],
  };
  await settled();
  const { node, shown } = grid.typing.offers.options;
  assert.equal(shown, true);
  assert.deepEqual(
    [...node.children].map(option => option.textContent),
    ["FL7Rosas", "FL8"],
  );
  press("ArrowDown");
  press("ArrowDown");
  assert.equal(grid.typing.editor.input.getAttribute("aria-activedescendant"), "option-1");
  press("Enter");
  await settled();
  assert.deepEqual(server.asked.at(-1).cells, [[2, "Customer", "FL1", "FL8"]]);
  assert.equal(grid.typing.editor.input.hasAttribute("aria-activedescendant"), false);
});

test("in a field of a day the arrows choose one, which stands in the field", async t => {
  const { grid, point, press, page } = await openedGrid(t);
  point(0, 1);
  press("Alt ArrowDown");
  const days = grid.typing.offers.calendar;
  assert.equal(days.shown, true);
  assert.equal(days.node.querySelector('[aria-pressed="true"]').getAttribute("data-day"), "2026-03-02");
  press("ArrowDown");
  assert.equal(page.activeElement.value, "2026-03-09");
  grid.typing.scrolled();
  assert.equal(grid.typing.offers.options.shown, false, "what is not shown stays so");
  press("Escape");
  assert.deepEqual([days.shown, grid.typing.open], [false, true]);
  press("Alt ArrowDown");
  press("Enter");
  assert.deepEqual([days.shown, grid.typing.open], [false, false]);
});

test("Backspace in a field that was kept while a page was turned takes the letter before", async t => {
  const { grid, point, press, page } = await openedGrid(t);
  point(0, 2);
  press("7");
  const back = { key: "Backspace" };
  grid.play(back);
  assert.equal(page.activeElement.value, "");
  grid.play({ key: "8" });
  grid.play({ paste: "9" });
  assert.equal(page.activeElement.value, "89");
});

test("a field is named, told of its cell's problem, and closes what it offers when it is left", async t => {
  const { grid, point, press, page } = await openedGrid(t, { rows: wrong(SUGGESTED) });
  point(0, 0);
  press("F2");
  assert.deepEqual(
    ["aria-label", "aria-describedby"].map(name => page.activeElement.getAttribute(name)),
    ["Customer, row 2", "message-0-0"],
  );
  grid.typing.offers.options.offer([{ value: "FL1" }], {});
  press("Tab");
  assert.equal(grid.typing.offers.options.shown, false);
});

test("the bar tells of the cell, and where there are no rows the words for that have the focus", async t => {
  const { grid, point, page, hears } = await openedGrid(t, { rows: wrong(SUGGESTED) });
  point(0, 0);
  assert.match(grid.footer.bar.textContent, /Unknown\.Use FL9/);
  point(0, 1);
  assert.match(grid.footer.bar.textContent, /^Date/);
  await hears({ rows: [], filter: true });
  assert.equal(page.activeElement, grid.view.empty);
  assert.equal(grid.view.empty.textContent, "No rows to show here. Choose another filter.");
  await hears({ rows: wrong(SUGGESTED) });
  assert.equal(grid.view.empty.hidden, true);
});

test("a pasted block is chosen as it lies, and goes as one action", async t => {
  const { cell, point, page, server, settled } = await openedGrid(t);
  point(1, 0);
  fire(page.activeElement, "paste", { clipboardData: { getData: () => "A\t2026-01-01\nB\t2026-01-02" } });
  const chosen = [0, 1, 2].map(i => [0, 1, 2].map(j => cell(i, j).getAttribute("aria-selected") === "true"));
  assert.deepEqual(chosen, [
    [false, false, false],
    [true, true, false],
    [true, true, false],
  ]);
  await settled();
  assert.deepEqual(
    server.asked[0].cells.map(([row, column, , after]) => [row, column, after]),
    [
      [4, "Customer", "A"],
      [4, "Date", "2026-01-01"],
      [5, "Customer", "B"],
      [5, "Date", "2026-01-02"],
    ],
  );
});

// [keys, what they choose from row 1, column 1 of three rows and four columns: top, bottom, left, right]
const CHOOSE = [
  ["Shift Space", [1, 1, 0, 3]],
  ["Control Space", [0, 2, 1, 1]],
  ["Control a", [0, 2, 0, 3]],
  ["Shift ArrowDown", [1, 2, 1, 1]],
  ["Control Shift End", [1, 2, 1, 3]],
  ["Control Shift Home", [0, 1, 0, 1]],
];

for (const [keys, box] of CHOOSE) {
  test(`${keys} chooses ${box}`, async t => {
    const { grid, point, press } = await openedGrid(t);
    point(1, 1);
    press(keys);
    assert.deepEqual(Object.values(grid.places.box), box);
  });
}

test("of a row that is excluded the bar says so at once", async t => {
  const { grid, point, press, server, settled } = await openedGrid(t);
  point(1, 1);
  press("Control -");
  assert.equal(grid.footer.bar.textContent, "Row 4 is excluded.Include it");
  await settled();
  assert.deepEqual(server.asked, [{ seq: 1, kind: "exclude", rows: [4] }]);
});

test("the buttons below the rows undo and redo, after what is being typed", async t => {
  const { grid, point, press, write, server, settled } = await openedGrid(t, {
    steps: { undo: true, redo: true },
  });
  point(1, 2);
  press("5");
  write("55");
  grid.footer.undoing.click();
  grid.footer.redoing.click();
  await settled();
  assert.deepEqual(
    server.asked.map(({ kind, seen }) => [kind, seen]),
    [
      ["set", undefined],
      ["undo", 7],
      ["redo", 7],
    ],
  );
});

test("Tab in the field of the last cell stays there, and the next one leaves the grid", async t => {
  const { grid, cell, point, press, write, page, server, settled } = await openedGrid(t, {
    columns: COLUMNS.slice(0, 3),
  });
  point(2, 2);
  press("5");
  write("55");
  press("Tab");
  assert.deepEqual([page.activeElement, grid.typing.open], [cell(2, 2), false]);
  assert.equal(press("Tab").defaultPrevented, false);
  await settled();
  assert.equal(server.asked[0].cells[0][3], "55");
  point(1, 1);
  press("5");
  press("Tab");
  assert.equal(press("Tab").defaultPrevented, true, "elsewhere it goes on");
});

test("after Escape Tab leaves the grid, and else goes on to the next cell", async t => {
  const { grid, point, press } = await openedGrid(t);
  point(1, 1);
  assert.equal(press("Tab").defaultPrevented, true);
  assert.deepEqual(grid.places.focus, { i: 1, j: 2 });
  press("Escape");
  assert.equal(press("Tab").defaultPrevented, false);
  assert.deepEqual(grid.places.focus, { i: 1, j: 2 });
});

test("a key in the grid is not the page's as well, and Control alone does nothing", async t => {
  const { page, point, press } = await openedGrid(t);
  const heard = [];
  page.body.addEventListener("keydown", event => heard.push(event.key));
  point(0, 0);
  press("r");
  press("Escape");
  press("Control");
  assert.deepEqual(heard, []);
});

test("a torn down grid hears of nothing any more", async t => {
  const { grid, page } = await openedGrid(t);
  const heard = [];
  for (const [part, way] of [
    [grid.queue, "want"],
    [grid.surroundings, "fit"],
    [grid.surroundings, "hear"],
    [grid.surroundings, "lookAgain"],
  ])
    t.mock.method(part, way, () => heard.push(way));
  const allHappens = () => {
    window.dispatchEvent(new window.Event("resize"));
    window.dispatchEvent(new window.CustomEvent("komet-review-news", { detail: {} }));
    page.dispatchEvent(new window.Event("visibilitychange"));
    t.mock.timers.tick(10_000);
    return new Set(heard.splice(0)).size;
  };
  assert.equal(allHappens(), 4);
  grid.close();
  assert.equal(allHappens(), 0);
});

test("other columns begin at the first cell that can be typed in", async t => {
  const { grid, point, hears, press } = await openedGrid(t);
  point(2, 3);
  press("Control End");
  await hears({ columns: [COLUMNS[3], ...COLUMNS.slice(0, 3)] });
  assert.deepEqual(
    [grid.places.focus, grid.places.anchor],
    [
      { i: 0, j: 1 },
      { i: 0, j: 1 },
    ],
  );
});
