// The page around the grid: how much room it leaves, what it says and what others have done to the sheet;
// and when what stands around is to be drawn anew.

const NEWS = "komet-review-news"; // the event by which the page says that it has changed something
const LOOK_EVERY = 1000; // milliseconds between two questions whether others changed what is shown
const LOOK_HIDDEN = 15000; // and while nobody sees the page
const QUIET = 150; // milliseconds after the last action until what stands around the grid is drawn anew
const FOOTER = 56; // pixels of the footer, when it says one thing in one line
const BELOW = 10; // pixels between it and what stands below

export class Surroundings {
  // `shown` gives what the grid shows as {version, heard}, or null before the first answer; `queue` is asked
  // what is on its way, and for the rows when they are others by now. `refused` gets the status of an answer
  // that is none; `redraw` the version for which the page is to be drawn; `resized` is told of another room.
  constructor({ root, footer, queue, shown, refused, resized }) {
    Object.assign(this, { root, footer, queue, shown, refused, resized });
    this.around = null; // the version that stands around the grid
    this.ending = new AbortController();
  }

  // `look` names what is looked at, `news` the address that knows whether others changed it.
  connect({ look, news, redraw }) {
    Object.assign(this, { look, news, redraw });
    const heard = window.kometReviewNews;
    if (heard?.look === look) this.around = heard.version;
  }

  watch() {
    const { signal } = this.ending;
    window.addEventListener("resize", () => this.fit(), { signal });
    window.addEventListener(NEWS, event => this.hear(event.detail), { signal });
    // Whoever comes back to the tab sees what a colleague has done meanwhile.
    document.addEventListener("visibilitychange", () => document.hidden || this.queue.want(), { signal });
    this.watchPage(signal);
    this.watchConnection(signal);
    const looking = setInterval(() => this.lookAgain(), LOOK_EVERY / 2);
    signal.addEventListener("abort", () => clearInterval(looking));
  }

  close() {
    clearTimeout(this.redrawing);
    this.ending.abort();
  }

  // What lies above and below leaves the rows so much of the window that the footer is in view as well. What
  // the footer says beyond one line comes and goes: the rows give way, so that pager and F8 keep their place.
  fit() {
    const main = document.querySelector('[data-testid="stMain"]');
    const bottom = document.querySelector('[data-testid="stBottom"]');
    const top = this.root.getBoundingClientRect().top + (main?.scrollTop ?? 0);
    const around = Math.round(top + FOOTER + BELOW + (bottom?.offsetHeight ?? 0));
    this.root.style.setProperty("--around", `${around}px`);
    this.root.style.setProperty("--more", `${Math.max(0, this.footer.offsetHeight - FOOTER)}px`);
  }

  // What stands above and below comes and goes: a question that is answered, a notice, what a click will do.
  watchPage(signal) {
    const observer = new ResizeObserver(() => {
      this.fit();
      this.resized();
    });
    const page = document.querySelector('[data-testid="stMainBlockContainer"]');
    const bottom = document.querySelector('[data-testid="stBottom"]');
    for (const node of [page, bottom, this.footer, this.root]) if (node) observer.observe(node);
    signal.addEventListener("abort", () => observer.disconnect());
  }

  // When the page has lost its server and found it again, that may be a new one which knows nothing of it.
  watchConnection(signal) {
    const app = document.querySelector('[data-testid="stApp"]');
    if (!app) return;
    const name = "data-test-connection-state";
    const observer = new MutationObserver(() => app.getAttribute(name) === "CONNECTED" && this.queue.want());
    observer.observe(app, { attributeFilter: [name] });
    signal.addEventListener("abort", () => observer.disconnect());
  }

  // The page was drawn: with what is known here, or because something was done there.
  hear({ look, version, said }) {
    if (look !== this.look) return;
    this.around = version;
    const shown = this.shown();
    if (!shown) return; // the first answer is on its way
    if (version !== shown.version || said > shown.heard) this.queue.want();
  }

  // What others do with the sheet shows here without a hand being moved. Not asked while an answer of the
  // server's is on its way anyhow: it brings the rows as they are.
  async lookAgain() {
    const pause = document.hidden ? LOOK_HIDDEN : LOOK_EVERY;
    const due = Date.now() - (this.lookedAt ?? 0) >= pause;
    const shown = this.shown();
    if (!due || !shown || this.queue.asking || this.queue.length) return;
    this.lookedAt = Date.now();
    const asked = new URLSearchParams({ look: this.look, version: shown.version });
    try {
      const answer = await fetch(`${this.news}?${asked}`, { signal: AbortSignal.timeout(LOOK_HIDDEN) });
      if (this.queue.closed) return;
      if (answer.status === 200) this.queue.want();
      else if (answer.status !== 204) this.refused(answer.status);
    } catch {
      // the server is away: the next question will do
    }
  }

  // Not while a person goes on at once: the browser would be busy drawing when they press the next key.
  redrawSoon() {
    clearTimeout(this.redrawing);
    if (this.shown().version === this.around) return;
    this.redrawing = setTimeout(() => {
      if (this.queue.length) this.redrawSoon();
      else this.redraw(this.shown().version);
    }, QUIET);
  }
}
