// The keyboard, as in Excel. The methods belong to the Grid (grid.js) and speak of it as `this`.

// What is kept of a key that is pressed before its time has come.
export function keptKey({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  return { key, ctrlKey, metaKey, shiftKey, altKey, preventDefault() {} };
}

export const keys = {
  // Returns whether the key was used; `event` may be one that was held while a page was turned.
  key(event) {
    const { key, shiftKey: shift, altKey: alt } = event;
    const control = event.ctrlKey || event.metaKey;
    const leaving = this.leaving;
    this.leaving = false;
    if (key === "F8") return this.used(() => this.nextProblem(shift ? -1 : 1));
    if (!this.rows.length) return false;
    if (alt && key === "Enter") return this.used(() => this.useFirst());
    if (alt && key === "ArrowDown") return this.used(() => this.edit("edit", { offer: true }));
    if (alt && (key === "PageDown" || key === "PageUp")) {
      return this.used(() => this.turn(this.data.page + (key === "PageDown" ? 1 : -1), { row: "first" }));
    }
    if (key === "ContextMenu" || (shift && key === "F10")) return this.used(() => this.openMenu());
    if (control) return this.controlKey(key, shift);
    if (alt) return false;
    switch (key) {
      case "Tab":
        return !leaving && this.tab(shift);
      case "Enter":
        return this.used(() => this.enter(shift));
      case "F2":
        return this.used(() => this.edit("edit"));
      case "Escape":
        this.leaving = true; // Escape, then Tab, leaves the grid
        return this.used(() => {
          this.moveTo(this.focus.i, this.focus.j);
          this.callout.hide();
        });
      case "Delete":
        return this.used(() => this.setIn(this.box, "Clear", () => ""));
      case "Backspace":
        return this.used(() => this.edit("enter", { text: "" }));
      case " ":
        if (shift)
          return this.used(() => this.select(this.box.top, 0, this.box.bottom, this.columns.length - 1));
        return this.used(() => this.edit("enter", { text: " " }));
      case "Dead":
      case "Process":
      case "Unidentified":
        this.edit("enter", { text: "" }); // an input method composes in the field that is now open
        return false;
    }
    if (this.arrow(key, shift)) return true;
    if ([...key].length === 1) return this.used(() => this.edit("enter", { text: key }));
    return false;
  },

  used(act) {
    act();
    return true;
  },

  controlKey(key, shift) {
    const last = this.columns.length - 1;
    switch (key.length === 1 ? key.toLowerCase() : key) {
      case "a":
        return this.used(() => this.select(0, 0, this.rows.length - 1, last));
      case "d":
        return this.used(() => this.fillDown());
      case "z":
        return this.used(() => this.undo(shift));
      case "y":
        return this.used(() => this.undo(true));
      case "-":
      case "_":
        return this.used(() => this.leaveOut(true));
      case "+":
      case "=":
        return this.used(() => this.leaveOut(false));
      case " ":
        return this.used(() => this.select(0, this.box.left, this.rows.length - 1, this.box.right));
      case "Home":
        return this.used(
          () => this.turn(1, { row: "first", column: 0 }) || this.moveTo(0, 0, { extend: shift }),
        );
      case "End":
        return this.used(
          () =>
            this.turn(this.data.pages, { row: "last", column: last }) ||
            this.moveTo(this.rows.length - 1, last, { extend: shift }),
        );
      case "ArrowUp":
      case "ArrowDown":
      case "ArrowLeft":
      case "ArrowRight":
        return this.used(() => this.jump(key, shift));
    }
    return false;
  },

  arrow(key, extend) {
    const { i, j } = this.focus;
    const screen = this.view.rowsPerScreen();
    const to = {
      ArrowUp: [i - 1, j],
      ArrowDown: [i + 1, j],
      ArrowLeft: [i, j - 1],
      ArrowRight: [i, j + 1],
      Home: [i, 0],
      End: [i, this.columns.length - 1],
      PageUp: [i - screen, j],
      PageDown: [i + screen, j],
    }[key];
    if (!to) return false;
    if (!extend && i === this.rows.length - 1 && to[0] > i && this.turn(this.data.page + 1, { row: "first" }))
      return true;
    if (!extend && i === 0 && to[0] < 0 && this.turn(this.data.page - 1, { row: "last" })) return true;
    this.moveTo(to[0], to[1], { extend });
    return true;
  },

  // Ctrl and an arrow, as in Excel: to the end of what is filled, or to where the next filled cells begin.
  jump(key, extend) {
    const di = { ArrowUp: -1, ArrowDown: 1 }[key] ?? 0;
    const dj = { ArrowLeft: -1, ArrowRight: 1 }[key] ?? 0;
    let { i, j } = this.focus;
    const inside = (a, b) => a >= 0 && b >= 0 && a < this.rows.length && b < this.columns.length;
    const filled = (a, b) => inside(a, b) && this.view.value(a, b) !== "";
    const run = filled(i, j) && filled(i + di, j + dj);
    while (inside(i + di, j + dj)) {
      if (run && !filled(i + di, j + dj)) break;
      i += di;
      j += dj;
      if (!run && filled(i, j)) break;
    }
    this.moveTo(i, j, { extend });
  },

  tab(back) {
    const { i, j } = this.focus;
    const width = this.columns.length;
    const from = this.tabFrom ?? j;
    const at = i * width + j + (back ? -1 : 1);
    if (at < 0 || at >= this.rows.length * width) {
      if (
        !this.turn(this.data.page + (back ? -1 : 1), {
          row: back ? "last" : "first",
          column: back ? width - 1 : 0,
        })
      )
        return false;
      return true; // at the sheet's end Tab leaves the grid
    }
    this.moveTo(Math.floor(at / width), at % width, { keepTab: true });
    this.tabFrom = Math.floor(at / width) === i ? from : 0;
    return true;
  },

  enter(back) {
    const column = back ? this.focus.j : (this.tabFrom ?? this.focus.j);
    const to = this.focus.i + (back ? -1 : 1);
    if (to >= this.rows.length && this.turn(this.data.page + 1, { row: "first", column })) return;
    if (to < 0 && this.turn(this.data.page - 1, { row: "last", column })) return;
    this.moveTo(to, column);
  },

  select(top, left, bottom, right) {
    this.anchor = { i: bottom, j: right };
    this.focus = { i: top, j: left };
    this.name();
    this.drawPlaces();
  },

  fillDown() {
    const { top, bottom, left, right } = this.box;
    const source = top === bottom ? top - 1 : top;
    if (source < 0) return;
    const box = { top: source + 1, bottom: Math.max(bottom, source + 1), left, right };
    this.setIn(box, "Fill down", (_i, j) => this.view.value(source, j));
  },
};
