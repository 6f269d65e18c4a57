// A month to pick a day from; the days are text as the sheet wants it, and no time zone moves them.

import { element } from "./elements.js";
import { locale, tell } from "./language.js";
import { Popup } from "./popup.js";

export class Calendar extends Popup {
  constructor({ choose }) {
    super({ class: "calendar", role: "dialog", "aria-label": tell("Choose a day") });
    this.choose = choose;
  }

  open(text, anchor) {
    const known = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim());
    const now = new Date();
    const day = known ? new Date(Date.UTC(+known[1], +known[2] - 1, +known[3])) : null;
    const valid = day && !Number.isNaN(day.getTime()) && iso(day) === text.trim();
    this.today = iso(new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())));
    this.chosen = valid ? text.trim() : null;
    this.at = valid ? day : new Date(`${this.today}T00:00:00Z`);
    this.anchor = anchor;
    this.draw();
  }

  draw() {
    const year = this.at.getUTCFullYear();
    const month = this.at.getUTCMonth();
    const title = named(this.at, { month: "long", year: "numeric" });
    const turn = (label, by, sign) =>
      element(
        "button",
        { type: "button", tabindex: "-1", "aria-label": label, onclick: () => this.move({ months: by }) },
        sign,
      );
    const days = [];
    const start = new Date(Date.UTC(year, month, 1));
    start.setUTCDate(1 - ((start.getUTCDay() + 6) % 7));
    for (let n = 0; n < 42; n += 1) {
      const day = new Date(start);
      day.setUTCDate(start.getUTCDate() + n);
      const text = iso(day);
      days.push(
        element(
          "button",
          {
            type: "button",
            tabindex: "-1",
            "data-day": text,
            "aria-label": text,
            class: day.getUTCMonth() === month ? "day" : "day other",
            "aria-current": text === this.today ? "date" : null,
            "aria-pressed": text === iso(this.at) ? "true" : "false",
            onclick: () => this.choose(text),
          },
          String(day.getUTCDate()),
        ),
      );
    }
    this.node.replaceChildren(
      element(
        "div",
        { class: "month" },
        turn(tell("Previous month"), -1, "‹"),
        element("span", {}, title),
        turn(tell("Next month"), 1, "›"),
      ),
      element(
        "div",
        { class: "week", "aria-hidden": "true" },
        ...weekdays().map(day => element("span", {}, day)),
      ),
      element("div", { class: "days" }, ...days),
      element(
        "div",
        { class: "foot" },
        element(
          "button",
          { type: "button", tabindex: "-1", onclick: () => this.choose(this.today) },
          tell("Today"),
        ),
      ),
    );
    this.show(this.anchor);
  }

  move({ days = 0, months = 0 }) {
    const at = new Date(this.at);
    if (months) {
      const day = at.getUTCDate();
      at.setUTCDate(1);
      at.setUTCMonth(at.getUTCMonth() + months);
      const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
      at.setUTCDate(Math.min(day, last));
    }
    at.setUTCDate(at.getUTCDate() + days);
    this.at = at;
    this.draw();
    return iso(at);
  }
}

function named(day, parts) {
  return new Intl.DateTimeFormat(locale(), { ...parts, timeZone: "UTC" }).format(day);
}

// One letter each, from Monday on.
export function weekdays() {
  const days = [5, 6, 7, 8, 9, 10, 11].map(day => new Date(Date.UTC(2026, 0, day)));
  return days.map(day => named(day, { weekday: "narrow" }));
}

function iso(day) {
  return day.toISOString().slice(0, 10);
}
