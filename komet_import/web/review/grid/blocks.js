// Blocks of cells to and from the clipboard.

import { blockToText, textToBlock } from "./clipboard.js";
import { tellCount, titleOf } from "./language.js";

export class Blocks {
  // `shown` gives the rows, columns and window that the grid shows, `box` the selected cells. What is pasted
  // goes to `set` as cells, or where it reaches beyond the page to `add` as an action with the cells of it
  // that are seen; `select` chooses what it covers.
  constructor({ view, footer, shown, box, editable, select, set, add }) {
    Object.assign(this, { view, footer, shown, box, editable, select, set, add });
  }

  copy() {
    const { top, bottom, left, right } = this.box();
    const block = [];
    for (let i = top; i <= bottom; i += 1) {
      block.push(Array.from({ length: right - left + 1 }, (_, at) => this.view.seen(i, left + at)));
    }
    const cells = block.length * block[0].length;
    this.footer.say(tellCount("{count} cell copied.", "{count} cells copied.", cells));
    return blockToText(block);
  }

  paste(text) {
    const { rows, columns, page, pages, revision } = this.shown();
    if (!rows.length || text === "") return;
    const block = textToBlock(text);
    const { top, left, bottom, right } = this.box();
    const tall = bottom - top + 1;
    const wide = right - left + 1;
    const repeats = tall % block.length === 0 && wide % block[0].length === 0;
    const height = repeats ? tall : block.length;
    const width = repeats ? wide : block[0].length;
    const at = (i, j) => block[(i - top) % block.length][(j - left) % block[0].length];
    const beyond = top + height > rows.length && page < pages;
    const inside = {
      top,
      left,
      bottom: Math.min(top + height, rows.length) - 1,
      right: Math.min(left + width, columns.length) - 1,
    };
    const cells = [];
    let kept = 0;
    for (let i = inside.top; i <= inside.bottom; i += 1) {
      for (let j = inside.left; j <= inside.right; j += 1) {
        if (!this.editable(i, j)) kept += 1;
        else {
          const now = this.view.value(i, j);
          const text = at(i, j) === this.view.seen(i, j) ? now : at(i, j); // what is seen there already
          cells.push([rows[i].row, columns[j].name, now, text]);
        }
      }
    }
    this.select(inside.top, inside.left, inside.bottom, inside.right);
    if (beyond) {
      const fitting = block.map(row => row.slice(0, columns.length - left));
      this.add(
        {
          kind: "paste",
          row: rows[top].row,
          column: columns[left].name,
          block: fitting,
          seen: revision,
        },
        cells,
      );
    } else this.set(cells, "Paste");
    this.sayWhatDidNotFit({
      rows: beyond ? 0 : top + height - rows.length,
      columns: left + width - columns.length,
      kept,
    });
  }

  sayWhatDidNotFit({ rows, columns, kept }) {
    const { rows: all, columns: names } = this.shown();
    const said = [];
    if (rows > 0)
      said.push(
        tellCount(
          "{count} row did not fit: the sheet ends at row {row}.",
          "{count} rows did not fit: the sheet ends at row {row}.",
          rows,
          { row: this.view.told(all.at(-1).row) },
        ),
      );
    if (columns > 0)
      said.push(
        tellCount(
          "{count} column did not fit: {column} is the last column.",
          "{count} columns did not fit: {column} is the last column.",
          columns,
          { column: titleOf(names.at(-1)) },
        ),
      );
    if (kept > 0)
      said.push(
        tellCount(
          "{count} cell of columns that cannot be changed stayed as it was.",
          "{count} cells of columns that cannot be changed stayed as they were.",
          kept,
        ),
      );
    if (said.length) this.footer.notice({ level: "warning", text: said.join(" ") });
  }
}
