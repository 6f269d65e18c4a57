// Below the grid: what is said of the focused cell, the pager, undo and redo, notices.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Footer } from "../../../komet_import/web/review/grid/footer.js";
import { pageFor } from "./page.js";

const COLUMN = { name: "Amount", rule: "Above zero" };
const CELL = { column: COLUMN, row: 4, state: "ready", issues: [], usable: true, written: "" };
const ISSUE = { severity: "error", message: "Too much.", suggestion: "1.00" };
const PAGE = { page: 1, pages: 1, first: 1, count: 3, total: 3, set_aside: 0, all_totals: true, problems: 0 };

// `done` holds what was pressed.
function footerOf(t) {
  pageFor(t);
  const done = [];
  const ways = ["use", "restore", "turn", "nextProblem", "goTo", "undo"];
  const footer = new Footer(
    Object.fromEntries(ways.map(way => [way, (...what) => done.push([way, ...what])])),
  );
  const press = words =>
    [...footer.node.querySelectorAll("button")].find(button => button.textContent === words).click();
  return { footer, done, press };
}

// [what is told of the cell, what the bar says]
const TOLD = [
  [{}, "AmountAbove zero"],
  [{ column: { name: "Extra", kind: "ignored" } }, "ExtraThis column is not imported."],
  [{ issues: [ISSUE] }, "Too much.Use 1.00Alt ⏎"],
  [{ issues: [ISSUE, ISSUE] }, "Too much.Use 1.00Alt ⏎Too much.Use 1.00"],
  [{ issues: [{ ...ISSUE, suggestion: "" }] }, "Too much.Clear itAlt ⏎"],
  [{ issues: [{ ...ISSUE, suggestion: null }] }, "Too much."],
  [{ issues: [ISSUE], usable: false }, "Too much."],
  [{ state: "left-out" }, "Row 4 is excluded.Include it"],
  [{ state: "left-out", told: "March 4" }, "Row March 4 is excluded.Include it"],
  [{ state: "set-aside", aside: { said: "A total row." } }, "A total row.Import it"],
  [{ written: "$10" }, "AmountAbove zeroWritten as “$10”"],
  [{ own: "12" }, "AmountAbove zeroIn the file: “12”"],
];

for (const [more, said] of TOLD) {
  test(`the bar says “${said}” of a cell with ${JSON.stringify(more)}`, t => {
    const { footer } = footerOf(t);
    footer.draw({ ...CELL, ...more });
    assert.equal(footer.bar.textContent, said);
  });
}

test("the bar says whether it says something new, and nothing where there is no cell", t => {
  const { footer } = footerOf(t);
  assert.deepEqual([footer.draw(CELL), footer.draw({ ...CELL }), footer.draw(null)], [true, false, true]);
  assert.equal(footer.bar.textContent, "");
});

test("each button does what it says", t => {
  const { footer, done, press } = footerOf(t);
  footer.draw({ ...CELL, state: "left-out", issues: [ISSUE] });
  footer.notice({ level: "error", text: "Wrong.", row: 9, column: "Date" });
  for (const words of ["Include it", "Use 1.00", "Row 9", "‹", "›"]) press(words);
  for (const button of [footer.undoing, footer.redoing, footer.problem]) button.click();
  assert.deepEqual(done, [
    ["restore", 4],
    ["use", ISSUE],
    ["goTo", 9, "Date"],
    ["turn", -1],
    ["turn", 1],
    ["undo", false],
    ["undo", true],
    ["nextProblem"],
  ]);
  const titles = [footer.undoing, footer.redoing].map(button => button.getAttribute("title"));
  assert.deepEqual(titles, ["Undo (Ctrl+Z)", "Redo (Ctrl+Y)"]);
});

test("what was done passes, or is undone where it is said; of what went wrong the last three stay", t => {
  const { footer, done, press } = footerOf(t);
  footer.notice({ level: "info", text: "Filled.", undo: true });
  press("Undo");
  assert.deepEqual([done, footer.passing.textContent], [[["undo", false]], ""]);
  footer.notice({ level: "info", text: "Filled." });
  t.mock.timers.tick(300);
  footer.draw(CELL);
  assert.match(footer.passing.textContent, /Filled/, "that is what it did");
  t.mock.timers.tick(200);
  footer.draw(null);
  assert.equal(footer.passing.textContent, "");
  for (const text of ["1", "2", "3", "4"]) footer.notice({ level: "error", text });
  assert.equal(footer.notices.textContent, "2×3×4×");
  press("×");
  assert.equal(footer.notices.textContent, "3×4×");
});

// [what is shown, the page, the rows, whether one can turn back and on]
const PAGERS = [
  [{}, "page 1 of 1", "3 rows", false, false],
  [{ pages: 0, count: 0, total: 0 }, "page 1 of 1", "0 rows", false, false],
  [{ set_aside: 1 }, "page 1 of 1", "2 rows and 1 total row", false, false],
  [{ set_aside: 2, all_totals: false }, "page 1 of 1", "1 row and 2 set aside", false, false],
  [{ set_aside: 3 }, "page 1 of 1", "3 total rows", false, false],
  [
    { page: 2, pages: 3, first: 1001, count: 1000, total: 2500 },
    "page 2 of 3",
    "rows 1,001–2,000 of 2,500",
    true,
    true,
  ],
  [
    { page: 3, pages: 3, first: 2001, count: 500, total: 2500, set_aside: 1 },
    "page 3 of 3",
    "rows 2,001–2,500 of 2,500, with 1 total row",
    true,
    false,
  ],
  [{ page: 2, pages: 3, turning: true }, "page 2 of 3", "rows 1–3 of 3", false, false],
];

for (const [more, where, rows, back, on] of PAGERS) {
  test(`the pager says ${where}, ${rows}${more.turning ? ", and waits" : ""}`, t => {
    const { footer } = footerOf(t);
    footer.drawPager({ ...PAGE, ...more });
    assert.deepEqual(
      [footer.where.textContent, footer.rows.textContent, !footer.previous.disabled, !footer.next.disabled],
      [where, rows, back, on],
    );
    assert.equal(footer.previous.parentNode.hidden, (more.pages ?? 1) <= 1);
  });
}

test("problems are counted beside F8, and that there are none is said of rows only", t => {
  const { footer } = footerOf(t);
  const said = more => {
    footer.drawPager({ ...PAGE, ...more });
    return [footer.problem.hidden || footer.problem.textContent, footer.clear.hidden];
  };
  assert.deepEqual(said({ problems: 2 }), ["2 problems · nextF8", true]);
  assert.deepEqual(said({}), [true, false]);
  assert.deepEqual(said({ total: 0 }), [true, true]);
});

// [steps, unsaved, hidden, undo can be pressed, redo can]
const STEPS = [
  [null, 0, true, false, false],
  [{ undo: false, redo: false }, 0, false, false, false],
  [{ undo: false, redo: false }, 1, false, true, false],
  [{ undo: true, redo: false }, 0, false, true, false],
  [{ undo: false, redo: true }, 0, false, false, true],
];

for (const [steps, unsaved, hidden, undo, redo] of STEPS) {
  test(`steps ${JSON.stringify(steps)} with ${unsaved} unsaved`, t => {
    const { footer } = footerOf(t);
    footer.drawSteps(steps, unsaved);
    const { undoing, redoing } = footer;
    assert.deepEqual([footer.steps.hidden, !undoing.disabled, !redoing.disabled], [hidden, undo, redo]);
  });
}

// [unsaved, held, age, turning, what is said, slow]
const SAVINGS = [
  [0, false, 0, false, "", null],
  [0, false, 500, true, "Loading…", null],
  [2, false, 500, false, "", null],
  [2, false, 700, false, "Saving…", null],
  [2, false, 5000, false, "2 not saved yet, trying again…", "true"],
  [2, true, 100, false, "2 not saved", "true"],
];

for (const [unsaved, held, age, turning, said, slow] of SAVINGS) {
  test(`${unsaved} unsaved for ${age} ms${held ? ", held" : ""}${turning ? ", turning" : ""}: “${said}”`, t => {
    const { footer } = footerOf(t);
    footer.drawSaving({ unsaved, held, age, turning });
    assert.deepEqual([footer.saving.textContent, footer.saving.getAttribute("data-slow")], [said, slow]);
  });
}

test("what could not be saved waits for one of two answers, until it is gone", t => {
  const { footer, press } = footerOf(t);
  const done = [];
  const ways = { again: () => done.push("again"), giveUp: () => done.push("given up") };
  footer.stuck("It failed.", ways);
  press("Try again");
  press("Drop unsaved changes");
  footer.stuck(null, ways);
  assert.deepEqual([done, footer.waits.textContent], [["again", "given up"], ""]);
});
