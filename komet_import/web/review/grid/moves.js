// Where keys lead from the focused cell, as in Excel; at the page's edge they turn the page.

export class Moves {
  // `filled` and `stops` tell of a cell whether something stands in it and whether F8 stops at it; `screenful`
  // gives how many rows are seen at once; `go` moves to a cell. `pages` turns them (pages.js).
  constructor({ places, pages, filled, stops, screenful, go }) {
    Object.assign(this, { places, pages, filled, stops, screenful, go });
  }

  arrow(key, extend) {
    const { i, j } = this.places.focus;
    const to = {
      ArrowUp: [i - 1, j],
      ArrowDown: [i + 1, j],
      ArrowLeft: [i, j - 1],
      ArrowRight: [i, j + 1],
      Home: [i, 0],
      End: [i, this.places.columns.length - 1],
      PageUp: [i - this.screenful(), j],
      PageDown: [i + this.screenful(), j],
    }[key];
    const last = this.places.rows.length - 1;
    if (!extend && i === last && to[0] > i && this.pages.turnBy(1, { row: "first" })) return;
    if (!extend && i === 0 && to[0] < 0 && this.pages.turnBy(-1, { row: "last" })) return;
    this.go(to[0], to[1], { extend });
  }

  // Ctrl and an arrow: to the end of what is filled, or to where the next filled cells begin.
  jump(key, extend) {
    const di = { ArrowUp: -1, ArrowDown: 1 }[key] ?? 0;
    const dj = { ArrowLeft: -1, ArrowRight: 1 }[key] ?? 0;
    const { rows, columns } = this.places;
    let { i, j } = this.places.focus;
    const inside = (a, b) => a >= 0 && b >= 0 && a < rows.length && b < columns.length;
    const filled = (a, b) => inside(a, b) && this.filled(a, b);
    const run = filled(i, j) && filled(i + di, j + dj);
    while (inside(i + di, j + dj)) {
      if (run && !filled(i + di, j + dj)) break;
      i += di;
      j += dj;
      if (!run && filled(i, j)) break;
    }
    this.go(i, j, { extend });
  }

  // Returns whether there was somewhere to go: at the sheet's end Tab leaves the grid.
  tab(back) {
    const { i, j } = this.places.focus;
    const width = this.places.columns.length;
    const from = this.places.tabFrom ?? j;
    const at = i * width + j + (back ? -1 : 1);
    if (at < 0 || at >= this.places.rows.length * width) {
      const entered = back ? { row: "last", column: width - 1 } : { row: "first", column: 0 };
      return this.pages.turnBy(back ? -1 : 1, entered);
    }
    const row = Math.floor(at / width);
    this.go(row, at % width, { keepTab: true });
    this.places.tabFrom = row === i ? from : 0;
    return true;
  }

  enter(back) {
    const { focus, tabFrom, rows } = this.places;
    const column = back ? focus.j : (tabFrom ?? focus.j);
    const to = focus.i + (back ? -1 : 1);
    if (to >= rows.length && this.pages.turnBy(1, { row: "first", column })) return;
    if (to < 0 && this.pages.turnBy(-1, { row: "last", column })) return;
    this.go(to, column);
  }

  toStart(extend) {
    if (!this.pages.turn(1, { row: "first", column: 0 })) this.go(0, 0, { extend });
  }

  toEnd(extend) {
    const { rows, columns } = this.places;
    const column = columns.length - 1;
    if (this.pages.turnToLast({ row: "last", column })) return;
    this.go(rows.length - 1, column, { extend });
  }

  // To the next problem on this page. Returns whether there is one: of other pages the server knows.
  problem(direction) {
    const { focus, rows, columns } = this.places;
    const width = columns.length;
    let at = focus.i * width + focus.j + direction;
    for (; at >= 0 && at < rows.length * width; at += direction) {
      const i = Math.floor(at / width);
      const j = at % width;
      if (!this.stops(i, j)) continue;
      this.go(i, j);
      return true;
    }
    return false;
  }
}
