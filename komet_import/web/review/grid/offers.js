// What may be chosen for the text that is typed in a cell: customers and locations, which the server finds by
// code and name, choices, days. Nothing is taken without being chosen.

import { setAttribute } from "./elements.js";
import { tell } from "./language.js";

const SEARCHED = new Set(["customer", "location", "locations"]);
const LISTED = new Set(["choice", "flag"]);
const FLAGS = ["yes", "no"];
const LONGEST_SEARCH = 200; // characters: longer than any name (grid_message.py)
const TYPING = 90; // milliseconds without a key until the server is asked

export class Offers {
  // `editor` is the field, `options` and `calendar` are what floats beside it (popup.js). `column` gives the
  // column that is typed in, if any; `ask` sends a text of it to be looked up, and `found` gives what the
  // server found last.
  constructor({ editor, options, calendar, column, ask, found }) {
    Object.assign(this, { editor, options, calendar, column, ask, found });
  }

  // Makes the field ready for a column. Returns whether its values are chosen from a list.
  prepare({ kind }) {
    const chosen = SEARCHED.has(kind) || LISTED.has(kind);
    this.asked = null; // the text that was looked up last
    this.offeredFor = null; // the text for which customers or locations are offered
    const { pick, input } = this.editor;
    pick.hidden = !chosen && kind !== "date";
    setAttribute(pick, "aria-label", kind === "date" ? tell("Choose a day") : tell("Show choices"));
    setAttribute(input, "role", chosen ? "combobox" : null);
    setAttribute(input, "aria-expanded", chosen ? "false" : null);
    setAttribute(input, "aria-controls", chosen ? "options" : null);
    setAttribute(input, "aria-autocomplete", chosen ? "list" : null);
    return chosen;
  }

  // What fits the text so far. `toggle` hides what is shown already; `days` opens the calendar, which
  // otherwise only follows.
  show({ toggle = false, days = false } = {}) {
    const column = this.column();
    if (!column) return;
    const popup = column.kind === "date" ? this.calendar : this.options;
    if (toggle && popup.shown) popup.hide();
    else if (column.kind === "date") this.showDays(toggle || days);
    else if (SEARCHED.has(column.kind)) this.lookUp(column);
    else if (LISTED.has(column.kind)) this.showChoices(column, toggle);
    this.drawExpanded();
  }

  showDays(open) {
    if (open || this.calendar.shown) this.calendar.open(this.editor.input.value, this.anchor);
  }

  showChoices(column, all) {
    const typed = this.editor.input.value.trim().toLowerCase();
    const choices = column.kind === "flag" && !column.choices?.length ? FLAGS : column.choices;
    const fitting = choices.filter(choice => choice.toLowerCase().startsWith(typed));
    const whole = all || !fitting.length || typed === this.editor.target.before.trim().toLowerCase();
    this.options.offer(
      (whole ? choices : fitting).map(value => ({ value })),
      this.anchor,
    );
  }

  lookUp(column) {
    const query = searchedPart(column, this.editor.input.value);
    clearTimeout(this.asking);
    if (query === this.asked) {
      this.showFound();
      return;
    }
    this.asking = setTimeout(() => {
      if (!this.editor.open) return;
      this.asked = query;
      this.ask(column.name, query);
    }, TYPING);
  }

  // Returns whether what is offered is by now for the text that is typed.
  showFound() {
    const found = this.found();
    const column = this.column();
    if (!found || !column || found.column !== column.name || !SEARCHED.has(column.kind)) return false;
    if (this.asked === null || found.query !== this.asked) return false;
    this.options.offer(found.options, this.anchor, found.query ? tell("Nothing found by code or name") : "");
    this.offeredFor = found.query;
    this.drawExpanded();
    return !this.outdated;
  }

  // Whether the customers or locations on the screen were found for another text than the one that is typed
  // now: the first of them would be a wrong one.
  get outdated() {
    const column = this.column();
    if (!column || !SEARCHED.has(column.kind) || !this.options.shown) return false;
    return searchedPart(column, this.editor.input.value) !== this.offeredFor;
  }

  get anchor() {
    return this.editor.box.getBoundingClientRect();
  }

  // The text of the field with a chosen value: of several codes it is the last.
  completed(value) {
    if (this.column().kind !== "locations") return value;
    return [...this.editor.input.value.split(":").slice(0, -1), value].join(":");
  }

  get chosen() {
    return this.options.current?.value;
  }

  moveChoice(by) {
    this.options.move(by);
    this.drawExpanded();
  }

  moveDay(step) {
    this.editor.replace(this.calendar.move(step));
  }

  drawExpanded() {
    const { input } = this.editor;
    if (input.getAttribute("role") !== "combobox") return;
    setAttribute(input, "aria-expanded", this.options.shown ? "true" : "false");
    setAttribute(input, "aria-activedescendant", this.options.current ? `option-${this.options.at}` : null);
  }

  hide() {
    clearTimeout(this.asking);
    this.options.hide();
    this.calendar.hide();
    setAttribute(this.editor.input, "aria-activedescendant", null);
  }

  // The field was scrolled elsewhere.
  follow() {
    for (const popup of [this.options, this.calendar]) if (popup.shown) popup.show(this.anchor);
  }
}

// Of several codes, separated by colons, the one being typed is the last.
function searchedPart(column, text) {
  const part = (column.kind === "locations" ? text.split(":").at(-1) : text).trim();
  return part.slice(0, LONGEST_SEARCH).replace(/\p{Surrogate}/gu, "");
}
