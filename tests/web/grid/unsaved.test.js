// What is not saved, in words.

import assert from "node:assert/strict";
import { test } from "node:test";

import { unsavedWords } from "../../../komet_import/web/review/grid/unsaved.js";

const SET = { kind: "set" };

// [the action, the cells that it shows, the words]
const TABLE = [
  [SET, [[3, "Money", "1", "2"]], "Not saved: Money in row №3 as “2”."],
  [SET, [[3, "Money", "1", ""]], "Not saved: Money in row №3, made blank."],
  [SET, Array(1200).fill([3, "Money", "1", "2"]), "Not saved: 1,200 cells from row №3 on."],
  [{ kind: "paste", row: 5 }, [], "Not saved: 0 cells from row №5 on."],
  [{ kind: "exclude", rows: [3, 4] }, null, "Not saved: excluding row №3, №4."],
  [{ kind: "restore", rows: [3] }, null, "Not saved: including row №3."],
  [{ kind: "undo" }, null, "Not done: undo."],
  [{ kind: "page", page: 2 }, null, ""],
];

const TOLD = { told: row => `№${row}`, titled: name => name };

for (const [action, cells, words] of TABLE) {
  test(`${action.kind}: ${words || "nothing"}`, () => {
    assert.equal(unsavedWords({ action, cells }, TOLD), words);
  });
}

test("a long text is shortened", () => {
  const words = unsavedWords({ action: SET, cells: [[3, "Note", "", "x".repeat(80)]] }, TOLD);
  assert.equal(words, `Not saved: Note in row №3 as “${"x".repeat(59)}…”.`);
});
