// Blocks to and from the clipboard: what is seen is copied, and pasted where it is seen it changes nothing.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Blocks } from "../../../komet_import/web/review/grid/blocks.js";

const VALUES = [["3/13/2026", "$5"]];
const SEEN = [["2026-03-13", "5.00"]];

function blocks(box) {
  const done = [];
  const blocks = new Blocks({
    view: { value: (i, j) => VALUES[i][j], seen: (i, j) => SEEN[i][j] },
    footer: { say() {}, notice() {} },
    shown: () => ({
      rows: [{ row: 2 }],
      columns: [{ name: "Day" }, { name: "Money" }],
      page: 1,
      pages: 1,
      revision: 0,
    }),
    box: () => box,
    editable: () => true,
    select() {},
    set: cells => done.push(...cells.filter(([, , before, after]) => before !== after)),
    add: () => assert.fail("nothing reaches beyond the page"),
  });
  return Object.assign(blocks, { done });
}

test("what is seen is copied", () => {
  assert.equal(blocks({ top: 0, bottom: 0, left: 0, right: 1 }).copy(), "2026-03-13\t5.00");
});

test("a paste changes the cells in which something else is seen", () => {
  const pasted = blocks({ top: 0, bottom: 0, left: 0, right: 0 });
  pasted.paste("2026-03-13\t6.00");
  assert.deepEqual(pasted.done, [[2, "Money", "$5", "6.00"]]);
});
