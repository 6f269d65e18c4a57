// An open report asks whether something has happened to its import.

import assert from "node:assert/strict";
import { test } from "node:test";

import mount from "../../../komet_import/web/report/news.js";
import { pageFor } from "./page.js";

const data = { batch: "b", version: "1", url: "/report/news" };

// A page whose server gives these answers, one after the other, and then nothing new.
function asked(t, answers = []) {
  pageFor(t);
  const questions = [];
  t.mock.method(globalThis, "fetch", async url => {
    questions.push(url);
    return { status: answers.shift() ?? 204 };
  });
  return questions;
}

async function pass(t, seconds) {
  for (let second = 0; second < seconds; second++) {
    t.mock.timers.tick(1000);
    await new Promise(setImmediate);
  }
}

test("it asks every three seconds, and has the page drawn anew for news", async t => {
  const questions = asked(t, [204, 200]);
  const told = [];
  const leave = mount({ data, setTriggerValue: (...value) => told.push(value) });
  await pass(t, 5);
  assert.deepEqual([questions, told], [["/report/news?batch=b&version=1"], []]);
  await pass(t, 2);
  assert.deepEqual(told, [["new", true]]);
  leave();
});

test("who may not see it any more is asked no more, and a server that is away is asked again", async t => {
  const questions = asked(t, [503, 404]);
  mount({ data, setTriggerValue: () => assert.fail() });
  await pass(t, 20);
  assert.equal(questions.length, 2);
});

test("a report that leaves after the next one has come does not end its questions", async t => {
  const questions = asked(t);
  const leave = mount({ data, setTriggerValue: () => {} });
  const next = mount({ data: { ...data, batch: "c" }, setTriggerValue: () => {} });
  leave();
  await pass(t, 4);
  assert.deepEqual(questions, ["/report/news?batch=c&version=1"]);
  next();
  await pass(t, 8);
  assert.equal(questions.length, 1);
});
