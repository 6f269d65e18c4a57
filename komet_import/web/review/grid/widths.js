// How wide the columns are: what their texts need, or what a person made of them, which this browser keeps.

import { inOneLine } from "./differences.js";

const FEWEST_PIXELS = 56;
const MOST_PIXELS = 340; // a column fits its content up to here; dragging goes further
const WIDTHS = "komet-grid-widths";

export class Widths {
  // `cols` are the column elements, that of the row numbers first, of a `table` within `scroll`.
  constructor({ cols, table, scroll }) {
    Object.assign(this, { cols, table, scroll });
    this.columns = [];
    this.pixels = [];
  }

  fitAll(columns, rows) {
    this.columns = columns;
    let kept = {};
    try {
      kept = JSON.parse(localStorage.getItem(WIDTHS) ?? "{}");
    } catch {
      // widths are a comfort
    }
    this.pixels = columns.map((column, place) => kept[column.name] ?? this.fitting(place, rows));
    this.draw(rows);
    const spare = this.scroll.clientWidth - this.table.offsetWidth;
    const elastic = columns
      .map((column, place) => ({ column, place }))
      .filter(
        ({ column }) => ["text", "customer", "new-code"].includes(column.kind) && !(column.name in kept),
      );
    if (spare < 0) this.tighten(elastic, -spare);
    if (spare > 0 && elastic.length) {
      const last = elastic.at(-1).place;
      const each = Math.min(40, Math.floor(spare / 2 / elastic.length));
      for (const { place } of elastic) this.pixels[place] += each;
      this.pixels[last] += Math.min(420, spare - each * elastic.length);
    }
    this.draw(rows);
  }

  // Where only a little is missing, long text gives way before the whole grid must be scrolled sideways.
  tighten(elastic, missing) {
    const slack = ({ place }) => Math.max(0, this.pixels[place] - 200);
    if (elastic.reduce((sum, column) => sum + slack(column), 0) < missing) return;
    for (const column of [...elastic].sort((a, b) => slack(b) - slack(a))) {
      const less = Math.min(missing, slack(column));
      this.pixels[column.place] -= less;
      missing -= less;
    }
  }

  fitting(place, rows) {
    const column = this.columns[place];
    const pen = document.createElement("canvas").getContext("2d");
    const font = getComputedStyle(this.table);
    pen.font = `${font.fontSize} ${font.fontFamily}`;
    let widest = column.width ? pen.measureText("0").width * column.width : 0;
    for (const row of rows) {
      const text = inOneLine(row.seen?.[place] ?? row.values[place] ?? "", row.kept?.[place]);
      if (text) widest = Math.max(widest, pen.measureText(text.slice(0, 60)).width);
    }
    pen.font = `600 ${font.fontSize} ${font.fontFamily}`;
    const head = pen.measureText(column.name).width + (column.kind === "ignored" ? 104 : 44);
    return Math.round(Math.max(FEWEST_PIXELS, head, Math.min(MOST_PIXELS, widest + 30)));
  }

  rowHeadWidth(rows) {
    const longest = Math.max(0, ...rows.map(row => String(row.told ?? row.row).length));
    return Math.min(MOST_PIXELS, Math.max(62, 42 + longest * 9));
  }

  draw(rows) {
    const head = this.rowHeadWidth(rows);
    [head, ...this.pixels].forEach((width, place) => {
      this.cols.children[place].style.width = `${width}px`;
    });
    this.table.style.width = `${this.pixels.reduce((a, b) => a + b, head)}px`;
    this.scroll.style.setProperty("--row-head", `${head}px`);
  }

  resize(place, width, rows) {
    this.pixels[place] = Math.max(36, Math.round(width));
    this.draw(rows);
  }

  keep() {
    try {
      const kept = JSON.parse(localStorage.getItem(WIDTHS) ?? "{}");
      for (const [place, column] of this.columns.entries()) kept[column.name] = this.pixels[place];
      localStorage.setItem(WIDTHS, JSON.stringify(kept));
    } catch {
      // widths are a comfort
    }
  }
}
