// The focused cell and the selection on the screen: where the browser's focus is, what is framed, and what
// the bar below says of the cell.

import { setAttribute } from "./elements.js";

export class Cursor {
  // `active` gives the element that has the browser's focus; `drawn` hears that the places were drawn, and
  // `resized` that the bar says something else, which may take more room.
  constructor({ view, places, footer, active, drawn, resized }) {
    Object.assign(this, { view, places, footer, active, drawn, resized });
  }

  // Whether the focus is on a cell (and not in a field, a popup, the bar or elsewhere on the page).
  inTable() {
    return this.view.body.contains(this.active());
  }

  // Also where there are no rows, and the words for that have the focus instead.
  held() {
    return this.inTable() || this.active() === this.view.empty;
  }

  moveTo(i, j, options = {}) {
    if (!this.places.rows.length) return;
    this.places.move(i, j, options);
    this.drawBar(); // first: the rows may have to give way to what it says
    this.view.reveal(this.places.focus.i, this.places.focus.j);
    this.draw();
  }

  select(focus, anchor) {
    this.places.select(focus, anchor);
    this.draw();
  }

  selectBox({ top, left, bottom, right }) {
    this.select({ i: top, j: left }, { i: bottom, j: right });
  }

  // Returns whether the row is on this page; a column that is unknown leaves the focus in its own.
  goTo(row, column) {
    const i = this.places.indexOfRow(row);
    if (i < 0) return false;
    const j = this.places.indexOfColumn(column);
    this.moveTo(i, j < 0 ? this.places.focus.j : j);
    this.take();
    return true;
  }

  // Takes the browser's focus to the cell.
  take() {
    (this.cell ?? this.view.empty).focus({ preventScroll: true });
  }

  get cell() {
    return this.view.cell(this.places.focus.i, this.places.focus.j);
  }

  draw() {
    const { cell } = this;
    if (cell !== this.stop) {
      setAttribute(this.stop ?? this.view.table, "tabindex", this.stop ? "-1" : null);
      this.stop = cell;
      if (cell) setAttribute(cell, "tabindex", "0");
    }
    this.drawRange();
    const line = this.view.shown[this.places.focus.i]?.line;
    if (line !== this.line) {
      this.line?.removeAttribute("data-current");
      line?.setAttribute("data-current", "true");
      this.line = line;
    }
    if (cell && this.active() !== cell && this.inTable()) cell.focus({ preventScroll: true });
    this.drawBar();
    this.drawn();
  }

  drawRange() {
    this.view.drawRange(this.places.rows.length ? this.places.box : null);
  }

  drawBar() {
    if (this.footer.draw(this.about())) this.resized();
  }

  about() {
    const { row, column, focus, columns } = this.places;
    if (!row || !column) return null;
    const names = new Set(columns.map(each => each.name));
    const elsewhere = Object.entries(row.issues).flatMap(([name, issues]) => (names.has(name) ? [] : issues));
    return {
      column,
      row: row.row,
      told: row.told ?? row.row,
      state: this.view.shown[focus.i].state,
      aside: row.aside,
      issues: [...(row.issues[column.name] ?? []), ...elsewhere],
      usable: this.places.editable(focus.i, focus.j),
      written: this.written(focus),
      own: this.view.own(focus.i, focus.j),
    };
  }

  // The cell's own text where something else is seen of it.
  written({ i, j }) {
    const text = this.view.value(i, j);
    return text === this.view.seen(i, j) ? "" : text;
  }
}
