// The review grid: what a person does becomes actions for the server, what the server says is drawn.
//
//   view.js       the table, drawn once and changed in place
//   editor.js     the field in which a cell is typed
//   popup.js      choices, calendar, menu, callout
//   footer.js     message, notices, pager
//   queue.js      the actions that the server has not acknowledged yet
//   clipboard.js  blocks of cells as Excel's text

import { blockToText, textToBlock } from "./clipboard.js";
import { Editor } from "./editor.js";
import { Footer } from "./footer.js";
import { Calendar, Callout, Menu, OptionList } from "./popup.js";
import { Queue } from "./queue.js";
import { View, element, setAttribute } from "./view.js";

const grids = new WeakMap();
const PATIENCE = 8000; // milliseconds for which keys are held while a page is turned
const SEARCHED = new Set(["customer", "location", "locations"]);
const FLAGS = ["yes", "no"];

export default function mount(component) {
  const { data, parentElement, setTriggerValue } = component;
  let grid = grids.get(parentElement);
  if (!grid) {
    grid = new Grid(parentElement, data.batch);
    grids.set(parentElement, grid);
  }
  grid.transmit = message => setTriggerValue("actions", message);
  grid.update(data);
  // Streamlit also calls this when a newer update overtakes an older one, so look before tearing down.
  return () =>
    setTimeout(() => {
      if (grid.root.isConnected) return;
      grid.close();
      grids.delete(parentElement);
    });
}

class Grid {
  constructor(parent, batch) {
    this.parent = parent;
    this.data = null;
    this.seen = { goto: null, notices: new Set() };
    this.focus = { i: 0, j: 0 }; // indices in the window
    this.anchor = { i: 0, j: 0 }; // the selection's other corner
    this.named = null; // the same two places by row number and column name, to find them again
    this.tabFrom = null;
    this.waiting = null; // {seq, keys, settle}: a page being turned; keys pressed meanwhile are kept
    this.view = new View();
    this.editor = new Editor({
      view: this.view,
      commit: (target, value) => this.set([[target.row, target.column, target.before, value]], "Edit"),
      typed: text => this.typed(text),
      key: event => this.editorKey(event),
      closed: () => this.hidePopups(),
    });
    this.editor.pick.onmousedown = event => event.preventDefault();
    this.editor.pick.onclick = () => this.offer({ toggle: true });
    this.options = new OptionList({ choose: value => this.take(value) });
    this.calendar = new Calendar({ choose: value => this.take(value) });
    this.callout = new Callout({
      use: (where, value) => this.use(where, value),
    });
    this.menu = new Menu({ closed: () => this.focusCell() });
    this.footer = new Footer({
      use: issue => this.use(this.focus, issue.suggestion),
      restore: row => this.add({ kind: "restore", rows: [row] }),
      turn: by => this.turn(this.data.page + by, { row: "first" }),
      nextProblem: () => this.nextProblem(1),
      goTo: (row, column) => this.goTo(row, column),
    });
    this.root = element(
      "div",
      { class: "grid" },
      element("div", { class: "frame" }, this.view.scroll),
      this.footer.node,
      this.view.messages,
      this.options.node,
      this.calendar.node,
      this.callout.node,
      this.menu.node,
    );
    parent.append(this.root);
    this.queue = new Queue({ batch, transmit: message => this.transmit(message), changed: () => this.drawQueue() });
    if (this.queue.lost.length) {
      this.footer.notice({
        level: "warning",
        text: "The last paste or undo before the page was left was not saved. Check the rows and do it again.",
      });
    }
    this.listen();
  }

  close() {
    this.queue.close();
    this.ending.abort();
  }

  // -- data from the server --------------------------------------------------------------------------

  update(data) {
    const before = this.data;
    const held = this.inTable() || this.active === this.view.empty;
    this.data = data;
    const mine = data.acknowledged?.[this.queue.client] ?? 0;
    const answered = mine > this.queue.acknowledged;
    this.queue.acknowledge(mine);
    this.root.style.setProperty("--height", `${data.height ?? 560}px`);
    const fresh = this.view.drawColumns(data.columns);
    if (fresh) this.firstPlace();
    this.view.drawSort(data.sort);
    const fixed = this.draw();
    if (fresh) this.view.fitAll(data.rows);
    this.findPlaces();
    if (answered && before) this.announce(before, fixed);
    this.showNotices();
    if (this.waiting && mine >= this.waiting.seq) this.settle();
    else this.obeyGoto();
    this.drawPlaces();
    if (held && !this.inTable()) this.focusCell(); // its row went away, and the focus with it
    this.showLookup();
    if (this.editor.open) this.editor.place();
    setAttribute(this.view.table, "data-revision", data.revision);
    this.replay();
  }

  draw() {
    const { data } = this;
    const fixed = this.view.drawRows(data.rows, this.queue.laidOver(), {
      first: data.first,
      total: data.total,
      readOnly: data.read_only,
    });
    for (const cell of fixed) flash(cell);
    setAttribute(this.view.table, "aria-label", data.read_only ? "Rows of the sheet" : "Rows of the sheet, to be corrected");
    this.view.empty.hidden = data.rows.length > 0;
    this.view.empty.textContent = data.filter ? "No rows to show here. Choose another filter." : "The sheet has no rows.";
    this.drawQueue();
    return fixed;
  }

  drawQueue() {
    const { data } = this;
    setAttribute(this.view.table, "data-pending", this.queue.length);
    setAttribute(this.view.table, "aria-busy", this.waiting ? "true" : "false");
    this.footer.drawPager({ ...data, count: data.rows.length, turning: this.waiting !== null });
    this.footer.drawSaving({ unsaved: this.queue.unsaved, age: this.queue.oldestAge, turning: this.waiting !== null });
    if (this.waiting && Date.now() - this.waiting.since > PATIENCE) {
      if (this.waiting.keys.length) {
        this.footer.notice({ level: "warning", text: "The server did not answer; what was typed meanwhile was not used." });
      }
      this.waiting = null;
    }
  }

  announce(before, fixed) {
    const { problems } = this.data;
    const left = problems === 0 ? "No problems left." : `${problems} ${problems === 1 ? "problem" : "problems"} left.`;
    if (fixed.length) this.footer.say(`Fixed. ${left}`);
    else if (problems !== before.problems) this.footer.say(left);
  }

  showNotices() {
    for (const notice of this.data.notices ?? []) {
      if (this.seen.notices.has(notice.token)) continue;
      this.seen.notices.add(notice.token);
      this.footer.notice(notice);
    }
  }

  obeyGoto() {
    const { goto } = this.data;
    if (!goto || goto.token === this.seen.goto) return false;
    this.seen.goto = goto.token;
    if (this.editor.open) return false; // a person is typing; what they do comes first
    return this.goTo(goto.row, goto.column);
  }

  goTo(row, column) {
    const i = this.view.indexOfRow(row);
    if (i < 0) return false;
    const j = this.view.indexOfColumn(column);
    this.moveTo(i, j < 0 ? this.focus.j : j);
    this.focusCell();
    return true;
  }

  // -- places ----------------------------------------------------------------------------------------

  firstPlace() {
    const j = Math.max(0, this.data.columns.findIndex(column => column.editable));
    this.focus = { i: 0, j };
    this.anchor = { i: 0, j };
    this.named = null;
  }

  get rows() {
    return this.data.rows;
  }

  get columns() {
    return this.data.columns;
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

  // After an update the focused row may stand elsewhere; a row that is gone leaves its place to the next.
  findPlaces() {
    const last = Math.max(0, this.rows.length - 1);
    if (this.named) {
      const find = ({ row, column }, kept) => {
        const i = this.view.indexOfRow(row);
        const j = this.view.indexOfColumn(column);
        return { i: i < 0 ? Math.min(kept.i, last) : i, j: j < 0 ? 0 : j, gone: i < 0 };
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
    const named = ({ i, j }) => ({ row: this.rows[i]?.row, column: this.columns[j]?.name });
    this.named = this.rows.length ? { focus: named(this.focus), anchor: named(this.anchor) } : this.named;
  }

  drawPlaces() {
    const cell = this.view.cell(this.focus.i, this.focus.j);
    if (cell !== this.stop) {
      setAttribute(this.stop ?? this.view.table, "tabindex", this.stop ? "-1" : null);
      this.stop = cell;
      if (cell) setAttribute(cell, "tabindex", "0");
    }
    this.view.drawRange(this.rows.length ? this.box : null);
    const line = this.view.shown[this.focus.i]?.line;
    if (line !== this.line) {
      this.line?.removeAttribute("data-current");
      line?.setAttribute("data-current", "true");
      this.line = line;
    }
    if (cell && this.active !== cell && this.inTable()) cell.focus({ preventScroll: true });
    this.drawBar();
    this.drawCallout();
  }

  drawBar() {
    const row = this.rows[this.focus.i];
    const column = this.columns[this.focus.j];
    if (!row || !column) {
      this.footer.draw(null);
      return;
    }
    const names = new Set(this.columns.map(c => c.name));
    const elsewhere = Object.entries(row.issues).flatMap(([name, issues]) => (names.has(name) ? [] : issues));
    this.footer.draw({
      column,
      row: row.row,
      state: this.view.shown[this.focus.i].state,
      issues: [...(row.issues[column.name] ?? []), ...elsewhere],
      usable: this.editable(this.focus.i, this.focus.j),
      restorable: !this.data.read_only,
    });
  }

  moveTo(i, j, { extend = false, keepTab = false } = {}) {
    if (!this.rows.length) return;
    this.focus = {
      i: Math.max(0, Math.min(i, this.rows.length - 1)),
      j: Math.max(0, Math.min(j, this.columns.length - 1)),
    };
    if (!extend) this.anchor = { ...this.focus };
    if (!keepTab) this.tabFrom = null;
    this.name();
    this.view.reveal(this.focus.i, this.focus.j);
    this.drawPlaces();
  }

  focusCell() {
    (this.view.cell(this.focus.i, this.focus.j) ?? this.view.empty).focus({ preventScroll: true });
  }

  get active() {
    return this.parent.activeElement ?? document.activeElement;
  }

  editable(i, j) {
    return !this.data.read_only && Boolean(this.rows[i]) && Boolean(this.columns[j]?.editable);
  }

  // -- actions ---------------------------------------------------------------------------------------

  add(action, cells = null) {
    const seq = this.queue.add(action, cells);
    this.draw();
    this.drawBar();
    return seq;
  }

  set(cells, label) {
    const changed = cells.filter(([, , before, after]) => before !== after);
    if (changed.length && !this.data.read_only) this.add({ kind: "set", cells: changed, label }, changed);
  }

  setIn(box, label, valueAt) {
    const cells = [];
    for (let i = box.top; i <= box.bottom; i += 1) {
      for (let j = box.left; j <= box.right; j += 1) {
        if (!this.editable(i, j)) continue;
        cells.push([this.rows[i].row, this.columns[j].name, this.view.value(i, j), valueAt(i, j)]);
      }
    }
    this.set(cells, label);
  }

  use({ i, j }, suggestion) {
    if (!this.editable(i, j)) return;
    if (this.editor.open) this.editor.shut();
    this.forgetHover();
    this.set([[this.rows[i].row, this.columns[j].name, this.view.value(i, j), suggestion]], "Suggestion");
    this.focusCell();
  }

  useFirst() {
    const issue = this.view
      .issues(this.focus.i, this.focus.j)
      .find(candidate => candidate.suggestion !== null && candidate.suggestion !== undefined);
    if (issue) this.use(this.focus, issue.suggestion);
    return Boolean(issue);
  }

  leaveOut(out) {
    if (this.data.read_only || !this.rows.length) return;
    const rows = [];
    for (let i = this.box.top; i <= this.box.bottom; i += 1) {
      if ((this.view.shown[i].state === "left-out") !== out) rows.push(this.rows[i].row);
    }
    if (rows.length) this.add({ kind: out ? "exclude" : "restore", rows });
    this.footer.say(`${rows.length} ${rows.length === 1 ? "row" : "rows"} ${out ? "left out" : "taken back in"}.`);
  }

  toggleRow(i) {
    if (this.data.read_only) return;
    this.add({ kind: this.view.shown[i].state === "left-out" ? "restore" : "exclude", rows: [this.rows[i].row] });
  }

  undo(again) {
    if (this.data.read_only) return;
    const { done, undone } = this.queue.stacks();
    const possible = again ? this.data.can_redo || undone.length || this.queue.unsaved : this.data.can_undo || done.length;
    if (possible) this.add({ kind: again ? "redo" : "undo" });
    else this.footer.say(again ? "Nothing to repeat." : "Nothing to undo.");
  }

  // -- pages -----------------------------------------------------------------------------------------

  // Keys pressed until the answer are kept and played afterwards: typed ahead, they belong to the place
  // that the answer brings, not to the cell that happens to be on the screen.
  wait(action, settle) {
    const seq = this.add(action);
    this.waiting = { seq, settle, keys: [], since: Date.now() };
    this.drawQueue();
  }

  turn(page, { row, column = this.focus.j, extend = false }) {
    if (page < 1 || page > this.data.pages || page === this.data.page) return false;
    const settle = () => {
      this.view.scroll.scrollTop = 0;
      this.moveTo(row === "last" ? this.rows.length - 1 : 0, column, { extend });
    };
    this.wait({ kind: "page", page }, settle);
    return true;
  }

  nextProblem(direction) {
    if (this.editor.open) this.editor.finish();
    const here = this.problemInWindow(direction);
    if (here) {
      this.moveTo(here.i, here.j);
      this.focusCell();
      return;
    }
    const from = this.rows.length ? [this.named.focus.row, this.named.focus.column] : [null, null];
    this.wait({ kind: "next-problem", from, direction }, () => {
      if (!this.obeyGoto() && this.data.problems === 0) this.footer.say("No problems left.");
      this.focusCell();
    });
  }

  problemInWindow(direction) {
    const width = this.columns.length;
    let at = this.focus.i * width + this.focus.j + direction;
    for (; at >= 0 && at < this.rows.length * width; at += direction) {
      const i = Math.floor(at / width);
      const { marks } = this.view.shown[i].cells[at % width];
      if (marks.startsWith("error|false") && this.view.shown[i].state !== "left-out") return { i, j: at % width };
    }
    return null;
  }

  settle() {
    const { settle } = this.waiting;
    this.held = this.waiting.keys;
    this.waiting = null;
    this.drawQueue();
    settle();
  }

  replay() {
    const keys = this.held ?? [];
    this.held = null;
    keys.forEach(item => {
      if (this.waiting) this.waiting.keys.push(item);
      else if (this.editor.open) this.editor.replay(item);
      else if (item.paste !== undefined) this.paste(item.paste);
      else this.key(item);
    });
  }

  hold(item) {
    this.waiting.keys.push(item);
  }

  // -- the keyboard ----------------------------------------------------------------------------------

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
        if (shift) return this.used(() => this.select(this.box.top, 0, this.box.bottom, this.columns.length - 1));
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
  }

  used(act) {
    act();
    return true;
  }

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
        return this.used(() => this.turn(1, { row: "first", column: 0 }) || this.moveTo(0, 0, { extend: shift }));
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
  }

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
    if (!extend && i === this.rows.length - 1 && to[0] > i && this.turn(this.data.page + 1, { row: "first" })) return true;
    if (!extend && i === 0 && to[0] < 0 && this.turn(this.data.page - 1, { row: "last" })) return true;
    this.moveTo(to[0], to[1], { extend });
    return true;
  }

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
  }

  tab(back) {
    const { i, j } = this.focus;
    const width = this.columns.length;
    const from = this.tabFrom ?? j;
    const at = i * width + j + (back ? -1 : 1);
    if (at < 0 || at >= this.rows.length * width) {
      if (!this.turn(this.data.page + (back ? -1 : 1), { row: back ? "last" : "first", column: back ? width - 1 : 0 })) return false;
      return true; // at the sheet's end Tab leaves the grid
    }
    this.moveTo(Math.floor(at / width), at % width, { keepTab: true });
    this.tabFrom = Math.floor(at / width) === i ? from : 0;
    return true;
  }

  enter(back) {
    const column = back ? this.focus.j : (this.tabFrom ?? this.focus.j);
    const to = this.focus.i + (back ? -1 : 1);
    if (to >= this.rows.length && this.turn(this.data.page + 1, { row: "first", column })) return;
    if (to < 0 && this.turn(this.data.page - 1, { row: "last", column })) return;
    this.moveTo(to, column);
  }

  select(top, left, bottom, right) {
    this.anchor = { i: bottom, j: right };
    this.focus = { i: top, j: left };
    this.name();
    this.drawPlaces();
  }

  fillDown() {
    const { top, bottom, left, right } = this.box;
    const source = top === bottom ? top - 1 : top;
    if (source < 0) return;
    const box = { top: source + 1, bottom: Math.max(bottom, source + 1), left, right };
    this.setIn(box, "Fill down", (i, j) => this.view.value(source, j));
  }

  // -- editing ---------------------------------------------------------------------------------------

  edit(mode, { text = null, offer = false } = {}) {
    const { i, j } = this.focus;
    const column = this.columns[j];
    if (!this.editable(i, j)) {
      this.footer.say(this.data.read_only ? "The sheet can no longer be changed." : `${column.name} is not imported and cannot be changed.`);
      return;
    }
    this.view.reveal(i, j);
    const before = this.view.value(i, j);
    const row = this.rows[i].row;
    const choosing = SEARCHED.has(column.kind) || column.kind === "choice" || column.kind === "flag";
    this.editor.pick.hidden = !choosing && column.kind !== "date";
    setAttribute(this.editor.pick, "aria-label", column.kind === "date" ? "Choose a day" : "Show choices");
    setAttribute(this.editor.input, "role", choosing ? "combobox" : null);
    setAttribute(this.editor.input, "aria-expanded", choosing ? "false" : null);
    setAttribute(this.editor.input, "aria-controls", choosing ? "options" : null);
    setAttribute(this.editor.input, "aria-autocomplete", choosing ? "list" : null);
    this.lookedUp = null;
    this.editor.start(
      { row, column: column.name, before },
      {
        mode,
        kind: column.kind,
        text: text ?? before,
        label: `${column.name}, row ${row}`,
        describedBy: this.view.cell(i, j).getAttribute("aria-describedby"),
      },
    );
    this.callout.hide();
    if (offer || text !== null || choosing) this.offer({ calendar: offer });
  }

  get editing() {
    return this.columns.find(column => column.name === this.editor.target?.column);
  }

  typed() {
    this.offer({});
  }

  // Shows what may be chosen for the text so far. Nothing is taken without being chosen.
  offer({ toggle = false, calendar = false }) {
    const column = this.editing;
    const anchor = this.editor.box.getBoundingClientRect();
    if (!column) return;
    if (column.kind === "date") {
      if (toggle && this.calendar.shown) this.calendar.hide();
      else if (toggle || calendar || this.calendar.shown) this.calendar.open(this.editor.input.value, anchor);
    } else if (SEARCHED.has(column.kind)) {
      if (toggle && this.options.shown) this.options.hide();
      else this.lookUp(column);
    } else if (column.kind === "choice" || column.kind === "flag") {
      if (toggle && this.options.shown) this.options.hide();
      else this.offerChoices(column, anchor, toggle);
    }
    this.drawExpanded();
  }

  offerChoices(column, anchor, all) {
    const typed = this.editor.input.value.trim().toLowerCase();
    const choices = column.kind === "flag" && !column.choices?.length ? FLAGS : column.choices;
    const fitting = choices.filter(choice => choice.toLowerCase().startsWith(typed));
    const whole = all || !fitting.length || typed === this.editor.target.before.trim().toLowerCase();
    this.options.offer((whole ? choices : fitting).map(value => ({ value })), anchor);
  }

  lookUp(column) {
    const query = searchedPart(column, this.editor.input.value);
    clearTimeout(this.asking);
    if (query === this.lookedUp) {
      this.showLookup();
      return;
    }
    this.asking = setTimeout(() => {
      if (!this.editor.open) return;
      this.lookedUp = query;
      this.queue.add({ kind: "lookup", column: column.name, query });
      this.drawQueue();
    }, 90);
  }

  showLookup() {
    const { lookup } = this.data;
    const column = this.editing;
    if (!lookup || !column || lookup.column !== column.name || !SEARCHED.has(column.kind)) return;
    if (this.lookedUp === null || lookup.query !== this.lookedUp) return;
    this.options.offer(lookup.options, this.editor.box.getBoundingClientRect(), lookup.query ? "Nothing found by code or name" : "");
    this.drawExpanded();
  }

  drawExpanded() {
    if (this.editor.input.getAttribute("role") !== "combobox") return;
    setAttribute(this.editor.input, "aria-expanded", this.options.shown ? "true" : "false");
    setAttribute(this.editor.input, "aria-activedescendant", this.options.current ? `option-${this.options.at}` : null);
  }

  take(value) {
    const column = this.editing;
    if (!column) return;
    if (column.kind === "locations") {
      const parts = this.editor.input.value.split(":");
      parts[parts.length - 1] = value;
      value = parts.join(":");
    }
    this.editor.finish(value);
    this.focusCell();
  }

  hidePopups() {
    clearTimeout(this.asking);
    this.options.hide();
    this.calendar.hide();
    setAttribute(this.editor.input, "aria-activedescendant", null);
  }

  editorKey(event) {
    const { key, shiftKey: shift, altKey: alt } = event;
    const control = event.ctrlKey || event.metaKey;
    const use = act => {
      event.preventDefault();
      act();
    };
    const close = move => use(() => {
      const chosen = this.options.current?.value;
      if (chosen !== undefined) this.take(chosen);
      else this.editor.finish();
      this.focusCell();
      move();
    });
    if (key === "Escape") {
      return use(() => {
        if (this.calendar.shown || this.options.current) this.hidePopups();
        else {
          this.editor.shut();
          this.focusCell();
        }
      });
    }
    if (key === "F8") return use(() => this.nextProblem(shift ? -1 : 1));
    if (key === "F2") return use(() => (this.editor.mode = this.editor.mode === "edit" ? "enter" : "edit"));
    if (alt && key === "Enter") return use(() => this.useFirst() || this.editor.insert("\n"));
    if (alt && (key === "ArrowDown" || key === "ArrowUp")) return use(() => this.offer({ toggle: true }));
    if (this.calendar.shown && this.calendarKey(key, use)) return undefined;
    if (control && key === "Enter") return use(() => this.fillSelection());
    if (key === "Enter") return close(() => this.enter(shift));
    if (key === "Tab") return close(() => this.tab(shift) || this.leaveByTab());
    if (this.options.shown && (key === "ArrowDown" || key === "ArrowUp")) {
      return use(() => {
        this.options.move(key === "ArrowDown" ? 1 : -1);
        this.drawExpanded();
      });
    }
    if (key === "PageDown" || key === "PageUp") return close(() => this.arrow(key, false));
    if (this.editor.mode === "enter" && key.startsWith("Arrow") && !shift && !control) {
      return close(() => this.arrow(key, false));
    }
    return undefined;
  }

  calendarKey(key, use) {
    const step = {
      ArrowLeft: { days: -1 }, ArrowRight: { days: 1 }, ArrowUp: { days: -7 }, ArrowDown: { days: 7 },
      PageUp: { months: -1 }, PageDown: { months: 1 },
    }[key];
    if (step) use(() => this.editor.replace(this.calendar.move(step)));
    return Boolean(step);
  }

  // Tab out of the last cell's field: the focus stays on the cell, the next Tab leaves.
  leaveByTab() {
    this.leaving = true;
  }

  fillSelection() {
    const { value } = this.editor.input;
    this.editor.shut();
    this.focusCell();
    this.setIn(this.box, "Edit", () => value);
  }

  // -- the clipboard ---------------------------------------------------------------------------------

  copy() {
    const { top, bottom, left, right } = this.box;
    const block = [];
    for (let i = top; i <= bottom; i += 1) {
      block.push(Array.from({ length: right - left + 1 }, (_, at) => this.view.value(i, left + at)));
    }
    const cells = block.length * block[0].length;
    this.footer.say(`${cells} ${cells === 1 ? "cell" : "cells"} copied.`);
    return blockToText(block);
  }

  paste(text) {
    if (this.data.read_only || !this.rows.length || text === "") return;
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
      top, left, bottom: Math.min(top + height, this.rows.length) - 1, right: Math.min(left + width, this.columns.length) - 1,
    };
    const cells = [];
    let kept = 0;
    for (let i = inside.top; i <= inside.bottom; i += 1) {
      for (let j = inside.left; j <= inside.right; j += 1) {
        if (!this.editable(i, j)) kept += 1;
        else cells.push([this.rows[i].row, this.columns[j].name, this.view.value(i, j), at(i, j)]);
      }
    }
    this.select(inside.top, inside.left, inside.bottom, inside.right);
    if (beyond) {
      const fitting = block.map(row => row.slice(0, this.columns.length - left));
      this.add({ kind: "paste", row: this.rows[top].row, column: this.columns[left].name, block: fitting }, cells);
    } else this.set(cells, "Paste");
    this.sayWhatDidNotFit({
      rows: beyond ? 0 : top + height - this.rows.length,
      columns: left + width - this.columns.length,
      kept,
    });
  }

  sayWhatDidNotFit({ rows, columns, kept }) {
    const said = [];
    const counted = (n, one, many) => `${n} ${n === 1 ? one : many}`;
    if (rows > 0) said.push(`${counted(rows, "row", "rows")} did not fit: the sheet ends at row ${this.rows.at(-1).row}.`);
    if (columns > 0) said.push(`${counted(columns, "column", "columns")} did not fit: ${this.columns.at(-1).name} is the last column.`);
    if (kept > 0) said.push(`${counted(kept, "cell", "cells")} of columns that cannot be changed stayed as they were.`);
    if (said.length) this.footer.notice({ level: "warning", text: said.join(" ") });
  }

  // -- the menu --------------------------------------------------------------------------------------

  openMenu(anchor = null) {
    const { top, bottom } = this.box;
    const { data, focus } = this;
    const column = this.columns[focus.j].name;
    const out = [];
    for (let i = top; i <= bottom; i += 1) out.push(this.view.shown[i].state === "left-out");
    const rows = out.length === 1 ? "row" : `${out.length} rows`;
    const issue = this.view.issues(focus.i, focus.j).find(candidate => typeof candidate.suggestion === "string");
    const items = [];
    if (!data.read_only) {
      if (issue) items.push({ label: `Use ${issue.suggestion}`, hint: "Alt+Enter", act: () => this.useFirst() }, null);
      if (out.includes(false)) items.push({ label: `Leave ${rows} out`, hint: "Ctrl+−", act: () => this.leaveOut(true) });
      if (out.includes(true)) items.push({ label: `Take ${rows} back in`, hint: "Ctrl++", act: () => this.leaveOut(false) });
      items.push(
        null,
        { label: "Fill down", hint: "Ctrl+D", act: () => this.fillDown() },
        { label: "Clear", hint: "Delete", act: () => this.setIn(this.box, "Clear", () => "") },
        null,
      );
    }
    items.push(
      { label: `Sort by ${column}, ascending`, act: () => this.add({ kind: "sort", column, descending: false }) },
      { label: `Sort by ${column}, descending`, act: () => this.add({ kind: "sort", column, descending: true }) },
      { label: "Order of the sheet", act: () => this.add({ kind: "sort", column: null, descending: false }) },
    );
    const cell = this.view.cell(focus.i, focus.j).getBoundingClientRect();
    this.menu.open(items, anchor ?? cell);
  }

  // -- listening -------------------------------------------------------------------------------------

  listen() {
    this.ending = new AbortController();
    const { signal } = this.ending;
    const on = (target, name, act, options = {}) => target.addEventListener(name, act, { signal, ...options });
    on(this.root, "keydown", event => this.onKey(event));
    // Streamlit listens for single letters on the page (r runs it again); what is typed here is ours.
    for (const name of ["keyup", "keypress"]) on(this.root, name, event => event.stopPropagation());
    for (const name of ["copy", "cut", "paste"]) on(document, name, event => this.onClipboard(event));
    on(window, "beforeunload", event => {
      if (this.queue.unsaved || this.editor.open) event.preventDefault();
    });
    on(this.view.scroll, "pointerdown", event => this.onPointer(event));
    on(this.view.scroll, "dblclick", event => this.onDoubleClick(event));
    on(this.view.scroll, "contextmenu", event => this.onContextMenu(event));
    on(this.view.scroll, "pointermove", event => this.onHover(event));
    on(document, "pointermove", event => this.hovered && !this.inside(event) && this.unhover(event));
    on(document, "scroll", () => this.onScroll(), { passive: true, capture: true });
    on(this.view.scroll, "scroll", () => this.onScroll(), { passive: true });
    on(this.root, "focusin", event => this.onFocus(event));
    on(this.root, "focusout", () => setTimeout(() => this.onBlur()));
    on(document, "pointerdown", event => {
      if (this.menu.shown && !event.composedPath().includes(this.menu.node)) this.menu.hide();
    }, { capture: true });
  }

  // Whether the focus is on a cell (and not in a field, a popup, the bar or elsewhere on the page).
  inTable() {
    return this.view.body.contains(this.active);
  }

  onKey(event) {
    const path = event.composedPath();
    if (path.includes(this.footer.node) || path.includes(this.menu.node)) {
      if (event.key === "F8") event.preventDefault(), this.nextProblem(event.shiftKey ? -1 : 1);
      event.stopPropagation();
      return;
    }
    if (!this.inTable() && !(event.key === "F8")) return;
    event.stopPropagation();
    this.forgetHover();
    const control = event.ctrlKey || event.metaKey;
    if (["Control", "Shift", "Alt", "Meta"].includes(event.key)) return;
    if (control && ["c", "x", "v"].includes(event.key.toLowerCase())) return; // the clipboard's own events follow
    if (this.waiting) {
      event.preventDefault();
      const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
      this.hold({ key, ctrlKey, metaKey, shiftKey, altKey, preventDefault() {} });
      return;
    }
    if (this.key(event)) event.preventDefault();
  }

  onClipboard(event) {
    if (!this.inTable() || !this.rows.length) return;
    event.preventDefault();
    if (event.type === "paste") {
      const text = event.clipboardData.getData("text/plain");
      if (this.waiting) this.hold({ paste: text });
      else this.paste(text);
      return;
    }
    event.clipboardData.setData("text/plain", this.copy());
    if (event.type === "cut") this.setIn(this.box, "Cut", () => "");
  }

  onFocus(event) {
    const place = this.view.placeOf(event.target);
    if (place && (place.i !== this.focus.i || place.j !== this.focus.j)) this.moveTo(place.i, place.j);
    this.drawHeld();
    this.drawCallout();
  }

  onBlur() {
    this.drawHeld();
    this.drawCallout();
  }

  drawHeld() {
    const active = this.parent.activeElement;
    setAttribute(this.root, "data-held", active && this.root.contains(active) ? "true" : null);
  }

  onScroll() {
    setAttribute(this.view.scroll, "data-scrolled", this.view.scroll.scrollLeft > 0 ? "true" : null);
    this.menu.hide();
    this.drawCallout();
    if (!this.editor.open) return;
    const anchor = this.editor.box.getBoundingClientRect();
    for (const popup of [this.options, this.calendar]) if (popup.shown) popup.show(anchor);
  }

  inside(event) {
    return event.composedPath().includes(this.view.scroll);
  }

  onPointer(event) {
    this.forgetHover(event);
    if (event.button > 0) return;
    const target = event.target;
    const grip = target.closest("[data-grip]");
    if (grip) return this.dragWidth(event, Number(grip.dataset.grip));
    if (target.closest(".editor")) return undefined;
    if (this.waiting) return event.preventDefault();
    const head = target.closest("[data-head]");
    const rowHead = target.closest("[data-row-head]");
    if (target.closest(".sort")) return this.cycleSort(Number(head.dataset.head));
    if (this.editor.open) this.editor.finish();
    if (head && this.rows.length) this.select(0, Number(head.dataset.head), this.rows.length - 1, Number(head.dataset.head));
    else if (target.closest("[data-select-all]") && this.rows.length) {
      this.select(0, 0, this.rows.length - 1, this.columns.length - 1);
    } else if (rowHead) {
      const i = rowHead.parentNode.sectionRowIndex;
      if (target.closest("[data-toggle]")) this.toggleRow(i);
      else {
        this.select(event.shiftKey ? this.anchor.i : i, 0, i, this.columns.length - 1);
        this.dragSelection(event, true);
      }
    } else {
      const place = this.view.placeOf(target);
      if (!place) return undefined;
      const again = place.i === this.focus.i && place.j === this.focus.j && this.inTable();
      this.moveTo(place.i, place.j, { extend: event.shiftKey });
      if (event.pointerType === "touch") {
        if (again) this.editAfter(event);
      } else this.dragSelection(event, false);
    }
    if (event.pointerType !== "touch") event.preventDefault();
    if (!this.editor.open) this.focusCell();
    return undefined;
  }

  // A second tap on the focused cell types in it; a tap that became a scroll does not.
  editAfter(event) {
    const done = up => {
      if (Math.hypot(up.clientX - event.clientX, up.clientY - event.clientY) < 8) this.edit("edit");
    };
    event.target.addEventListener("pointerup", done, { once: true });
    event.target.addEventListener("pointercancel", () => event.target.removeEventListener("pointerup", done), { once: true });
  }

  dragSelection(event, wholeRows) {
    const { scroll } = this.view;
    let point = event;
    const reach = () => {
      const box = scroll.getBoundingClientRect();
      if (point.clientY > box.bottom - 16) scroll.scrollTop += 24;
      else if (point.clientY < box.top + 40) scroll.scrollTop -= 24;
      if (point.clientX > box.right - 16) scroll.scrollLeft += 24;
      else if (point.clientX < box.left + 70) scroll.scrollLeft -= 24;
      const root = this.root.getRootNode();
      const hit = root.elementFromPoint(point.clientX, point.clientY);
      const place = this.view.placeOf(hit) ?? this.placeOfHead(hit);
      if (!place) return;
      if (wholeRows) {
        this.anchor = { i: this.anchor.i, j: this.columns.length - 1 };
        this.focus = { i: place.i, j: 0 };
      } else this.focus = { i: place.i, j: Math.max(0, place.j) };
      this.name();
      this.drawPlaces();
    };
    const ending = new AbortController();
    const { signal } = ending;
    const timer = setInterval(() => point !== event && reach(), 60);
    document.addEventListener("pointermove", moved => ((point = moved), reach()), { signal });
    const end = () => {
      clearInterval(timer);
      ending.abort();
      if (!this.editor.open) this.focusCell();
    };
    document.addEventListener("pointerup", end, { signal });
    document.addEventListener("pointercancel", end, { signal });
  }

  placeOfHead(node) {
    const head = node?.closest?.("[data-row-head]");
    return head ? { i: head.parentNode.sectionRowIndex, j: 0 } : null;
  }

  dragWidth(event, place) {
    event.preventDefault();
    const from = this.view.widths[place] - event.clientX;
    const ending = new AbortController();
    const { signal } = ending;
    document.addEventListener("pointermove", moved => {
      this.view.resize(place, from + moved.clientX, this.rows);
      this.view.drawRange(this.rows.length ? this.box : null);
    }, { signal });
    const end = () => {
      ending.abort();
      this.view.keepWidths();
    };
    document.addEventListener("pointerup", end, { signal });
    document.addEventListener("pointercancel", end, { signal });
  }

  cycleSort(place) {
    const column = this.columns[place].name;
    const { sort } = this.data;
    if (!sort || sort.column !== column) this.add({ kind: "sort", column, descending: false });
    else if (!sort.descending) this.add({ kind: "sort", column, descending: true });
    else this.add({ kind: "sort", column: null, descending: false });
  }

  onDoubleClick(event) {
    const grip = event.target.closest("[data-grip]");
    if (grip) {
      const place = Number(grip.dataset.grip);
      this.view.resize(place, this.view.fitting(place, this.rows), this.rows);
      this.view.keepWidths();
    } else if (this.view.placeOf(event.target) && !this.waiting) this.edit("edit");
  }

  onContextMenu(event) {
    const place = this.view.placeOf(event.target) ?? this.placeOfHead(event.target);
    if (!place || event.target.closest(".editor")) return;
    event.preventDefault();
    const { top, bottom, left, right } = this.box;
    const inside = place.i >= top && place.i <= bottom && place.j >= left && place.j <= right;
    if (!inside) this.moveTo(place.i, place.j);
    this.openMenu({ left: event.clientX, right: event.clientX, top: event.clientY, bottom: event.clientY });
  }

  // -- the callout -----------------------------------------------------------------------------------

  onHover(event) {
    if (event.pointerType === "touch" || event.buttons) return;
    clearTimeout(this.hovering);
    if (this.hovered && this.callout.covers(event)) return; // on the way to the callout's button
    const { x, y } = this.restedAt ?? { x: -99, y: -99 };
    if (Math.hypot(event.clientX - x, event.clientY - y) < 4) return;
    this.restedAt = null;
    const place = this.view.placeOf(event.target);
    const same = place && this.hovered && place.i === this.hovered.i && place.j === this.hovered.j;
    if (!same) this.hovering = setTimeout(() => this.hover(place), 300);
  }

  unhover(event) {
    clearTimeout(this.hovering);
    if (event && this.callout.covers(event)) return;
    this.hovering = setTimeout(() => this.hover(null), 160);
  }

  // Whoever types or clicks is no longer pointing at something.
  forgetHover(event = null) {
    if (event) this.restedAt = { x: event.clientX, y: event.clientY };
    clearTimeout(this.hovering);
    this.hovered = null;
  }

  hover(place) {
    this.hovered = place;
    this.drawCallout();
  }

  // Beside the cell under the pointer, if there is something to say of it, or else beside the focused one.
  drawCallout() {
    if (this.editor.open || this.menu.shown || this.waiting) {
      this.callout.hide();
      return;
    }
    const { top, bottom, left, right } = this.box;
    const focused = this.inTable() && top === bottom && left === right ? this.focus : null;
    const place = [this.hovered, focused].find(candidate => candidate && this.worthSaying(candidate));
    const cell = place && this.view.cell(place.i, place.j);
    const anchor = cell?.getBoundingClientRect();
    if (!cell || !this.view.inSight(anchor)) {
      this.callout.hide();
      return;
    }
    const whole = place === this.hovered && this.isCut(place) ? this.view.value(place.i, place.j).slice(0, 2000) : "";
    this.callout.say(
      { issues: this.view.issues(place.i, place.j), whole, usable: this.editable(place.i, place.j), place, hovered: place === this.hovered },
      anchor,
    );
  }

  worthSaying(place) {
    return this.view.issues(place.i, place.j).length > 0 || (place === this.hovered && this.isCut(place));
  }

  isCut({ i, j }) {
    const text = this.view.shown[i]?.cells[j]?.text;
    return Boolean(text) && (text.scrollWidth > text.clientWidth || this.view.cell(i, j).hasAttribute("data-lines"));
  }
}

// Of several codes, separated by colons, the one being typed is the last.
function searchedPart(column, text) {
  return (column.kind === "locations" ? text.split(":").at(-1) : text).trim();
}

function flash(cell) {
  cell.removeAttribute("data-fixed");
  void cell.offsetWidth; // starts the animation again
  cell.setAttribute("data-fixed", "true");
  setTimeout(() => cell.removeAttribute("data-fixed"), 1200);
}
