// What the server answers, drawn: the rows, what it has done and will not do, where to go, what to say.

import { setAttribute } from "./elements.js";
import { tell, tellCount } from "./language.js";
import { unsavedWords } from "./unsaved.js";

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
  steps: null,
  notices: [],
};
const REFUSALS = {
  401: () => tell("You are signed out: reload the page and sign in; what you typed is kept."),
  403: () => tell("The server does not take this page for its own: reload it."),
};

export class Answers {
  // `parts` are those that show an answer (root, view, places, footer, pages, cursor, typing, surroundings), the
  // `queue` whose actions it acknowledges, and the `importClick` that waits for them.
  constructor(parts) {
    Object.assign(this, parts);
    this.data = NOTHING;
    this.told = 0; // the last notice and the last place to go to: each has a token, rising
    this.went = 0;
    this.warned = null; // the refusal that was told last
  }

  get heard() {
    return Math.max(this.told, this.went);
  }

  // What is shown, or null before the first answer.
  get state() {
    return this.data === NOTHING ? null : { version: this.data.version, heard: this.heard };
  }

  // An answer that is none.
  refused(status) {
    // A look that is gone, with the server that held it: the page's script makes another. A draft that is
    // one no longer, being imported or discarded: the page says which.
    if (status === 404 || status === 410) window.dispatchEvent(new CustomEvent("komet-review-gone"));
    if (REFUSALS[status] && this.warned !== status) {
      this.footer.notice({ level: "error", text: REFUSALS[status]() });
      this.warned = status;
    }
    this.drawQueue();
  }

  // The server will not do it: the cell shows again what it holds, and what was typed stands in the notice.
  givenBack(entry, sentence) {
    this.pages.refused(entry.action.seq);
    this.importClick.refuse();
    const [row, column] = entry.cells?.[0] ?? [];
    const text = [this.unsaved(entry), sentence].filter(Boolean).join(" ");
    this.footer.notice({ level: "error", text, row, column });
    if (this.data !== NOTHING) this.draw();
  }

  drawStuck(sentence) {
    const first = this.queue.entries[0];
    this.footer.stuck(sentence && [first && this.unsaved(first), sentence].filter(Boolean).join(" "), {
      again: () => this.queue.tryAgain(),
      giveUp: () => {
        this.queue.giveUp();
        this.draw();
        this.cursor.draw();
      },
    });
    this.drawQueue();
  }

  unsaved(entry) {
    return unsavedWords(entry, {
      told: row => this.view.told(row),
      titled: name => this.view.titled(name),
    });
  }

  take(data) {
    this.warned = null;
    this.update(data);
    this.surroundings.redrawSoon();
  }

  update(data) {
    const before = this.data;
    const first = before === NOTHING;
    if (first) {
      setAttribute(this.root, "data-loading", null);
      this.surroundings.fit();
    }
    const held = this.cursor.held();
    this.data = data;
    const mine = data.acknowledged?.[this.queue.client] ?? 0;
    const answered = mine > this.queue.acknowledged;
    this.queue.acknowledge(mine);
    const fresh = this.view.drawColumns(data.columns);
    if (fresh) this.places.start();
    this.view.drawSort(data.sort);
    const fixed = this.draw();
    if (fresh) this.view.widths.fitAll(data.columns, data.rows);
    this.places.findAgain();
    if (answered && !first) this.announce(before, fixed);
    this.showNotices();
    if (!this.pages.acknowledged(mine)) this.obeyGoto();
    this.cursor.draw();
    if (held && !this.cursor.inTable()) this.cursor.take(); // its row went away, and the focus with it
    this.typing.answered();
    setAttribute(this.view.table, "data-revision", data.revision);
    this.pages.replay();
  }

  announce(before, fixed) {
    const { problems } = this.data;
    const left = problems
      ? tellCount("{count} problem left.", "{count} problems left.", problems)
      : tell("No problems left.");
    if (fixed.length) this.footer.say(tell("Fixed. {left}", { left }));
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
    if (this.typing.open) return false; // a person is typing; what they do comes first
    return this.cursor.goTo(goto.row, goto.column);
  }

  // -- drawing ---------------------------------------------------------------------------------------

  draw() {
    const { data } = this;
    const fixed = this.view.drawRows(data.rows, this.queue.laidOver(), {
      first: data.first,
      total: data.total,
    });
    for (const cell of fixed) flash(cell);
    setAttribute(this.view.table, "aria-label", tell("Rows of the sheet, to be corrected"));
    this.view.empty.hidden = data.rows.length > 0;
    this.view.empty.textContent = data.filter
      ? tell("No rows to show here. Choose another filter.")
      : tell("The sheet has no rows.");
    this.drawQueue();
    return fixed;
  }

  drawAdded() {
    this.draw();
    this.cursor.drawBar();
  }

  drawQueue() {
    const { data } = this;
    const { turning } = this.pages;
    setAttribute(this.view.table, "data-pending", this.queue.length);
    setAttribute(this.view.table, "aria-busy", turning ? "true" : "false");
    const { unsaved, held, oldestAge: age } = this.queue;
    this.footer.drawPager({ ...data, count: data.rows.length, turning });
    this.footer.drawSteps(data.steps, unsaved);
    this.footer.drawSaving({ unsaved, held, age, turning });
    this.importClick.look();
    if (this.pages.expire()) {
      const text = tell("The server did not answer; what was typed meanwhile was not used.");
      this.footer.notice({ level: "warning", text });
    }
  }
}

function flash(cell) {
  cell.removeAttribute("data-fixed");
  void cell.offsetWidth; // starts the animation again
  cell.setAttribute("data-fixed", "true");
  setTimeout(() => cell.removeAttribute("data-fixed"), 1200);
}
