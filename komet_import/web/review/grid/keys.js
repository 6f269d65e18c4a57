// The keyboard, as in Excel: which command a key stands for, and the moves from cell to cell.

// What is kept of a key that is pressed before its time has come.
export function keptKey({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  return { key, ctrlKey, metaKey, shiftKey, altKey, preventDefault() {} };
}

const ARROWS = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]);
const MOVES = new Set([...ARROWS, "Home", "End", "PageUp", "PageDown"]);
const COMPOSES = new Set(["Dead", "Process", "Unidentified"]); // an input method begins with it

// The command of a key on a cell as [name, ...details], or null; `commands` below says
// what each does.
export function commandOf({ key, ctrlKey, metaKey, shiftKey: shift, altKey: alt }) {
  const control = ctrlKey || metaKey;
  if (key === "F8") return ["nextProblem", shift ? -1 : 1];
  if (alt && key === "Enter") return ["useSuggestion"];
  if (alt && key === "ArrowDown") return ["edit", { offer: true }];
  if (alt && key === "PageDown") return ["turn", 1];
  if (alt && key === "PageUp") return ["turn", -1];
  if (key === "ContextMenu" || (shift && key === "F10")) return ["menu"];
  if (control) return controlCommand(key, shift);
  if (alt) return null;
  if (key === "Tab") return ["tab", shift];
  if (key === "Enter") return ["enter", shift];
  if (key === "F2") return ["edit", {}];
  if (key === "Escape") return ["escape"];
  if (key === "Delete") return ["clear"];
  if (key === "Backspace") return ["type", ""];
  if (key === " " && shift) return ["selectRows"];
  if (COMPOSES.has(key)) return ["compose"];
  if (MOVES.has(key)) return ["arrow", key, shift];
  return [...key].length === 1 ? ["type", key] : null;
}

function controlCommand(key, shift) {
  if (ARROWS.has(key)) return ["jump", key, shift];
  const command = {
    a: ["selectAll"],
    d: ["fillDown"],
    z: ["undo", shift],
    y: ["undo", true],
    "-": ["leaveOut", true],
    _: ["leaveOut", true],
    "+": ["leaveOut", false],
    "=": ["leaveOut", false],
    " ": ["selectColumns"],
    Home: ["first", shift],
    End: ["last", shift],
  };
  const name = key.length === 1 ? key.toLowerCase() : key;
  return Object.hasOwn(command, name) ? command[name] : null;
}

// What each command does to the grid. One that returns false leaves the key to the browser.
const commands = {
  nextProblem: (grid, direction) => grid.nextProblem(direction),
  useSuggestion: grid => void grid.useFirst(),
  edit: (grid, how) => grid.edit("edit", how),
  type: (grid, text) => grid.edit("enter", { text }),
  turn: (grid, by) => void grid.turn(grid.data.page + by, { row: "first" }),
  menu: grid => grid.openMenu(),
  tab: (grid, back) => grid.tab(back),
  enter: (grid, back) => grid.enter(back),
  escape: grid => {
    grid.leaving = true; // Escape, then Tab, leaves the grid
    grid.moveTo(grid.focus.i, grid.focus.j);
    grid.callout.hide();
  },
  clear: grid => grid.setIn(grid.box, "Clear", () => ""),
  // An input method composes in the field that is now open.
  compose: grid => {
    grid.edit("enter", { text: "" });
    return false;
  },
  arrow: (grid, key, extend) => grid.arrow(key, extend),
  jump: (grid, key, extend) => grid.jump(key, extend),
  undo: (grid, again) => grid.undo(again),
  leaveOut: (grid, out) => grid.leaveOut(out),
  fillDown: grid => grid.fillDown(),
  selectAll: grid => grid.select(0, 0, grid.rows.length - 1, grid.columns.length - 1),
  selectRows: grid => grid.select(grid.box.top, 0, grid.box.bottom, grid.columns.length - 1),
  selectColumns: grid => grid.select(0, grid.box.left, grid.rows.length - 1, grid.box.right),
  first: (grid, extend) => {
    if (!grid.turn(1, { row: "first", column: 0 })) grid.moveTo(0, 0, { extend });
  },
  last: (grid, extend) => {
    const column = grid.columns.length - 1;
    if (grid.turn(grid.data.pages, { row: "last", column })) return;
    grid.moveTo(grid.rows.length - 1, column, { extend });
  },
};

// The methods belong to the Grid (grid.js) and speak of it as `this`.
export const keys = {
  // Returns whether the key was used; `event` may be one that was held while a page was turned.
  key(event) {
    const leaving = this.leaving;
    this.leaving = false;
    const [name, ...details] = commandOf(event) ?? [];
    if (!name || (name === "tab" && leaving)) return false;
    if (!this.rows.length && name !== "nextProblem") return false;
    return commands[name](this, ...details) !== false;
  },

  used(act) {
    act();
    return true;
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
    this.setIn(box, "Fill down", (_i, j) => this.view.seen(source, j));
  },
};
