// What floats beside a cell: the list of choices, the menu of the selected cells, the callout, and the days of
// a month (calendar.js). All lie in the browser's top layer, where neither the grid's own scrolling nor a
// narrow page can cut them off.

import { element, setAttribute } from "./elements.js";
import { tell } from "./language.js";

function putBelow(node, anchor) {
  const { width, height } = node.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const below = anchor.bottom + 3;
  const top = below + height > clientHeight - 8 ? anchor.top - height - 3 : below;
  node.style.left = `${Math.max(8, Math.min(anchor.left, clientWidth - width - 8))}px`;
  node.style.top = `${Math.max(8, top)}px`;
}

// From the cell's upper right corner up: over what is done, not over the cells that come next.
function putAbove(node, anchor) {
  const { width, height } = node.getBoundingClientRect();
  const { clientWidth } = document.documentElement;
  const left = Math.min(anchor.right - 26, clientWidth - width - 8);
  const above = anchor.top - height + 1;
  node.style.left = `${Math.max(8, left)}px`;
  node.style.top = `${above < 8 ? anchor.bottom + 3 : above}px`;
}

export class Popup {
  constructor(properties, put = putBelow) {
    this.put = put;
    this.node = element("div", { popover: "manual", ...properties });
    this.node.onmousedown = event => event.preventDefault(); // the field keeps the focus
    this.shown = false;
  }

  show(anchor) {
    if (!this.shown) this.node.showPopover();
    this.shown = true;
    this.put(this.node, anchor);
  }

  hide() {
    const { shown } = this;
    this.shown = false; // before the focus goes from what is in it
    if (shown && this.node.isConnected) this.node.hidePopover();
  }
}

export class OptionList extends Popup {
  constructor({ choose }) {
    super({ class: "options", role: "listbox", id: "options", "aria-label": tell("Choices") });
    this.choose = choose;
    this.options = [];
    this.at = -1;
    this.node.onclick = event => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(this.options[Number(option.dataset.at)].value);
    };
  }

  offer(options, anchor, empty = "") {
    const kept = this.shown && this.at >= 0 ? this.options[this.at]?.value : null;
    this.options = options;
    this.at = options.findIndex(option => option.value === kept);
    if (!options.length && !empty) {
      this.hide();
      return;
    }
    this.node.replaceChildren(
      ...options.map((option, at) =>
        element(
          "div",
          {
            role: "option",
            id: `option-${at}`,
            "data-at": at,
            "aria-selected": at === this.at ? "true" : "false",
          },
          element("span", { class: "value" }, option.value),
          element("span", { class: "about" }, option.label ?? ""),
          element("span", { class: "note" }, option.note ?? ""),
        ),
      ),
    );
    if (!options.length) this.node.append(element("div", { class: "none" }, empty));
    this.show(anchor);
  }

  move(by) {
    if (!this.shown || !this.options.length) return;
    const count = this.options.length;
    this.at = this.at < 0 ? (by > 0 ? 0 : count - 1) : (this.at + by + count) % count;
    [...this.node.children].forEach((node, at) => {
      setAttribute(node, "aria-selected", at === this.at ? "true" : "false");
      if (at === this.at) node.scrollIntoView({ block: "nearest" });
    });
  }

  get current() {
    return this.shown && this.at >= 0 ? this.options[this.at] : null;
  }
}

// For the mouse only: the bar below the grid says and offers the same to everybody else. Except for its
// buttons the pointer goes through it, so that what lies under it can be clicked.
export class Callout extends Popup {
  constructor({ use }) {
    super({ class: "callout", "aria-hidden": "true" }, putAbove);
    this.use = use;
  }

  say(about, anchor) {
    const known = JSON.stringify(about);
    if (known !== this.known) this.node.replaceChildren(...this.lines(about));
    this.known = known;
    this.show(anchor);
  }

  covers({ clientX, clientY }) {
    if (!this.shown) return false;
    const box = this.node.getBoundingClientRect();
    return clientX >= box.left && clientX <= box.right && clientY >= box.top && clientY <= box.bottom;
  }

  // Only for a pointer that rests on the cell is the suggestion a button: one that appeared with the focus
  // would lie in the way of the next click.
  lines({ issues, whole, usable, place: where, hovered }) {
    const lines = issues.map(({ severity, message, suggestion }) => {
      const words = element("div", { class: "words" }, message);
      if (usable && suggestion !== null && suggestion !== undefined) {
        const use = element("button", { type: "button", tabindex: "-1", class: "use" }, useLabel(suggestion));
        use.onclick = () => this.use(where, suggestion);
        const hint = element("span", { class: "hint" }, element("kbd", {}, "Alt ⏎"), useLabel(suggestion));
        words.append(element("div", { class: "way" }, hovered ? use : hint));
      }
      return element(
        "div",
        { class: "line", "data-severity": severity },
        element("span", { class: "sign" }),
        words,
      );
    });
    if (whole) lines.push(element("div", { class: "whole" }, whole));
    return lines;
  }
}

export function useLabel(suggestion) {
  if (suggestion === "") return tell("Clear it");
  const value = suggestion.length > 40 ? `${suggestion.slice(0, 39)}…` : suggestion;
  return tell("Use {value}", { value });
}

export class Menu extends Popup {
  constructor({ closed }) {
    super({ class: "menu", role: "menu", "aria-label": tell("Actions") });
    this.closed = closed;
    this.node.onkeydown = event => {
      event.stopPropagation();
      const items = [...this.node.querySelectorAll("[role=menuitem]")];
      const at = items.indexOf(this.node.getRootNode().activeElement);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
      if (to !== undefined) items[(to + items.length) % items.length].focus();
      else if (event.key === "Escape" || event.key === "Tab") this.close();
      else if (event.key === "Enter" || event.key === " ") items[at]?.click();
      else return;
      event.preventDefault();
    };
    this.node.addEventListener("focusout", event => {
      if (this.shown && !this.node.contains(event.relatedTarget)) this.hide();
    });
  }

  // `items` are {label, hint, act} or null for a line between groups.
  open(items, anchor) {
    this.node.replaceChildren(
      ...items.map(item =>
        item === null
          ? element("div", { role: "separator" })
          : element(
              "div",
              { role: "menuitem", tabindex: "-1", onclick: () => this.close(item.act) },
              element("span", {}, item.label),
              element("span", { class: "hint" }, item.hint ?? ""),
            ),
      ),
    );
    this.show(anchor);
    this.node.querySelector("[role=menuitem]")?.focus();
  }

  close(act = null) {
    this.hide();
    this.closed();
    act?.();
  }
}
