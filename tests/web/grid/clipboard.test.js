// Blocks of cells as the text that Excel puts on the clipboard, both ways.

import assert from "node:assert/strict";
import { test } from "node:test";

import { blockToText, textToBlock } from "../../../komet_import/web/review/grid/clipboard.js";

const TEXTS = [
  "",
  "a",
  " a ",
  "1,234.50",
  '"',
  '""',
  'a"b',
  '"a"',
  "a\tb",
  "\t",
  "a\nb",
  "\n",
  "a\r\nb",
  "\r",
  "Ü💐",
  "'7",
];

// [what it is, the block, the text of Excel's]
const WRITTEN = [
  ["one cell is its text", [["a"]], "a"],
  [
    "tabs stand between cells, line ends between rows",
    [
      ["a", "b"],
      ["c", "d"],
    ],
    "a\tb\r\nc\td",
  ],
  ["a quote is doubled, and the cell quoted", [['5" pot']], '"5"" pot"'],
  ["a line end in a cell is quoted", [["a\nb", "c"]], '"a\nb"\tc'],
  ["a tab in a cell is quoted", [["a\tb"]], '"a\tb"'],
  ["blank cells are nothing between tabs", [["", "", ""]], "\t\t"],
];

for (const [name, block, text] of WRITTEN) {
  test(`written: ${name}`, () => assert.equal(blockToText(block), text));
}

const READ = [
  ["what Excel writes ends with a line end, which is no further row", "a\tb\r\n", [["a", "b"]]],
  ["a bare line feed ends a row as well", "a\nb\n", [["a"], ["b"]]],
  ["a bare carriage return ends a row as well", "a\rb", [["a"], ["b"]]],
  ["a blank row in between is a row", "a\r\n\r\nb", [["a"], [""], ["b"]]],
  [
    "rows of several widths are filled up with blanks",
    "a\r\nb\tc",
    [
      ["a", ""],
      ["b", "c"],
    ],
  ],
  ["a cell that ends in a tab has a blank neighbor", "a\t", [["a", ""]]],
  ["a quoted cell may hold line ends, tabs and quotes", '"a\r\nb\tc""d"\te', [['a\r\nb\tc"d', "e"]]],
  ["a quoted blank is blank", '""\ta', [["", "a"]]],
  [
    "quotes of a program that never quotes are characters",
    '"as is" said the shop\tb',
    [['"as is" said the shop', "b"]],
  ],
  ["a quote that nothing closes is a character", '"a\tb', [['"a', "b"]]],
  ["a quote in the middle is a character", '5" pot\t6" pot', [['5" pot', '6" pot']]],
  ["nothing is one blank cell", "", [[""]]],
];

for (const [name, text, block] of READ) {
  test(`read: ${name}`, () => assert.deepEqual(textToBlock(text), block));
}

test("every pair and every column of texts comes back as it was copied", () => {
  for (const first of TEXTS) {
    for (const second of TEXTS) {
      for (const block of [
        [[first, second]],
        [["x"], [first], [second || "y"]],
        [
          [first, second],
          [second, "end"],
        ],
      ]) {
        assert.deepEqual(textToBlock(blockToText(block)), block, JSON.stringify(block));
      }
    }
  }
});

test("every single text comes back, also with the line end that Excel puts behind it", () => {
  for (const text of TEXTS) {
    assert.deepEqual(textToBlock(blockToText([[text]])), [[text]]);
    assert.deepEqual(textToBlock(`${blockToText([[text]])}\r\n`), [[text]]);
  }
});
