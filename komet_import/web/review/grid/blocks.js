// Blocks of cells to and from the clipboard. The methods belong to the Grid (grid.js).

import { blockToText, textToBlock } from "./clipboard.js";

export const blocks = {
  copy() {
    const { top, bottom, left, right } = this.box;
    const block = [];
    for (let i = top; i <= bottom; i += 1) {
      block.push(Array.from({ length: right - left + 1 }, (_, at) => this.view.seen(i, left + at)));
    }
    const cells = block.length * block[0].length;
    this.footer.say(`${cells} ${cells === 1 ? "cell" : "cells"} copied.`);
    return blockToText(block);
  },

  paste(text) {
    if (!this.rows.length || text === "") return;
    const block = textToBlock(text);
    const { top, left, bottom, right } = this.box;
    const tall = bottom - top + 1;
    const wide = right - left + 1;
    const repeats = tall % block.length === 0 && wide % block[0].length === 0;
    const height = repeats ? tall : block.length;
    const width = repeats ? wide : block[0].length;
    const at = (i, j) => block[(i - top) % block.length][(j - left) % block[0].length];
    const beyond = top + height > this.rows.length && this.data.page < this.data.pages;
    const inside = {
      top,
      left,
      bottom: Math.min(top + height, this.rows.length) - 1,
      right: Math.min(left + width, this.columns.length) - 1,
    };
    const cells = [];
    let kept = 0;
    for (let i = inside.top; i <= inside.bottom; i += 1) {
      for (let j = inside.left; j <= inside.right; j += 1) {
        if (!this.editable(i, j)) kept += 1;
        else {
          const now = this.view.value(i, j);
          const text = at(i, j) === this.view.seen(i, j) ? now : at(i, j); // what is seen there already
          cells.push([this.rows[i].row, this.columns[j].name, now, text]);
        }
      }
    }
    this.select(inside.top, inside.left, inside.bottom, inside.right);
    if (beyond) {
      const fitting = block.map(row => row.slice(0, this.columns.length - left));
      this.add(
        {
          kind: "paste",
          row: this.rows[top].row,
          column: this.columns[left].name,
          block: fitting,
          seen: this.data.revision,
        },
        cells,
      );
    } else this.set(cells, "Paste");
    this.sayWhatDidNotFit({
      rows: beyond ? 0 : top + height - this.rows.length,
      columns: left + width - this.columns.length,
      kept,
    });
  },

  sayWhatDidNotFit({ rows, columns, kept }) {
    const said = [];
    const counted = (n, one, many) => `${n} ${n === 1 ? one : many}`;
    if (rows > 0)
      said.push(
        `${counted(rows, "row", "rows")} did not fit: the sheet ends at row ${this.view.told(this.rows.at(-1).row)}.`,
      );
    if (columns > 0)
      said.push(
        `${counted(columns, "column", "columns")} did not fit: ${this.columns.at(-1).name} is the last column.`,
      );
    if (kept > 0)
      said.push(`${counted(kept, "cell", "cells")} of columns that cannot be changed stayed as they were.`);
    if (said.length) this.footer.notice({ level: "warning", text: said.join(" ") });
  },
};
