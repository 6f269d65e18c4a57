// What is kept so far, beside what it becomes.

import assert from "node:assert/strict";
import { test } from "node:test";

import { inOneLine } from "../../../komet_import/web/review/grid/differences.js";

test("a cell that changes nothing is its text, another one says what it was", () => {
  assert.equal(inOneLine("Petals", undefined), "Petals");
  assert.equal(inOneLine("Petals", "Petal"), "Petal → Petals");
  assert.equal(inOneLine("A-1", ""), "blank → A-1");
});
