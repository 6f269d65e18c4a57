// Typing in a cell: the field is opened, keys in it are used, and what was typed becomes an action.

import { editorCommandOf, keptKey } from "./keys.js";
import { tell, titleOf } from "./language.js";

export class Typing {
  // `editor` is the field, `offers` what may be chosen for its text. `ways` are what keys do that are not the
  // field's own: {nextProblem, useSuggestion, leave, play}, the last with a key for the cell.
  constructor({ view, places, actions, moves, cursor, hover, footer, editor, offers, ways }) {
    Object.assign(this, { view, places, actions, moves, cursor, hover, footer, editor, offers, ways });
    this.held = []; // keys that were pressed while what is offered was still for an earlier text
    this.commands = {
      escape: () => this.escape(),
      nextProblem: direction => ways.nextProblem(direction),
      switchMode: () => {
        editor.mode = editor.mode === "edit" ? "enter" : "edit";
      },
      useSuggestion: () => ways.useSuggestion() || editor.insert("\n"),
      offer: () => offers.show({ toggle: true }),
      day: step => offers.moveDay(step),
      choice: by => offers.moveChoice(by),
      fill: () => this.fillSelection(),
      enter: back => this.close(() => moves.enter(back)),
      // Tab out of the last cell's field: the focus stays on the cell, the next Tab leaves.
      tab: back => this.close(() => moves.tab(back) || ways.leave()),
      arrow: key => this.close(() => moves.arrow(key, false)),
    };
  }

  get open() {
    return this.editor.open;
  }

  // In the focused cell. With `mode` "enter" arrows leave the cell, with "edit" they do not; `text` replaces
  // what stands in it, `offer` opens what may be chosen.
  edit(mode, { text = null, offer = false } = {}) {
    const { focus, row, column } = this.places;
    if (!this.places.editable(focus.i, focus.j)) {
      this.footer.say(tell("{column} is not imported and cannot be changed.", { column: titleOf(column) }));
      return;
    }
    this.view.reveal(focus.i, focus.j);
    const before = this.view.value(focus.i, focus.j);
    const chosen = this.offers.prepare(column);
    this.held = [];
    this.editor.start(
      { row: row.row, column: column.name, before },
      {
        mode,
        kind: column.kind,
        text: text ?? before,
        label: tell("{column}, row {row}", { column: titleOf(column), row: this.view.told(row.row) }),
        describedBy: this.cursor.cell.getAttribute("aria-describedby"),
      },
    );
    this.hover.hush();
    if (offer || text !== null || chosen) this.offers.show({ days: offer });
  }

  typed() {
    this.held = [];
    this.offers.show();
  }

  key(event) {
    if (this.holds(event)) {
      event.preventDefault();
      return;
    }
    const { offers, editor } = this;
    const shown = { days: offers.calendar.shown, choices: offers.options.shown, mode: editor.mode };
    const [name, ...details] = editorCommandOf(event, shown) ?? [];
    if (!name) return;
    event.preventDefault();
    this.commands[name](...details);
  }

  // Returns whether the key waits for the answer to what was typed. Escape waits for nothing.
  holds(event) {
    const { key } = event;
    const choosing = key === "ArrowDown" || key === "ArrowUp" || this.held.length > 0;
    if (!choosing || key === "Escape" || [...key].length === 1 || !this.offers.outdated) return false;
    this.held.push(keptKey(event));
    return true;
  }

  // The server has answered.
  answered() {
    if (!this.open) return;
    if (this.offers.showFound()) {
      const keys = this.held;
      this.held = [];
      for (const key of keys) this.open ? this.key(key) : this.ways.play(key);
    }
    if (this.open) this.editor.place();
  }

  // A key or a paste that was kept while a page was turned.
  replay(item) {
    this.editor.replay(item);
  }

  scrolled() {
    if (this.open) this.offers.follow();
  }

  escape() {
    if (this.offers.calendar.shown || this.offers.chosen !== undefined) this.closed();
    else this.shut();
  }

  close(move) {
    const { chosen } = this.offers;
    if (chosen === undefined) this.finish();
    else this.take(chosen);
    this.cursor.take();
    move();
  }

  take(value) {
    if (!this.offers.column()) return;
    this.editor.finish(this.offers.completed(value));
    this.cursor.take();
  }

  fillSelection() {
    const { value } = this.editor.input;
    this.shut();
    this.actions.setIn(this.places.box, "Edit", () => value);
  }

  // Leaves the field with what was typed.
  finish() {
    this.editor.finish();
  }

  // Leaves the field without it.
  shut() {
    this.editor.shut();
    this.cursor.take();
  }

  commit({ row, column, before }, value) {
    this.actions.set([[row, column, before, value]], "Edit");
  }

  // The field is closed, or what it offers is.
  closed() {
    this.held = [];
    this.offers.hide();
  }
}
