// The menu of the selected cells: what can be done with them.

import { tell, tellCount, titleOf } from "./language.js";
import { useLabel } from "./popup.js";
import { isOut } from "./states.js";

export class CellMenu {
  // `useFirst` takes the suggestion for the focused cell; `menu` shows the items (popup.js).
  constructor({ view, places, actions, menu, useFirst }) {
    Object.assign(this, { view, places, actions, menu, useFirst });
  }

  // At a pointer's place, or else at the focused cell.
  open(anchor = null) {
    const { i, j } = this.places.focus;
    this.menu.open(this.items(), anchor ?? this.view.cell(i, j).getBoundingClientRect());
  }

  items() {
    return [
      this.suggestion(),
      this.rows(),
      [
        { label: tell("Fill down"), hint: "Ctrl+D", act: () => this.actions.fillDown() },
        { label: tell("Clear"), hint: "Delete", act: () => this.actions.clear() },
      ],
      [this.only()],
      this.orders(),
    ]
      .filter(group => group.length)
      .flatMap((group, place) => (place ? [null, ...group] : group));
  }

  suggestion() {
    const { i, j } = this.places.focus;
    const issue = this.view.issues(i, j).find(candidate => typeof candidate.suggestion === "string");
    return issue
      ? [{ label: useLabel(issue.suggestion), hint: "Alt+Enter", act: () => this.useFirst() }]
      : [];
  }

  rows() {
    const { top, bottom } = this.places.box;
    const out = this.view.shown.slice(top, bottom + 1).map(({ state }) => isOut(state));
    const count = out.length;
    const exclude = tellCount("Exclude row", "Exclude {count} rows", count);
    const include = tellCount("Include row", "Include {count} rows", count);
    const items = [];
    if (out.includes(false))
      items.push({ label: exclude, hint: "Ctrl+−", act: () => this.actions.leaveOut(true) });
    if (out.includes(true))
      items.push({ label: include, hint: "Ctrl++", act: () => this.actions.leaveOut(false) });
    return items;
  }

  only() {
    const { focus, column } = this.places;
    const value = this.view.seen(focus.i, focus.j).trim();
    const short = value.length > 24 ? `${value.slice(0, 23)}…` : value;
    return {
      label: value
        ? tell("Only rows with “{value}”", { value: short })
        : tell("Only rows that are blank here"),
      act: () => this.actions.only(column.name, value),
    };
  }

  orders() {
    const { name } = this.places.column;
    const column = titleOf(this.places.column);
    const up = tell("Sort by {column}, ascending", { column });
    const down = tell("Sort by {column}, descending", { column });
    return [
      { label: up, act: () => this.actions.sort(name) },
      { label: down, act: () => this.actions.sort(name, { descending: true }) },
      { label: tell("Order of the sheet"), act: () => this.actions.sort(null) },
    ];
  }
}
