// Below the grid: what is said about the focused cell, notices, and the pager.

import { element, setAttribute } from "./elements.js";
import { number, tell, tellCount, titleOf } from "./language.js";
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
      "aria-label": tell("About the focused cell"),
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
      { type: "button", "aria-label": tell("Previous page"), onclick: () => turn(-1) },
      "‹",
    );
    this.next = element(
      "button",
      { type: "button", "aria-label": tell("Next page"), onclick: () => turn(1) },
      "›",
    );
    this.where = element("span", { class: "where" });
    this.rows = element("span", { class: "rows" });
    this.saving = element("span", { class: "saving" });
    this.problem = element(
      "button",
      { type: "button", class: "problem", onclick: () => nextProblem(), "aria-keyshortcuts": "F8" },
      element("span", { class: "count" }),
      element("kbd", {}, "F8"),
    );
    this.undoing = stepButton("undo", tell("Undo"), "Ctrl+Z", () => undo(false));
    this.redoing = stepButton("redo", tell("Redo"), "Ctrl+Y", () => undo(true));
    this.steps = element("span", { class: "steps" }, this.undoing, this.redoing);
    this.clear = element("span", { class: "clear" }, tell("No problems"));
    this.pager = element(
      "div",
      { class: "pager", role: "navigation", "aria-label": tell("Pages") },
      element("span", { class: "turn" }, this.previous, this.where, this.next),
      this.rows,
      this.saving,
      element("span", { class: "spring" }),
      this.problem,
      this.clear,
      this.steps,
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
      const excluded = tell("Row {row} is excluded.", { row: told });
      const said = state === "set-aside" && aside ? aside.said : excluded;
      const line = element("div", { class: "line" }, element("span", { class: "words" }, said));
      const words = state === "set-aside" ? tell("Import it") : tell("Include it");
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
          element("strong", {}, titleOf(column)),
          element(
            "span",
            { class: "words" },
            column.rule || (column.kind === "ignored" ? tell("This column is not imported.") : ""),
          ),
        ),
      );
    }
    if (written) {
      const short = written.length > 60 ? `${written.slice(0, 59)}…` : written;
      const words = tell("Written as “{text}”", { text: short });
      lines[0].append(element("span", { class: "quiet written" }, words));
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
          tell("Row {row}", { row: told ?? row }),
        ),
      );
    }
    if (undo) {
      const back = () => {
        line.remove();
        this.undo(false);
      };
      line.append(element("button", { type: "button", class: "use", onclick: back }, tell("Undo")));
    }
    line.append(
      element(
        "button",
        { type: "button", class: "dismiss", "aria-label": tell("Dismiss"), onclick: () => line.remove() },
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
      element("button", { type: "button", class: "use", onclick: again }, tell("Try again")),
      element("button", { type: "button", class: "use", onclick: giveUp }, tell("Drop unsaved changes")),
    );
    this.waits.replaceChildren(...(text ? [line] : []));
  }

  drawPager({ page, pages, first, count, total, set_aside: aside, all_totals, problems, turning }) {
    this.previous.disabled = page <= 1 || turning;
    this.next.disabled = page >= pages || turning;
    this.previous.parentNode.hidden = pages <= 1;
    const [now, last] = [number(page), number(Math.max(pages, 1))];
    setText(this.where, tell("page {page} of {pages}", { page: now, pages: last }));
    setText(this.rows, rowsInWords({ pages, first, count, total, aside, all_totals }));
    this.problem.hidden = problems === 0;
    this.clear.hidden = problems !== 0 || total === 0;
    setText(
      this.problem.firstChild,
      tellCount("{count} problem · next", "{count} problems · next", problems),
    );
  }

  // `steps` is null for who may not change anything; what is not saved yet can be taken back, too.
  drawSteps(steps, unsaved) {
    this.steps.hidden = steps === null;
    this.undoing.disabled = !steps?.undo && !unsaved;
    this.redoing.disabled = !steps?.redo;
  }

  drawSaving({ unsaved, held, age, turning }) {
    const slow = held || age > 4500;
    setText(this.saving, savingInWords({ unsaved, held, slow, age, turning }));
    setAttribute(this.saving, "data-slow", slow && unsaved ? "true" : null);
  }
}

function stepButton(kind, label, keys, onclick) {
  const attributes = {
    type: "button",
    class: kind,
    title: `${label} (${keys})`,
    "aria-label": label,
    onclick,
  };
  return element("button", attributes);
}

// Rows that are set aside are shown and are none of those that the page counts: "6 rows and 1 total row".
function rowsInWords({ pages, first, count, total, aside, all_totals }) {
  const others = all_totals
    ? tellCount("{count} total row", "{count} total rows", aside)
    : tellCount("{count} set aside", "{count} set aside", aside);
  const totals = aside ? others : "";
  if (pages > 1) {
    const among = { first: number(first), last: number(first + count - 1), total: number(total), totals };
    return totals
      ? tell("rows {first}–{last} of {total}, with {totals}", among)
      : tell("rows {first}–{last} of {total}", among);
  }
  const rows = tellCount("{count} row", "{count} rows", total - aside);
  if (!totals) return rows;
  return total === aside ? totals : tell("{rows} and {totals}", { rows, totals });
}

function savingInWords({ unsaved, held, slow, age, turning }) {
  if (!unsaved) return turning && age > 400 ? tell("Loading…") : "";
  if (held) return tellCount("{count} not saved", "{count} not saved", unsaved);
  if (slow)
    return tellCount("{count} not saved yet, trying again…", "{count} not saved yet, trying again…", unsaved);
  return age > 600 ? tell("Saving…") : "";
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
