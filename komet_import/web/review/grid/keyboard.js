// The keyboard and the clipboard: what each command does that a key stands for (keys.js), and which keys are
// the grid's, wherever the focus is.

import { commandOf, keptKey } from "./keys.js";
import { pageKey } from "./page_keys.js";

const HELD_DOWN = new Set(["Control", "Shift", "Alt", "Meta"]);
const CLIPBOARD = new Set(["c", "x", "v"]);

export class Keyboard {
  // `aside` are the parts of the grid that use their keys themselves. `ways` are what keys do that is the
  // whole grid's: {nextProblem, useSuggestion, openMenu}.
  constructor({ places, moves, pages, actions, blocks, typing, cursor, hover, aside, ways }) {
    Object.assign(this, { places, moves, pages, blocks, actions, cursor, hover, aside, ways });
    this.leaving = false; // whether a Tab leaves the grid, as after Escape
    // A command that returns false leaves its key to the browser.
    this.commands = {
      nextProblem: direction => ways.nextProblem(direction),
      useSuggestion: () => void ways.useSuggestion(),
      menu: () => ways.openMenu(),
      edit: how => typing.edit("edit", how),
      type: text => typing.edit("enter", { text }),
      // An input method composes in the field that is now open.
      compose: () => {
        typing.edit("enter", { text: "" });
        return false;
      },
      escape: () => this.escape(),
      turn: by => void pages.turnBy(by, { row: "first" }),
      tab: back => moves.tab(back),
      enter: back => moves.enter(back),
      arrow: (key, extend) => moves.arrow(key, extend),
      jump: (key, extend) => moves.jump(key, extend),
      first: extend => moves.toStart(extend),
      last: extend => moves.toEnd(extend),
      undo: again => actions.undo(again),
      leaveOut: out => actions.leaveOut(out),
      fillDown: () => actions.fillDown(),
      clear: () => actions.clear(),
      selectAll: () => this.select({ rows: true, columns: true }),
      selectRows: () => this.select({ columns: true }),
      selectColumns: () => this.select({ rows: true }),
    };
  }

  // Selects all rows, or all columns, of what is selected.
  select({ rows = false, columns = false }) {
    const whole = {
      ...(rows ? { top: 0, bottom: this.places.rows.length - 1 } : {}),
      ...(columns ? { left: 0, right: this.places.columns.length - 1 } : {}),
    };
    this.cursor.selectBox({ ...this.places.box, ...whole });
  }

  escape() {
    const { i, j } = this.places.focus;
    this.leaveNext();
    this.cursor.moveTo(i, j);
    this.hover.hush();
  }

  // The next Tab leaves the grid.
  leaveNext() {
    this.leaving = true;
  }

  // Returns whether the key was used; `event` may be one that was held while a page was turned.
  key(event) {
    const { leaving } = this;
    this.leaving = false;
    const [name, ...details] = commandOf(event) ?? [];
    if (!name || (name === "tab" && leaving)) return false;
    if (!this.places.rows.length && name !== "nextProblem") return false;
    return this.commands[name](...details) !== false;
  }

  // In the grid: on a cell, or in one of its other parts.
  down(event) {
    const path = event.composedPath();
    if (this.aside.some(node => path.includes(node))) {
      if (this.anywhere(event)) event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (!this.cursor.inTable()) return; // a field of an open editor, or what `downElsewhere` hears
    event.stopPropagation();
    this.hover.forget();
    if (HELD_DOWN.has(event.key)) return;
    if ((event.ctrlKey || event.metaKey) && CLIPBOARD.has(event.key.toLowerCase())) return; // its own events follow
    if (this.pages.turning) {
      event.preventDefault();
      this.pages.hold(keptKey(event));
      return;
    }
    if (pageKey(event) || this.key(event)) event.preventDefault();
  }

  // Wherever the focus is, but not behind a dialog.
  downElsewhere(event) {
    if (event.defaultPrevented) return;
    if (pageKey(event)) {
      event.preventDefault();
      return;
    }
    if (document.querySelector('[role="dialog"]')) return;
    if (this.anywhere(event)) event.preventDefault();
  }

  // F8, and undo and redo: what was done with a button of the page is taken back without a click on a cell.
  // A field has an undo of its own. Returns whether the key was used.
  anywhere(event) {
    const key = event.key?.toLowerCase(); // a browser that fills in a field sends an event without one
    if (key === "f8") {
      this.ways.nextProblem(event.shiftKey ? -1 : 1);
      return true;
    }
    const writing = event.composedPath()[0].closest?.("input, textarea, [contenteditable]");
    if (writing || event.altKey || !(event.ctrlKey || event.metaKey) || !["z", "y"].includes(key))
      return false;
    this.actions.undo(key === "y" || event.shiftKey);
    return true;
  }

  clipboard(event) {
    if (!this.cursor.inTable() || !this.places.rows.length) return;
    event.preventDefault();
    if (event.type === "paste") {
      const text = event.clipboardData.getData("text/plain");
      if (this.pages.turning) this.pages.hold({ paste: text });
      else this.blocks.paste(text);
      return;
    }
    if (this.pages.turning) return; // what is on the screen is about to go
    event.clipboardData.setData("text/plain", this.blocks.copy());
    if (event.type === "cut") this.actions.clear("Cut");
  }
}
