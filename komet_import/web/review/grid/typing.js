// Typing in a cell, and what is offered meanwhile: customers and locations that the server finds by code
// and name, choices, days. The methods belong to the Grid (grid.js) and speak of it as `this`.

import { setAttribute } from "./elements.js";
import { keptKey } from "./keys.js";

const SEARCHED = new Set(["customer", "location", "locations"]);
const FLAGS = ["yes", "no"];

export const typing = {
  edit(mode, { text = null, offer = false } = {}) {
    const { i, j } = this.focus;
    const column = this.columns[j];
    if (!this.editable(i, j)) {
      this.footer.say(`${column.name} is not imported and cannot be changed.`);
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
    this.offeredFor = null; // the text for which customers or locations are offered
    this.heldKeys = []; // pressed while what is offered was still for an earlier text
    this.editor.start(
      { row, column: column.name, before },
      {
        mode,
        kind: column.kind,
        text: text ?? before,
        label: `${column.name}, row ${this.view.told(row)}`,
        describedBy: this.view.cell(i, j).getAttribute("aria-describedby"),
      },
    );
    this.callout.hide();
    if (offer || text !== null || choosing) this.offer({ calendar: offer });
  },

  typed() {
    this.heldKeys = [];
    this.offer({});
  },

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
  },

  offerChoices(column, anchor, all) {
    const typed = this.editor.input.value.trim().toLowerCase();
    const choices = column.kind === "flag" && !column.choices?.length ? FLAGS : column.choices;
    const fitting = choices.filter(choice => choice.toLowerCase().startsWith(typed));
    const whole = all || !fitting.length || typed === this.editor.target.before.trim().toLowerCase();
    this.options.offer(
      (whole ? choices : fitting).map(value => ({ value })),
      anchor,
    );
  },

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
  },

  showLookup() {
    const { lookup } = this.data;
    const column = this.editing;
    if (!lookup || !column || lookup.column !== column.name || !SEARCHED.has(column.kind)) return;
    if (this.lookedUp === null || lookup.query !== this.lookedUp) return;
    this.options.offer(
      lookup.options,
      this.editor.box.getBoundingClientRect(),
      lookup.query ? "Nothing found by code or name" : "",
    );
    this.offeredFor = lookup.query;
    this.drawExpanded();
    if (this.offersOld()) return;
    const keys = this.heldKeys;
    this.heldKeys = [];
    for (const key of keys) this.editor.open ? this.editorKey(key) : this.key(key);
  },

  // Whether the customers or locations on the screen were found for another text than the one that is typed
  // now: the first of them would be a wrong one.
  offersOld() {
    const column = this.editing;
    if (!column || !SEARCHED.has(column.kind) || !this.options.shown) return false;
    return searchedPart(column, this.editor.input.value) !== this.offeredFor;
  },

  // Returns whether the key waits for the answer to what was typed. Escape waits for nothing.
  holdForOffer(event) {
    const { key } = event;
    const choosing = key === "ArrowDown" || key === "ArrowUp" || this.heldKeys.length > 0;
    if (!choosing || key === "Escape" || [...key].length === 1 || !this.offersOld()) return false;
    this.heldKeys.push(keptKey(event));
    return true;
  },

  drawExpanded() {
    if (this.editor.input.getAttribute("role") !== "combobox") return;
    setAttribute(this.editor.input, "aria-expanded", this.options.shown ? "true" : "false");
    setAttribute(
      this.editor.input,
      "aria-activedescendant",
      this.options.current ? `option-${this.options.at}` : null,
    );
  },

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
  },

  hidePopups() {
    clearTimeout(this.asking);
    this.heldKeys = [];
    this.options.hide();
    this.calendar.hide();
    setAttribute(this.editor.input, "aria-activedescendant", null);
  },

  editorKey(event) {
    const { key, shiftKey: shift, altKey: alt } = event;
    const control = event.ctrlKey || event.metaKey;
    const use = act => {
      event.preventDefault();
      act();
    };
    if (this.holdForOffer(event)) return event.preventDefault();
    const close = move =>
      use(() => {
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
  },

  calendarKey(key, use) {
    const step = {
      ArrowLeft: { days: -1 },
      ArrowRight: { days: 1 },
      ArrowUp: { days: -7 },
      ArrowDown: { days: 7 },
      PageUp: { months: -1 },
      PageDown: { months: 1 },
    }[key];
    if (step) use(() => this.editor.replace(this.calendar.move(step)));
    return Boolean(step);
  },

  // Tab out of the last cell's field: the focus stays on the cell, the next Tab leaves.
  leaveByTab() {
    this.leaving = true;
  },

  fillSelection() {
    const { value } = this.editor.input;
    this.editor.shut();
    this.focusCell();
    this.setIn(this.box, "Edit", () => value);
  },
};

// Of several codes, separated by colons, the one being typed is the last.
const LONGEST_SEARCH = 200; // characters: longer than any name (grid_message.py)

function searchedPart(column, text) {
  const part = (column.kind === "locations" ? text.split(":").at(-1) : text).trim();
  return part.slice(0, LONGEST_SEARCH).replace(/\p{Surrogate}/gu, "");
}
