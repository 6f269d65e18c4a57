// Below the grid: what is said about the focused cell, notices, and the pager.

import { element, setAttribute } from "./elements.js";
import { useLabel } from "./popup.js";
import { inTheFile, isOut } from "./states.js";

const INFO_STAYS = 8000;
const PASSES = 400; // milliseconds in which what is said of the cell may change with what was done

export class Footer {
  constructor({ use, restore, turn, nextProblem, goTo, undo }) {
    Object.assign(this, { use, restore, turn, nextProblem, goTo, undo });
    this.bar = element("div", {
      class: "bar",
      role: "group",
      "aria-label": "About the focused cell",
      "aria-live": "polite",
    });
    // What was done stands where the cell is spoken of, so that it pushes nothing; what went wrong stays, and the
    // rows give way to it.
    this.passing = element("div", { class: "passing", "aria-live": "polite" });
    this.notices = element("div", { class: "notices", "aria-live": "polite" });
    this.waits = element("div", { class: "notices", role: "alert" });
    this.spoken = element("div", { class: "unseen", role: "status" });
    this.previous = element(
      "button",
      { type: "button", "aria-label": "Previous page", onclick: () => turn(-1) },
      "‹",
    );
    this.next = element("button", { type: "button", "aria-label": "Next page", onclick: () => turn(1) }, "›");
    this.where = element("span", { class: "where" });
    this.rows = element("span", { class: "rows" });
    this.saving = element("span", { class: "saving" });
    this.problem = element(
      "button",
      { type: "button", class: "problem", onclick: () => nextProblem(), "aria-keyshortcuts": "F8" },
      element("span", { class: "count" }),
      element("kbd", {}, "F8"),
    );
    this.clear = element("span", { class: "clear" }, "No problems");
    this.pager = element(
      "div",
      { class: "pager", role: "navigation", "aria-label": "Pages" },
      element("span", { class: "turn" }, this.previous, this.where, this.next),
      this.rows,
      this.saving,
      element("span", { class: "spring" }),
      this.problem,
      this.clear,
    );
    this.node = element(
      "div",
      { class: "footer" },
      element("div", { class: "place" }, this.bar, this.passing),
      this.waits,
      this.notices,
      this.pager,
      this.spoken,
    );
  }

  say(text) {
    this.spoken.textContent = "";
    setTimeout(() => (this.spoken.textContent = text), 20);
  }

  // `about` is null, or {column, row, state, issues, usable, written, own}. Returns whether it says something new.
  draw(about) {
    const known = JSON.stringify(about);
    if (known === this.known) return false;
    this.known = known;
    if (Date.now() - this.passed > PASSES) this.passing.replaceChildren(); // the person has gone on
    this.bar.replaceChildren(...(about ? this.lines(about) : []));
    return true;
  }

  lines({ column, row, told = row, state, aside, issues, usable, written, own }) {
    const lines = [];
    if (isOut(state)) {
      const said = state === "set-aside" && aside ? aside.said : `Row ${told} is excluded.`;
      const line = element("div", { class: "line" }, element("span", { class: "words" }, said));
      const words = state === "set-aside" ? "Import it" : "Include it";
      line.append(
        element("button", { type: "button", class: "use", onclick: () => this.restore(row) }, words),
      );
      lines.push(line);
    }
    issues.forEach((issue, place) => {
      const line = element("div", { class: "line", "data-severity": issue.severity });
      line.append(
        element("span", { class: "sign", "aria-hidden": "true" }),
        element("span", { class: "words" }, issue.message),
      );
      if (usable && issue.suggestion !== null && issue.suggestion !== undefined) {
        line.append(
          element(
            "button",
            {
              type: "button",
              class: "use",
              onclick: () => this.use(issue),
              "aria-keyshortcuts": place ? null : "Alt+Enter",
            },
            useLabel(issue.suggestion),
          ),
        );
        if (!lines.some(other => other.querySelector("kbd"))) line.append(element("kbd", {}, "Alt ⏎"));
      }
      lines.push(line);
    });
    if (!lines.length) {
      lines.push(
        element(
          "div",
          { class: "line quiet" },
          element("strong", {}, column.name),
          element(
            "span",
            { class: "words" },
            column.rule || (column.kind === "ignored" ? "This column is not imported." : ""),
          ),
        ),
      );
    }
    if (written) {
      const short = written.length > 60 ? `${written.slice(0, 59)}…` : written;
      lines[0].append(element("span", { class: "quiet written" }, `Written as “${short}”`));
    }
    if (own !== undefined) lines[0].append(element("span", { class: "quiet written" }, inTheFile(own)));
    return lines;
  }

  // `where` is null, or the place that a click on the notice goes to.
  notice({ level, text, row, told, column, undo }) {
    const sign = element("span", { class: "sign", "aria-hidden": "true" });
    const line = element(
      "div",
      { class: "notice", "data-severity": level },
      sign,
      element("span", { class: "words" }, text),
    );
    if (row !== null && row !== undefined) {
      line.append(
        element(
          "button",
          { type: "button", class: "use", onclick: () => this.goTo(row, column) },
          `Row ${told ?? row}`,
        ),
      );
    }
    if (undo) {
      const back = () => {
        line.remove();
        this.undo();
      };
      line.append(element("button", { type: "button", class: "use", onclick: back }, "Undo"));
    }
    line.append(
      element(
        "button",
        { type: "button", class: "dismiss", "aria-label": "Dismiss", onclick: () => line.remove() },
        "×",
      ),
    );
    if (level === "info") {
      this.passing.replaceChildren(line);
      this.passed = Date.now();
      setTimeout(() => line.remove(), INFO_STAYS);
      return;
    }
    this.notices.append(line);
    while (this.notices.children.length > 3) this.notices.firstChild.remove();
  }

  // What could not be saved and waits for the person; it stays until they decide, or `text` is null.
  stuck(text, { again, giveUp }) {
    const line = element(
      "div",
      { class: "notice", "data-severity": "error" },
      element("span", { class: "sign", "aria-hidden": "true" }),
      element("span", { class: "words" }, text ?? ""),
      element("button", { type: "button", class: "use", onclick: again }, "Try again"),
      element("button", { type: "button", class: "use", onclick: giveUp }, "Drop unsaved changes"),
    );
    this.waits.replaceChildren(...(text ? [line] : []));
  }

  drawPager({ page, pages, first, count, total, set_aside: aside, all_totals, problems, turning }) {
    const number = new Intl.NumberFormat("en");
    this.previous.disabled = page <= 1 || turning;
    this.next.disabled = page >= pages || turning;
    this.previous.parentNode.hidden = pages <= 1;
    setText(this.where, `page ${number.format(page)} of ${number.format(Math.max(pages, 1))}`);
    setText(this.rows, rowsInWords({ pages, first, count, total, aside, all_totals }));
    this.problem.hidden = problems === 0;
    this.clear.hidden = problems !== 0 || total === 0;
    setText(
      this.problem.firstChild,
      `${number.format(problems)} ${problems === 1 ? "problem" : "problems"} · next`,
    );
  }

  drawSaving({ unsaved, held, age, turning }) {
    const slow = held || age > 4500;
    setText(
      this.saving,
      unsaved
        ? held
          ? `${unsaved} not saved`
          : slow
            ? `${unsaved} not saved yet, trying again…`
            : age > 600
              ? "Saving…"
              : ""
        : turning && age > 400
          ? "Loading…"
          : "",
    );
    setAttribute(this.saving, "data-slow", slow && unsaved ? "true" : null);
  }
}

// Rows that are set aside are shown and are none of those that the page counts: "6 rows and 1 total row".
function rowsInWords({ pages, first, count, total, aside, all_totals }) {
  const counted = (n, one) => `${new Intl.NumberFormat("en").format(n)} ${n === 1 ? one : `${one}s`}`;
  const others = all_totals
    ? counted(aside, "total row")
    : `${new Intl.NumberFormat("en").format(aside)} set aside`;
  const totals = aside ? others : "";
  if (pages > 1) {
    const all = `rows ${first.toLocaleString("en")}–${(first + count - 1).toLocaleString("en")} of ${total.toLocaleString("en")}`;
    return totals ? `${all}, with ${totals}` : all;
  }
  const rows = total === aside && aside ? "" : counted(total - aside, "row");
  return [rows, totals].filter(Boolean).join(" and ");
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
