// The review grid: what a person does becomes actions for the server, what the server says is drawn.
//
//   view.js       the table, drawn once and changed in place; widths.js its columns' widths
//   states.js     what a row is, in words; elements.js makes and changes elements
//   differences.js  of what changes what is kept: the value so far, and the new one
//   editor.js     the field in which a cell is typed
//   popup.js      choices, calendar, menu, callout
//   footer.js     message, notices, pager
//   queue.js      the actions that the server has not acknowledged yet, and the way to the server
//   surroundings.js  the page around: its room, its news, and when it is drawn anew
//   blocks.js     blocks of cells, copied and pasted; clipboard.js such a block as Excel's text
//   keys.js, typing.js, pointing.js  the Grid's methods by what a person uses

import { Blocks } from "./blocks.js";
import { Editor } from "./editor.js";
import { element, setAttribute } from "./elements.js";
import { Footer } from "./footer.js";
import { keptKey, keys } from "./keys.js";
import { pointing } from "./pointing.js";
import { Calendar, Callout, Menu, OptionList } from "./popup.js";
import { Queue } from "./queue.js";
import { isOut } from "./states.js";
import { Surroundings } from "./surroundings.js";
import { typing } from "./typing.js";
import { View } from "./view.js";

const grids = new WeakMap();
const PATIENCE = 8000; // milliseconds for which keys are held while a page is turned
const NOTHING = {
  columns: [],
  rows: [],
  page: 1,
  pages: 1,
  first: 1,
  total: 0,
  set_aside: 0,
  all_totals: true,
  problems: 0,
  notices: [],
};
const REFUSALS = {
  401: "You are signed out: reload the page and sign in; what you typed is kept.",
  403: "The server does not take this page for its own: reload it.",
};

// Streamlit brings only the address. Rows and edits travel by a route of our own: a script's run sends and
// draws everything that stands around the grid, and a person would wait for that after each cell.
export default function mount(component) {
  const { data, parentElement, setTriggerValue } = component;
  let grid = grids.get(parentElement);
  if (!grid) {
    grid = new Grid(parentElement, data.batch);
    grids.set(parentElement, grid);
  }
  grid.connect({ ...data, redraw: version => setTriggerValue("changed", version) });
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
    this.data = NOTHING;
    this.told = 0; // the last notice and the last place to go to: each has a token, rising
    this.went = 0;
    this.warned = null; // the refusal that was told last
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
    this.blocks = new Blocks({
      view: this.view,
      footer: this.footer,
      shown: () => this.data,
      box: () => this.box,
      editable: (i, j) => this.editable(i, j),
      select: (...corners) => this.select(...corners),
      set: (cells, label) => this.set(cells, label),
      add: (action, cells) => this.add(action, cells),
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
    this.view.empty.textContent = "Loading the rows…";
    this.view.empty.hidden = false;
    setAttribute(this.root, "data-loading", "true");
    parent.append(this.root);
    this.queue = new Queue({
      batch,
      heard: () => Math.max(this.told, this.went),
      answered: data => this.answered(data),
      refused: status => this.refused(status),
      given: (entry, sentence) => this.givenBack(entry, sentence),
      stuck: sentence => this.drawStuck(sentence),
      changed: () => this.drawQueue(),
    });
    this.surroundings = new Surroundings({
      root: this.root,
      footer: this.footer.node,
      queue: this.queue,
      shown: () =>
        this.data === NOTHING ? null : { version: this.data.version, heard: Math.max(this.told, this.went) },
      refused: status => this.refused(status),
    });
    if (this.queue.lost.length) {
      this.footer.notice({
        level: "warning",
        text: "The last paste or undo before the page was left was not saved. Check the rows and do it again.",
      });
    }
    this.listen();
    this.surroundings.watch();
  }

  close() {
    this.queue.close();
    this.surroundings.close();
    this.ending.abort();
  }

  // -- the page around the grid ----------------------------------------------------------------------

  connect(data) {
    this.surroundings.connect(data);
    this.queue.connect({ url: data.url, look: data.look });
  }

  answered(data) {
    this.warned = null;
    this.update(data);
    this.surroundings.redrawSoon();
  }

  refused(status) {
    // A look that is gone, with the server that held it: the page's script makes another. A draft that is
    // one no longer, being imported or discarded: the page says which.
    if (status === 404 || status === 410) window.dispatchEvent(new CustomEvent("komet-review-gone"));
    if (REFUSALS[status] && this.warned !== status) {
      this.footer.notice({ level: "error", text: REFUSALS[status] });
      this.warned = status;
    }
    this.drawQueue();
  }

  // The server will not do it: the cell shows again what it holds, and what was typed stands in the notice.
  givenBack(entry, sentence) {
    if (this.waiting?.seq === entry.action.seq) this.waiting = null;
    const [row, column] = entry.cells?.[0] ?? [];
    this.footer.notice({
      level: "error",
      text: [unsavedWords(entry, this.view), sentence].filter(Boolean).join(" "),
      row,
      column,
    });
    if (this.data !== NOTHING) this.draw();
  }

  drawStuck(sentence) {
    const first = this.queue.entries[0];
    this.footer.stuck(
      sentence && [first && unsavedWords(first, this.view), sentence].filter(Boolean).join(" "),
      {
        again: () => this.queue.tryAgain(),
        giveUp: () => {
          this.queue.giveUp();
          this.draw();
          this.drawPlaces();
        },
      },
    );
    this.drawQueue();
  }

  // -- data from the server --------------------------------------------------------------------------

  update(data) {
    const first = this.data === NOTHING;
    if (first) {
      setAttribute(this.root, "data-loading", null);
      this.surroundings.fit();
    }
    const before = this.data;
    const held = this.inTable() || this.active === this.view.empty;
    this.data = data;
    const mine = data.acknowledged?.[this.queue.client] ?? 0;
    const answered = mine > this.queue.acknowledged;
    this.queue.acknowledge(mine);
    const fresh = this.view.drawColumns(data.columns);
    if (fresh) this.firstPlace();
    this.view.drawSort(data.sort);
    const fixed = this.draw();
    if (fresh) this.view.widths.fitAll(data.columns, data.rows);
    this.findPlaces();
    if (answered && !first) this.announce(before, fixed);
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
    });
    for (const cell of fixed) flash(cell);
    setAttribute(this.view.table, "aria-label", "Rows of the sheet, to be corrected");
    this.view.empty.hidden = data.rows.length > 0;
    this.view.empty.textContent = data.filter
      ? "No rows to show here. Choose another filter."
      : "The sheet has no rows.";
    this.drawQueue();
    return fixed;
  }

  drawQueue() {
    const { data } = this;
    setAttribute(this.view.table, "data-pending", this.queue.length);
    setAttribute(this.view.table, "aria-busy", this.waiting ? "true" : "false");
    this.footer.drawPager({ ...data, count: data.rows.length, turning: this.waiting !== null });
    this.footer.drawSaving({
      unsaved: this.queue.unsaved,
      held: this.queue.held,
      age: this.queue.oldestAge,
      turning: this.waiting !== null,
    });
    if (this.waiting && Date.now() - this.waiting.since > PATIENCE) {
      if (this.waiting.keys.length) {
        this.footer.notice({
          level: "warning",
          text: "The server did not answer; what was typed meanwhile was not used.",
        });
      }
      this.waiting = null;
    }
  }

  announce(before, fixed) {
    const { problems } = this.data;
    const left =
      problems === 0 ? "No problems left." : `${problems} ${problems === 1 ? "problem" : "problems"} left.`;
    if (fixed.length) this.footer.say(`Fixed. ${left}`);
    else if (problems !== before.problems) this.footer.say(left);
  }

  showNotices() {
    for (const notice of this.data.notices) {
      if (notice.token <= this.told) continue;
      this.told = notice.token;
      this.footer.notice(notice);
    }
  }

  obeyGoto() {
    const { goto } = this.data;
    if (!goto || goto.token <= this.went) return false;
    this.went = goto.token;
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
    const j = Math.max(
      0,
      this.data.columns.findIndex(column => column.editable),
    );
    this.focus = { i: 0, j };
    this.anchor = { i: 0, j };
    this.named = null;
  }

  get rows() {
    return this.data.rows;
  }

  get editing() {
    return this.columns.find(column => column.name === this.editor.target?.column);
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
      if (this.footer.draw(null)) this.surroundings.fit();
      return;
    }
    const names = new Set(this.columns.map(c => c.name));
    const elsewhere = Object.entries(row.issues).flatMap(([name, issues]) => (names.has(name) ? [] : issues));
    const about = {
      column,
      row: row.row,
      told: row.told ?? row.row,
      state: this.view.shown[this.focus.i].state,
      aside: row.aside,
      issues: [...(row.issues[column.name] ?? []), ...elsewhere],
      usable: this.editable(this.focus.i, this.focus.j),
      written: this.written(this.focus),
      own: this.view.own(this.focus.i, this.focus.j),
    };
    if (this.footer.draw(about)) this.surroundings.fit();
  }

  // The cell's own text where something else is seen of it.
  written({ i, j }) {
    const text = this.view.value(i, j);
    return text === this.view.seen(i, j) ? "" : text;
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
    this.drawBar(); // first: the rows may have to give way to what it says
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
    return Boolean(this.rows[i]) && Boolean(this.columns[j]?.editable);
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
    if (changed.length) this.add({ kind: "set", cells: changed, label }, changed);
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
    if (!this.rows.length) return;
    const rows = [];
    for (let i = this.box.top; i <= this.box.bottom; i += 1) {
      if (isOut(this.view.shown[i].state) !== out) rows.push(this.rows[i].row);
    }
    if (rows.length) this.add({ kind: out ? "exclude" : "restore", rows });
    this.footer.say(`${rows.length} ${rows.length === 1 ? "row" : "rows"} ${out ? "excluded" : "included"}.`);
  }

  toggleRow(i) {
    this.add({ kind: isOut(this.view.shown[i].state) ? "restore" : "exclude", rows: [this.rows[i].row] });
  }

  // The server knows what there is to take back: more than the grid, when the page has just done something.
  undo(again) {
    this.add({ kind: again ? "redo" : "undo", seen: this.data.revision });
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
      if (this.view.shown[i].cells[at % width].stops && !isOut(this.view.shown[i].state))
        return { i, j: at % width };
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
      else if (item.paste !== undefined) this.blocks.paste(item.paste);
      else this.key(item);
    });
  }

  hold(item) {
    this.waiting.keys.push(item);
  }

  // -- listening -------------------------------------------------------------------------------------

  listen() {
    this.ending = new AbortController();
    const { signal } = this.ending;
    const on = (target, name, act, options = {}) =>
      target.addEventListener(name, act, { signal, ...options });
    on(this.root, "keydown", event => this.onKey(event));
    on(document, "keydown", event => this.onKeyElsewhere(event));
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
    on(
      document,
      "pointerdown",
      event => {
        if (this.menu.shown && !event.composedPath().includes(this.menu.node)) this.menu.hide();
      },
      { capture: true },
    );
  }

  // Whether the focus is on a cell (and not in a field, a popup, the bar or elsewhere on the page).
  inTable() {
    return this.view.body.contains(this.active);
  }

  onKey(event) {
    const path = event.composedPath();
    if (path.includes(this.footer.node) || path.includes(this.menu.node)) {
      if (this.anywhere(event)) event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (!this.inTable()) return; // a field of an open editor, or what `onKeyElsewhere` hears
    event.stopPropagation();
    this.forgetHover();
    const control = event.ctrlKey || event.metaKey;
    if (["Control", "Shift", "Alt", "Meta"].includes(event.key)) return;
    if (control && ["c", "x", "v"].includes(event.key.toLowerCase())) return; // the clipboard's own events follow
    if (this.waiting) {
      event.preventDefault();
      this.hold(keptKey(event));
      return;
    }
    if (this.key(event)) event.preventDefault();
  }

  // Wherever the focus is, but not behind a dialog.
  onKeyElsewhere(event) {
    if (event.defaultPrevented || document.querySelector('[role="dialog"]')) return;
    if (this.anywhere(event)) event.preventDefault();
  }

  // F8, and undo and redo: what was done with a button of the page is taken back without a click on a cell.
  // A field has an undo of its own.
  anywhere(event) {
    const key = event.key?.toLowerCase(); // a browser that fills in a field sends an event without one
    if (key === "f8") return this.used(() => this.nextProblem(event.shiftKey ? -1 : 1));
    const writing = event.composedPath()[0].closest?.("input, textarea, [contenteditable]");
    if (writing || event.altKey || !(event.ctrlKey || event.metaKey) || !["z", "y"].includes(key))
      return false;
    return this.used(() => this.undo(key === "y" || event.shiftKey));
  }

  onClipboard(event) {
    if (!this.inTable() || !this.rows.length) return;
    event.preventDefault();
    if (event.type === "paste") {
      const text = event.clipboardData.getData("text/plain");
      if (this.waiting) this.hold({ paste: text });
      else this.blocks.paste(text);
      return;
    }
    if (this.waiting) return; // what is on the screen is about to go
    event.clipboardData.setData("text/plain", this.blocks.copy());
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
}

Object.assign(Grid.prototype, keys, typing, pointing);

// What of an action is not saved, in words; nothing for one that only looks.
function unsavedWords({ action, cells }, view) {
  const [row, column, , after] = cells?.[0] ?? [];
  const text = after?.length > 60 ? `${after.slice(0, 59)}…` : after;
  if (cells?.length === 1)
    return `Not saved: ${column} in row ${view.told(row)}${text ? ` as “${text}”` : ", made blank"}.`;
  if (cells?.length > 1 || action.kind === "paste")
    return `Not saved: ${(cells?.length ?? 0).toLocaleString("en")} cells from row ${view.told(row ?? action.row)} on.`;
  if (action.rows)
    return `Not saved: ${action.kind === "exclude" ? "excluding" : "including"} row ${action.rows.map(one => view.told(one)).join(", ")}.`;
  return ["undo", "redo"].includes(action.kind) ? `Not done: ${action.kind}.` : "";
}

function flash(cell) {
  cell.removeAttribute("data-fixed");
  void cell.offsetWidth; // starts the animation again
  cell.setAttribute("data-fixed", "true");
  setTimeout(() => cell.removeAttribute("data-fixed"), 1200);
}
