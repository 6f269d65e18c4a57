// The sheet's pages, and waiting for one. Keys pressed until the answer are kept and played afterwards: typed
// ahead, they belong to the place that the answer brings, not to the cell that happens to be on the screen.

const PATIENCE = 8000; // milliseconds for which keys are held while a page is turned

export class Pages {
  // `shown` gives the page and how many there are; `add` sends an action and returns its number; `arrive` goes
  // to the {row, column, extend} of a page that was turned to; `play` plays a kept key; `changed` hears that
  // waiting began or ended.
  constructor({ shown, places, add, arrive, play, changed }) {
    Object.assign(this, { shown, places, add, arrive, play, changed });
    this.waiting = null; // {seq, keys, settle, since}
    this.kept = [];
  }

  get turning() {
    return this.waiting !== null;
  }

  // Returns whether there is such a page to turn to.
  turn(page, { row, column = this.places.focus.j, extend = false }) {
    const { page: now, pages } = this.shown();
    if (page < 1 || page > pages || page === now) return false;
    this.wait({ kind: "page", page }, () => this.arrive({ row, column, extend }));
    return true;
  }

  turnBy(by, how) {
    return this.turn(this.shown().page + by, how);
  }

  turnToLast(how) {
    return this.turn(this.shown().pages, how);
  }

  wait(action, settle) {
    const seq = this.add(action);
    this.waiting = { seq, settle, keys: [], since: Date.now() };
    this.changed();
  }

  // A key, or the text of a paste as {paste}.
  hold(item) {
    this.waiting.keys.push(item);
  }

  // The server has done all up to `seq`. Returns whether that was waited for.
  acknowledged(seq) {
    if (!this.waiting || seq < this.waiting.seq) return false;
    const { settle, keys } = this.waiting;
    this.kept = keys;
    this.waiting = null;
    this.changed();
    settle();
    return true;
  }

  // One of the kept keys may turn the page again: those after it are kept on.
  replay() {
    const keys = this.kept;
    this.kept = [];
    for (const item of keys) {
      if (this.waiting) this.hold(item);
      else this.play(item);
    }
  }

  // The server will not do what is waited for.
  refused(seq) {
    if (this.waiting?.seq === seq) this.waiting = null;
  }

  // Waits no longer for a server that does not answer. Returns whether keys are lost by that.
  expire() {
    if (!this.waiting || Date.now() - this.waiting.since <= PATIENCE) return false;
    const lost = this.waiting.keys.length > 0;
    this.waiting = null;
    return lost;
  }
}
