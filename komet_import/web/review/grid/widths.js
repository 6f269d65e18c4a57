// How wide the columns are: what their texts need, or what a person made of them, which this browser keeps.

import { inOneLine } from "./differences.js";
import { tell, titleOf } from "./language.js";

const FEWEST_PIXELS = 56;
const MOST_PIXELS = 340; // a column fits its content up to here; dragging goes further
const HEAD_PIXELS = 12; // the headers are written smaller (grid.css)
const CUT_HEAD = 84; // what is left of a heading that gives way; it is told whole where the pointer rests
const LEAST = { text: 112, customer: 140, "new-code": 112 }; // what a column keeps that gives way to others
const NEW = 10000; // milliseconds in which the page is drawn to its end
const WIDTHS = "komet-grid-widths";

export class Widths {
  // `cols` are the column elements, that of the row numbers first, of a `table` within `scroll`.
  constructor({ cols, table, scroll }) {
    Object.assign(this, { cols, table, scroll });
    this.columns = [];
    this.rows = [];
    this.pixels = [];
    this.room = 0; // the pixels into which they were fitted, and since when there are these columns
    this.since = 0;
    this.needs = []; // what each column's texts need, whatever its heading is
  }

  fitAll(columns, rows) {
    Object.assign(this, { columns, rows, since: Date.now() });
    this.fit();
  }

  // What stands beside the rows may be drawn after them: while all is new they fit into what it leaves.
  roomChanged() {
    if (!this.columns.length || this.scroll.clientWidth === this.room) return;
    if (Date.now() - this.since < NEW) this.fit();
  }

  fit() {
    const { columns, rows } = this;
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
      .map((column, place) => ({ column, place, least: LEAST[column.kind] }))
      .filter(({ column, least }) => least && !(column.name in kept));
    if (spare < 0) this.tighten(this.headings(kept), this.tighten(elastic, -spare));
    if (spare > 0 && elastic.length) {
      const last = elastic.at(-1).place;
      const each = Math.min(40, Math.floor(spare / 2 / elastic.length));
      for (const { place } of elastic) this.pixels[place] += each;
      this.pixels[last] += Math.min(420, spare - each * elastic.length);
    }
    this.draw(rows);
    this.room = this.scroll.clientWidth;
  }

  // Long texts and names give way before the grid must be scrolled sideways: the widest first, each down to
  // what can still be read of it. Where that is not enough they keep so much, and headings that are longer
  // than what stands below them give way, then the grid is scrolled. Returns how much is missing still.
  tighten(elastic, missing) {
    const slack = ({ place, least }) => Math.max(0, this.pixels[place] - least);
    let rest = elastic.filter(column => slack(column) > 0);
    while (missing > 0 && rest.length) {
      rest.sort((a, b) => this.pixels[b.place] - this.pixels[a.place]);
      const [widest, next] = rest;
      const step = next ? Math.max(1, this.pixels[widest.place] - this.pixels[next.place]) : missing;
      const less = Math.min(missing, step, slack(widest));
      this.pixels[widest.place] -= less;
      missing -= less;
      rest = rest.filter(column => slack(column) > 0);
    }
    return Math.max(0, missing);
  }

  headings(kept) {
    return this.columns
      .map((column, place) => ({ column, place, least: Math.max(CUT_HEAD, this.needs[place] ?? 0) }))
      .filter(({ column }) => !LEAST[column.kind] && !(column.name in kept));
  }

  fitting(place, rows) {
    const column = this.columns[place];
    const pen = document.createElement("canvas").getContext("2d");
    const font = getComputedStyle(this.table);
    pen.font = `${font.fontSize} ${font.fontFamily}`;
    let widest = column.width ? pen.measureText("0").width * column.width : 0;
    for (const row of rows) {
      const text = inOneLine(row.seen?.[place] ?? row.values[place] ?? "", row.kept?.[place]);
      const name = row.called?.[place];
      const written = text.slice(0, 60) + (name ? `  ${name.slice(0, 60)}` : "");
      if (written) widest = Math.max(widest, pen.measureText(written).width);
    }
    pen.font = `600 ${HEAD_PIXELS}px ${font.fontFamily}`;
    const aside = () => Math.max(84, pen.measureText(tell("not imported")).width + 20);
    const beside = column.kind === "ignored" ? aside() : column.need === "required" ? 30 : 20;
    const head = pen.measureText(titleOf(column)).width + beside;
    this.needs[place] = Math.round(Math.max(FEWEST_PIXELS, Math.min(MOST_PIXELS, widest + 22)));
    return Math.round(Math.max(head, this.needs[place]));
  }

  rowHeadWidth(rows) {
    const longest = Math.max(0, ...rows.map(row => String(row.told ?? row.row).length));
    return Math.min(MOST_PIXELS, Math.max(54, 38 + longest * 8));
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
