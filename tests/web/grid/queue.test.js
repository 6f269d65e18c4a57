// The actions that the server has not acknowledged yet, against a real server on loopback.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { afterEach, beforeEach, test } from "node:test";

import { Queue } from "../../../komet_import/web/review/grid/queue.js";

class Storage {
  constructor() {
    this.kept = new Map();
  }
  getItem(key) {
    return this.kept.get(key) ?? null;
  }
  setItem(key, text) {
    this.kept.set(key, text);
  }
  removeItem(key) {
    this.kept.delete(key);
  }
}

let server;
let url;
let asked; // the messages that the server got
let answers; // what it says to the next ones: [status, answer]; afterwards it acknowledges everything
let queues;

beforeEach(async () => {
  asked = [];
  answers = [];
  queues = [];
  globalThis.sessionStorage = new Storage();
  server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += piece;
    asked.push(JSON.parse(body));
    const [status, answer] = answers.shift() ?? [200, {}];
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(JSON.stringify(answer));
  });
  await new Promise(ready => server.listen(0, "127.0.0.1", ready));
  url = `http://127.0.0.1:${server.address().port}/`;
});

afterEach(() => {
  for (const queue of queues) queue.close();
  server.closeAllConnections();
  server.close();
});

function opened({ connected = true } = {}) {
  const told = { answered: 0, refused: [], given: [], stuck: [] };
  const queue = new Queue({
    batch: "b1",
    heard: () => 7,
    answered: () => {
      told.answered += 1;
      const last = asked.at(-1).actions.at(-1);
      if (last) queue.acknowledge(last.seq);
    },
    refused: status => told.refused.push(status),
    given: (entry, sentence) => told.given.push([entry.action.seq, sentence]),
    stuck: sentence => told.stuck.push(sentence),
    changed: () => {},
  });
  queue.told = told;
  queues.push(queue);
  queue.address = { url, look: "l1" };
  if (!connected) queue.held = true; // nothing is sent
  return queue;
}

const set = (row, before, after) => [
  { kind: "set", cells: [[row, "A", before, after]] },
  [[row, "A", before, after]],
];
const until = async (holds, patience = 5000) => {
  const end = Date.now() + patience;
  while (!holds()) {
    assert.ok(Date.now() < end, `not in time: ${holds}`);
    await new Promise(later => setTimeout(later, 5));
  }
};
const laid = queue =>
  Object.fromEntries([...queue.laidOver().cells].map(([row, cells]) => [row, cells.get("A")]));

test("actions go in their order, each once, with what the grid has heard", async () => {
  const queue = opened();
  for (const row of [1, 2, 3]) queue.add(...set(row, "", "x"));
  await until(() => queue.length === 0);
  const sent = asked.flatMap(message => message.actions);
  assert.deepEqual(
    sent.map(action => [action.seq, action.cells[0][0]]),
    [
      [1, 1],
      [2, 2],
      [3, 3],
    ],
  );
  assert.deepEqual([asked[0].look, asked[0].client, asked[0].heard], ["l1", queue.client, 7]);
});

test("what was acknowledged is gone, what came later is not, and an older word changes nothing", () => {
  const queue = opened({ connected: false });
  for (const row of [1, 2, 3]) queue.add(...set(row, "", "x"));
  queue.acknowledge(2);
  assert.deepEqual(
    queue.entries.map(entry => entry.action.seq),
    [3],
  );
  queue.acknowledge(1);
  assert.deepEqual(
    queue.entries.map(entry => entry.action.seq),
    [3],
  );
  assert.equal(queue.unsaved, 1);
});

test("a question that got no answer is asked again, from the queue's beginning", async () => {
  answers = [[503, {}]];
  const queue = opened();
  queue.add(...set(1, "", "x"));
  await until(() => queue.told.refused.length === 1);
  queue.add(...set(2, "", "y"));
  await until(() => queue.length === 0);
  assert.deepEqual(queue.told.refused, [503]);
  assert.deepEqual(
    asked[1].actions.map(action => action.seq),
    [1, 2],
  );
});

for (const status of [400, 413]) {
  test(`an action refused with ${status} is given back with the sentence, the others are done`, async () => {
    answers = [[status, { seq: 1, message: "Too long." }]];
    const queue = opened();
    queue.add(...set(1, "", "x"));
    queue.add(...set(2, "", "y"));
    await until(() => queue.length === 0);
    assert.deepEqual(queue.told.given, [[1, "Too long."]]);
    assert.deepEqual(
      asked.at(-1).actions.map(action => action.seq),
      [2],
    );
  });
}

test("an action refused in an answer is given back, and with it the undo that would undo something else", () => {
  const queue = opened({ connected: false });
  queue.add(...set(1, "", "x"));
  queue.add({ kind: "undo" });
  queue.add(...set(2, "", "y"));
  queue.give(1, "Gone.");
  assert.deepEqual(
    queue.entries.map(entry => entry.action.seq),
    [3],
  );
  assert.deepEqual(queue.told.given, [[1, "Gone."]]);
});

test("what the server fails at three times waits for the person; trying again sends it", async () => {
  answers = Array.from({ length: 3 }, () => [500, { seq: 1, message: "It failed." }]);
  const queue = opened();
  queue.add(...set(1, "", "x"));
  await until(() => queue.held);
  assert.deepEqual(queue.told.stuck, ["It failed."]);
  assert.equal(queue.unsaved, 1);
  assert.equal(asked.length, 3);
  queue.want();
  await until(() => asked.length === 4);
  assert.deepEqual(asked[3].actions, [], "it is not tried for ever");
  queue.tryAgain();
  await until(() => queue.length === 0);
  assert.deepEqual(queue.told.stuck, ["It failed.", null]);
});

test("whoever tries again gets as many tries again", () => {
  const queue = opened({ connected: false });
  queue.asking = true; // nothing is sent
  queue.held = false;
  queue.add(...set(1, "", "x"));
  const held = Array.from({ length: 6 }, (_, time) => {
    if (time === 3) queue.tryAgain();
    queue.failed(500, { seq: 1, message: "It failed." }, queue.entries);
    return queue.held;
  });
  assert.deepEqual(held, [false, false, true, false, false, true]);
});

test("another look at the sheet asks for its rows at once, the same one does not", async () => {
  const queue = opened();
  queue.connect({ url, look: "l2" });
  await until(() => asked.length === 1);
  queue.connect({ url: `${url}again`, look: "l2" });
  queue.add(...set(1, "", "x"));
  await until(() => queue.length === 0);
  assert.deepEqual(
    asked.map(({ look, actions }) => [look, actions.length]),
    [
      ["l2", 0],
      ["l2", 1],
    ],
  );
});

test("what the server fails at less often is tried until it is done, and nobody is asked", async () => {
  answers = [
    [500, { seq: 1, message: "It failed." }],
    [500, { seq: 1, message: "It failed." }],
  ];
  const queue = opened();
  queue.add(...set(1, "", "x"));
  await until(() => queue.length === 0);
  assert.deepEqual(queue.told.stuck, []);
});

test("given up, nothing is left, nothing is stored and nothing is sent", async () => {
  const queue = opened({ connected: false });
  queue.add(...set(1, "", "x"));
  assert.ok(sessionStorage.getItem("komet-grid:b1"));
  queue.giveUp();
  assert.equal(queue.length, 0);
  assert.equal(sessionStorage.getItem("komet-grid:b1"), null);
  await until(() => asked.length === 1); // it asks for the rows as they are
  assert.deepEqual(asked[0].actions, []);
});

test("a message holds at most a hundred actions", () => {
  const queue = opened({ connected: false });
  for (let row = 1; row <= 250; row += 1) queue.add(...set(row, "", "x"));
  queue.held = false;
  assert.deepEqual(
    queue.next().map(entry => entry.action.seq),
    Array.from({ length: 100 }, (_, at) => at + 1),
  );
});

test("a message of several actions stays below a megabyte; one action alone may be larger", () => {
  const queue = opened({ connected: false });
  for (const length of [600_000, 600_000, 2_000_000]) queue.add(...set(1, "", "x".repeat(length)));
  queue.held = false;
  assert.equal(queue.next().length, 1);
  queue.acknowledge(2);
  assert.deepEqual(
    queue.next().map(entry => entry.action.seq),
    [3],
  );
});

test("an action that no message can carry is given back before it is sent", async () => {
  const queue = opened();
  queue.add(...set(1, "", "x".repeat(9 * 2 ** 20)));
  await until(() => queue.told.given.length === 1);
  assert.match(queue.told.given[0][1], /8 MB at once/);
  assert.ok(asked.every(message => message.actions.length === 0));
});

test("half of a character is sent as what can be sent", async () => {
  const queue = opened();
  queue.add(...set(1, "", "a\ud83c"));
  await until(() => queue.length === 0);
  assert.equal(asked[0].actions[0].cells[0][3], "a\ufffd");
});

test("a reloaded tab sends again, as the same client, what does no harm twice; of the rest it tells", () => {
  const before = opened({ connected: false });
  before.add(...set(1, "", "x"));
  before.add({ kind: "paste", row: 2, column: "A", block: [["y"]] });
  before.add({ kind: "page", page: 2 });
  const after = opened({ connected: false });
  assert.equal(after.client, before.client);
  assert.deepEqual(
    after.entries.map(entry => entry.action.kind),
    ["set"],
  );
  assert.deepEqual(
    after.lost.map(entry => entry.action.kind),
    ["paste"],
  );
  assert.equal(after.add({ kind: "page", page: 1 }), 3);
});

test("what was left longer than ten minutes ago is not sent", () => {
  const before = opened({ connected: false });
  before.add(...set(1, "", "x"));
  const kept = JSON.parse(sessionStorage.getItem("komet-grid:b1"));
  sessionStorage.setItem("komet-grid:b1", JSON.stringify({ ...kept, at: Date.now() - 11 * 60_000 }));
  assert.equal(opened({ connected: false }).length, 0);
});

test("storage that holds no queue, or none at all, starts an empty one", () => {
  sessionStorage.setItem("komet-grid:b1", "{not json");
  assert.equal(opened({ connected: false }).length, 0);
  globalThis.sessionStorage = undefined;
  const queue = opened({ connected: false });
  queue.add(...set(1, "", "x"));
  assert.equal(queue.length, 1);
});

test("the last search replaces the one before it", () => {
  const queue = opened({ connected: false });
  queue.add({ kind: "lookup", column: "A", query: "r" });
  queue.add({ kind: "lookup", column: "A", query: "ro" });
  assert.deepEqual(
    queue.entries.map(entry => entry.action.query),
    ["ro"],
  );
});

// [what is done, what lies over the server's rows afterwards]
const DONE = [
  ["an edit shows its text", [set(1, "a", "b")], { 1: "b" }],
  ["the later of two edits is seen", [set(1, "a", "b"), set(1, "b", "c")], { 1: "c" }],
  ["an undo shows what stood there", [set(1, "a", "b"), "undo"], { 1: "a" }],
  ["two undos go back in turn", [set(1, "a", "b"), set(1, "b", "c"), "undo", "undo"], { 1: "a" }],
  ["a redo shows the text again", [set(1, "a", "b"), "undo", "redo"], { 1: "b" }],
  ["a new edit leaves nothing to repeat", [set(1, "a", "b"), "undo", set(1, "a", "z"), "redo"], { 1: "z" }],
  ["an undo of what the server has is not guessed", ["undo"], {}],
  ["a redo of what nobody undid repeats nothing", [set(1, "a", "b"), "redo", "undo"], { 1: "a" }],
  [
    "two redos go on in turn",
    [set(1, "a", "b"), set(1, "b", "c"), "undo", "undo", "redo", "redo"],
    { 1: "c" },
  ],
  ["an undo takes back only the last row", [set(1, "a", "b"), set(2, "c", "d"), "undo"], { 1: "b", 2: "c" }],
];

for (const [name, actions, shown] of DONE) {
  test(`laid over: ${name}`, () => {
    const queue = opened({ connected: false });
    for (const done of actions) queue.add(...(typeof done === "string" ? [{ kind: done }] : done));
    assert.deepEqual(laid(queue), shown);
  });
}

test("laid over: rows that are left out or taken back in, and the undo of it", () => {
  const queue = opened({ connected: false });
  queue.add({ kind: "exclude", rows: [1, 2] });
  queue.add({ kind: "restore", rows: [2] });
  assert.deepEqual(
    [...queue.laidOver().states],
    [
      [1, "left-out"],
      [2, "ready"],
    ],
  );
  queue.add({ kind: "undo" });
  assert.deepEqual(
    [...queue.laidOver().states],
    [
      [1, "left-out"],
      [2, "left-out"],
    ],
  );
});

test("two browsers are two clients", () => {
  const one = opened({ connected: false });
  sessionStorage.removeItem("komet-grid:b1");
  assert.notEqual(one.client, opened({ connected: false }).client);
  assert.match(one.client, /^[0-9a-f]{32}$/);
});
