// Rows from the clipboard as the text of a file.

import assert from "node:assert/strict";
import { test } from "node:test";

import { fileText } from "../../../komet_import/web/home/pasted_rows.js";

test("what has tabs says that they part its cells, and everything else is as it was pasted", () => {
  assert.equal(fileText("a, b\tc\r\n1\t2"), "sep=\t\na, b\tc\r\n1\t2");
  assert.equal(fileText("sep=;\na;b\tc"), "sep=;\na;b\tc");
  assert.equal(fileText("a,b\n1,2"), "a,b\n1,2");
});
