// What a person does to the sheet, as actions for the server. Those on cells are seen at once.

import { tellCount } from "./language.js";
import { isOut } from "./states.js";

export class Actions {
  // `shown` gives what the grid shows; `added` hears that there is one more action to draw and to send.
  constructor({ queue, view, places, footer, shown, added }) {
    Object.assign(this, { queue, view, places, footer, shown, added });
  }

  add(action, cells = null) {
    const seq = this.queue.add(action, cells);
    this.added();
    return seq;
  }

  // `cells` are [row, column, before, after]; those that stay as they are are no action.
  set(cells, label) {
    const changed = cells.filter(([, , before, after]) => before !== after);
    if (changed.length) this.add({ kind: "set", cells: changed, label }, changed);
  }

  setIn({ top, bottom, left, right }, label, valueAt) {
    const cells = [];
    for (let i = top; i <= bottom; i += 1) {
      for (let j = left; j <= right; j += 1) {
        if (this.places.editable(i, j)) cells.push(this.cell(i, j, valueAt(i, j)));
      }
    }
    this.set(cells, label);
  }

  cell(i, j, after) {
    return [this.places.rows[i].row, this.places.columns[j].name, this.view.value(i, j), after];
  }

  clear(label = "Clear") {
    this.setIn(this.places.box, label, () => "");
  }

  fillDown() {
    const { top, bottom, left, right } = this.places.box;
    const source = top === bottom ? top - 1 : top;
    if (source < 0) return;
    const box = { top: source + 1, bottom: Math.max(bottom, source + 1), left, right };
    this.setIn(box, "Fill down", (_i, j) => this.view.seen(source, j));
  }

  // Returns whether the cell can be typed in.
  suggest({ i, j }, suggestion) {
    if (!this.places.editable(i, j)) return false;
    this.set([this.cell(i, j, suggestion)], "Suggestion");
    return true;
  }

  leaveOut(out) {
    const { rows, box } = this.places;
    if (!rows.length) return;
    const chosen = [];
    for (let i = box.top; i <= box.bottom; i += 1) {
      if (isOut(this.view.shown[i].state) !== out) chosen.push(rows[i].row);
    }
    if (chosen.length) this.add({ kind: out ? "exclude" : "restore", rows: chosen });
    const count = chosen.length;
    this.footer.say(
      out
        ? tellCount("{count} row excluded.", "{count} rows excluded.", count)
        : tellCount("{count} row included.", "{count} rows included.", count),
    );
  }

  toggleRow(i) {
    const kind = isOut(this.view.shown[i].state) ? "restore" : "exclude";
    this.add({ kind, rows: [this.places.rows[i].row] });
  }

  restore(row) {
    this.add({ kind: "restore", rows: [row] });
  }

  // The server knows what there is to take back: more than the grid, when the page has just done something.
  undo(again) {
    this.add({ kind: again ? "redo" : "undo", seen: this.shown().revision });
  }

  only(column, value) {
    this.add({ kind: "only", column, value });
  }

  // `column` is null for the order of the sheet.
  sort(column, { descending = false } = {}) {
    this.add({ kind: "sort", column, descending });
  }

  // A click on a column's arrow: ascending, descending, as the sheet has it.
  cycleSort(j) {
    const column = this.places.columns[j].name;
    const { sort } = this.shown();
    if (!sort || sort.column !== column) this.sort(column);
    else if (!sort.descending) this.sort(column, { descending: true });
    else this.sort(null);
  }
}
