// Every action that the server has not acknowledged yet, in order, and the way to the server: one request
// at a time, so that a later answer is never overtaken by an earlier one. Each request carries the queue from
// its beginning and the server skips what it knows, so that one which was lost is simply sent again.
//
// An action ends in one of three ways. Acknowledged: it was done. Refused for good: it is given back with the
// server's sentence, and not sent again. Stuck: the server failed at it several times; it stays on the screen,
// unsaved, until the person tries again or gives it up. While nobody answers it is tried for ever.

import { tell } from "./language.js";

const LONGEST = 20000; // milliseconds for one answer
const PAUSES = [300, 1000, 2000, 4000]; // milliseconds before asking again, longer with each failure
const TRIES = 3; // at an action that the server fails at
const MOST_BYTES = 8 * 2 ** 20; // of one message: what the server takes (rows_route.py)
const AT_ONCE = 2 ** 20; // characters of one message that holds several actions
const MOST_ACTIONS = 100; // of one message (grid_message.py)
const KEPT_FOR = 10 * 60 * 1000; // an edit of a tab that was left longer ago is no longer what was meant
const CHANGES = new Set(["set", "paste", "exclude", "restore", "undo", "redo"]);
const REPEATABLE = new Set(["set", "exclude", "restore"]); // sent twice, they do no harm

export class Queue {
  // `answered` gets the server's answer, `refused` the status of one that is none, `given` an entry that was
  // refused for good with the sentence why; `stuck` the sentence about what waits for the person, or null.
  constructor({ batch, heard, answered, refused, given, stuck, changed }) {
    Object.assign(this, { heard, answered, refused, given, stuck, changed });
    this.storageKey = `komet-grid:${batch}`;
    this.entries = [];
    this.seq = 0;
    this.acknowledged = 0;
    this.failures = 0;
    this.failedAt = null; // {seq, times}: the action that the server fails at
    this.held = false; // whether what is here waits for the person
    this.wanted = false; // whether an answer is wanted even where there is nothing to send
    this.lost = [];
    this.client = identity();
    this.recall();
    this.timer = setInterval(() => this.entries.length && this.changed(), 500);
  }

  get length() {
    return this.entries.length;
  }

  get unsaved() {
    return this.entries.filter(entry => CHANGES.has(entry.action.kind)).length;
  }

  get oldestAge() {
    return this.entries.length ? Date.now() - this.entries[0].since : 0;
  }

  // `cells` are the [row, column, before, after] that the action shows at once. An undo or redo notes what it
  // takes back or repeats, where that is itself still on its way.
  add(action, cells = null) {
    const entry = { action: { seq: ++this.seq, ...action }, cells, since: Date.now() };
    if (action.kind === "lookup") {
      this.entries = this.entries.filter(e => e.action.kind !== "lookup");
    } else if (action.kind === "undo") {
      entry.reverts = this.stacks().done.at(-1);
    } else if (action.kind === "redo") {
      entry.repeats = this.stacks().undone.at(-1);
    }
    this.entries.push(entry);
    this.remember();
    queueMicrotask(() => this.send());
    return entry.action.seq;
  }

  stacks() {
    const done = [];
    let undone = [];
    for (const entry of this.entries) {
      const kind = entry.action.kind;
      if (kind === "undo") {
        if (done.length) undone.push(done.pop());
      } else if (kind === "redo") {
        if (undone.length) done.push(undone.pop());
      } else if (CHANGES.has(kind)) {
        done.push(entry);
        undone = [];
      }
    }
    return { done, undone };
  }

  acknowledge(upTo) {
    if (upTo <= this.acknowledged) return;
    this.acknowledged = upTo;
    this.entries = this.entries.filter(entry => entry.action.seq > upTo);
    this.remember();
  }

  // `address` is {url, look}: where to ask, and for which look at the sheet.
  connect(address) {
    const known = this.address;
    this.address = address;
    if (known && known.look === address.look) return;
    this.failures = 0;
    this.want();
  }

  want() {
    this.wanted = true;
    this.send();
  }

  async send() {
    if (this.asking || this.closed || !((this.entries.length && !this.held) || this.wanted)) return;
    clearTimeout(this.again);
    const sent = this.next();
    if (sent.length === 1 && tooLarge(sent[0].text)) {
      this.give(
        sent[0].action.seq,
        tell("That is more than {most} MB at once; paste fewer rows.", { most: MOST_BYTES / 2 ** 20 }),
      );
      return;
    }
    this.wanted = false;
    this.asking = true;
    let status = 0; // no answer at all
    let data = null;
    try {
      const { look } = this.address;
      const around = JSON.stringify({ look, client: this.client, heard: this.heard() });
      const answer = await fetch(this.address.url, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: `${around.slice(0, -1)},"actions":[${sent.map(entry => entry.text).join(",")}]}`,
        signal: AbortSignal.timeout(LONGEST),
      });
      status = answer.status;
      data = await answer.json();
    } catch {
      // the network, the server or the time: the same question is asked again
    }
    this.asking = false;
    if (this.closed) return;
    if (data && status === 200) {
      this.failures = 0;
      if (sent.length) this.failedAt = null;
      this.answered(data);
      if (data.refused) this.give(data.refused.seq, data.refused.message);
      this.send();
    } else this.failed(status, data, sent);
  }

  // As many actions as one message takes, in their order; the rest follows with the next one.
  next() {
    if (this.held) return [];
    const chosen = [];
    let size = 0;
    for (const entry of this.entries) {
      entry.text ??= JSON.stringify(entry.action, wellFormed);
      size += entry.text.length;
      if (chosen.length && (size > AT_ONCE || chosen.length === MOST_ACTIONS)) break;
      chosen.push(entry);
    }
    return chosen;
  }

  failed(status, told, sent) {
    this.failures += 1;
    this.wanted = true;
    const at = told?.seq ?? (status === 413 && sent.length ? sent[0].action.seq : null);
    if ([400, 413].includes(status) && at !== null) {
      this.give(at, told?.message ?? tell("The server did not take it."));
      return;
    }
    if (status === 500 && at !== null) {
      this.failedAt = { seq: at, times: this.failedAt?.seq === at ? this.failedAt.times + 1 : 1 };
      if (this.failedAt.times >= TRIES) this.hold(told.message);
    }
    if (status === 400 && sent.length)
      this.hold(told?.message ?? tell("The server did not understand this page; reload it."));
    this.again = setTimeout(() => this.send(), PAUSES[Math.min(this.failures, PAUSES.length) - 1]);
    this.refused(status);
  }

  // Gives back what the server will not do, and with it what would undo it: that would undo something else.
  give(seq, sentence) {
    const entry = this.entries.find(candidate => candidate.action.seq === seq);
    if (!entry) return;
    this.entries = this.entries.filter(e => e !== entry && e.reverts !== entry && e.repeats !== entry);
    this.remember();
    this.given(entry, sentence);
    this.want();
  }

  hold(sentence) {
    this.held = true;
    this.stuck(sentence);
  }

  tryAgain() {
    this.held = false;
    this.failures = 0;
    this.failedAt = null;
    this.stuck(null);
    this.want();
  }

  giveUp() {
    this.entries = [];
    this.remember();
    this.tryAgain();
  }

  // What the unacknowledged actions make of the server's rows: values by row and column, states by row.
  laidOver() {
    const cells = new Map();
    const states = new Map();
    const lay = (entry, place) => {
      for (const cell of entry.cells ?? []) {
        if (!cells.has(cell[0])) cells.set(cell[0], new Map());
        cells.get(cell[0]).set(cell[1], cell[place]);
      }
      const leavesOut = (entry.action.kind === "exclude") === (place === 3);
      for (const row of entry.action.rows ?? []) states.set(row, leavesOut ? "left-out" : "ready");
    };
    for (const entry of this.entries) {
      if (entry.reverts) lay(entry.reverts, 2);
      else if (entry.repeats) lay(entry.repeats, 3);
      else lay(entry, 3);
    }
    return { cells, states };
  }

  // A tab that is reloaded, or a page that is left and entered again, sends what was still unanswered.
  remember() {
    try {
      const kept = this.entries.filter(entry => CHANGES.has(entry.action.kind));
      if (!kept.length) sessionStorage.removeItem(this.storageKey);
      else {
        const state = { client: this.client, at: Date.now(), entries: kept };
        sessionStorage.setItem(this.storageKey, JSON.stringify(state));
      }
    } catch {
      // no storage, or a paste too large for it: the guard against leaving the page remains
    }
  }

  recall() {
    try {
      const state = JSON.parse(sessionStorage.getItem(this.storageKey) ?? "null");
      sessionStorage.removeItem(this.storageKey);
      if (!state || Date.now() - state.at > KEPT_FOR) return;
      this.client = state.client;
      this.seq = Math.max(...state.entries.map(entry => entry.action.seq));
      this.entries = state.entries
        .filter(entry => REPEATABLE.has(entry.action.kind))
        .map(({ action, cells }) => ({ action, cells, since: Date.now() }));
      this.lost = state.entries.filter(entry => !REPEATABLE.has(entry.action.kind));
    } catch {
      // what cannot be read is not sent
    }
  }

  close() {
    this.closed = true;
    clearInterval(this.timer);
    clearTimeout(this.again);
  }
}

// Half of a character, as a text that was cut in the wrong place has it, cannot be sent.
function wellFormed(_name, value) {
  return typeof value === "string" ? value.replace(/\p{Surrogate}/gu, "\ufffd") : value;
}

function tooLarge(text) {
  const room = MOST_BYTES - 1000; // the rest of the message
  return text.length * 3 > room && new TextEncoder().encode(text).length > room;
}

// crypto.randomUUID is missing where the page does not come over HTTPS or from localhost.
function identity() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
}
