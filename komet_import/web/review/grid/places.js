// Which cells are meant: the focused one, the selection's other corner, and the same two by row number and
// column name, so that they are found again when rows come, go or are sorted. It knows nothing of the screen.

export class Places {
  // `shown` gives the rows and columns of the page that is shown; places are indices into them.
  constructor({ shown }) {
    this.shown = shown;
    this.focus = { i: 0, j: 0 };
    this.anchor = { i: 0, j: 0 };
    this.named = null;
    this.tabFrom = null; // the column where a run of Tabs began: Enter returns to it
  }

  get rows() {
    return this.shown().rows;
  }

  get columns() {
    return this.shown().columns;
  }

  get row() {
    return this.rows[this.focus.i];
  }

  get column() {
    return this.columns[this.focus.j];
  }

  get box() {
    const { focus, anchor } = this;
    return {
      top: Math.min(focus.i, anchor.i),
      bottom: Math.max(focus.i, anchor.i),
      left: Math.min(focus.j, anchor.j),
      right: Math.max(focus.j, anchor.j),
    };
  }

  get single() {
    return this.focus.i === this.anchor.i && this.focus.j === this.anchor.j;
  }

  covers({ i, j }) {
    const { top, bottom, left, right } = this.box;
    return i >= top && i <= bottom && j >= left && j <= right;
  }

  isFocus({ i, j }) {
    return i === this.focus.i && j === this.focus.j;
  }

  editable(i, j) {
    return Boolean(this.rows[i]) && Boolean(this.columns[j]?.editable);
  }

  indexOfRow(row) {
    return this.rows.findIndex(candidate => candidate.row === row);
  }

  indexOfColumn(name) {
    return this.columns.findIndex(column => column.name === name);
  }

  // For columns that were not there before: the first cell that can be typed in.
  start() {
    const j = Math.max(
      0,
      this.columns.findIndex(column => column.editable),
    );
    this.focus = { i: 0, j };
    this.anchor = { i: 0, j };
    this.named = null;
  }

  move(i, j, { extend = false, keepTab = false } = {}) {
    this.focus = {
      i: Math.max(0, Math.min(i, this.rows.length - 1)),
      j: Math.max(0, Math.min(j, this.columns.length - 1)),
    };
    if (!extend) this.anchor = { ...this.focus };
    if (!keepTab) this.tabFrom = null;
    this.name();
  }

  select(focus, anchor) {
    this.focus = focus;
    this.anchor = anchor;
    this.name();
  }

  // After an update the focused row may stand elsewhere; a row that is gone leaves its place to the next.
  findAgain() {
    const last = Math.max(0, this.rows.length - 1);
    if (this.named) {
      const find = ({ row, column }, kept) => {
        const i = this.indexOfRow(row);
        const j = this.indexOfColumn(column);
        return { i: i < 0 ? Math.min(kept.i, last) : i, j: Math.max(0, j), gone: i < 0 };
      };
      const focus = find(this.named.focus, this.focus);
      const anchor = find(this.named.anchor, this.anchor);
      this.focus = { i: focus.i, j: focus.j };
      this.anchor = focus.gone || anchor.gone ? { ...this.focus } : { i: anchor.i, j: anchor.j };
    }
    this.focus.i = Math.min(this.focus.i, last);
    this.anchor.i = Math.min(this.anchor.i, last);
    this.name();
  }

  name() {
    if (!this.rows.length) return;
    const named = ({ i, j }) => ({ row: this.rows[i]?.row, column: this.columns[j]?.name });
    this.named = { focus: named(this.focus), anchor: named(this.anchor) };
  }
}
