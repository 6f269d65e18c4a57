// What a page tells of its last click when its connection is back.

import assert from "node:assert/strict";
import { test } from "node:test";

import mount, { Connection, fetchAhead, reword } from "../../../komet_import/web/shared/connection.js";
import { fire, pageFor } from "./page.js";

function cut() {
  let now = 1000;
  const connection = new Connection(() => now);
  const away = (seconds, after = 0) => {
    const { at, ...rest } = whole(seconds, after) ?? {};
    return rest;
  };
  const whole = (seconds, after) => {
    now += after * 1000;
    connection.is(false);
    connection.is(false);
    now += seconds * 1000;
    return connection.is(true);
  };
  return { connection, away };
}

test("a connection that was never cut tells nothing, and one that was tells that it is back", () => {
  const { connection, away } = cut();
  assert.equal(connection.is(true), null);
  assert.deepEqual(away(5), {});
});

test("the last click is told with its age, until the server has heard of it", () => {
  const { connection, away } = cut();
  connection.clicked("Import");
  assert.deepEqual(away(2, 1), { clicked: "Import", ago: 3, before: 1, begun: false });
  assert.deepEqual(away(3), { clicked: "Import", ago: 6, before: 3, begun: false });
  connection.ran();
  assert.deepEqual(away(1), { clicked: "Import", ago: 7, before: 6, begun: false });
  connection.heard(1000);
  assert.deepEqual(away(1), {});
});

test("what was told in a run that another one broke off is told again, as old as it was, five times at most", () => {
  const { connection, away } = cut();
  connection.clicked("Import");
  assert.equal(connection.again(), null);
  const told = away(2, 1);
  for (let time = 2; time <= 5; time++) {
    connection.ran();
    const { at, ...again } = connection.again();
    assert.deepEqual([at, again], [1000, told]);
  }
  assert.equal(connection.again(), null);
});

test("nothing is told again that was heard, while the connection is cut, or of a click that came after it", () => {
  const { connection, away } = cut();
  connection.clicked("Import");
  away(2, 1);
  connection.heard(999); // of another click
  assert.notEqual(connection.again(), null);
  connection.is(false);
  assert.equal(connection.again(), null);
  connection.is(true);
  connection.heard(1000);
  assert.equal(connection.again(), null);
  connection.clicked("Undo");
  assert.equal(connection.again(), null);
});

test("of a click it is told whether the server has run since", () => {
  const { connection, away } = cut();
  connection.clicked("Import");
  connection.ran();
  assert.deepEqual(away(60), { clicked: "Import", ago: 60, before: 0, begun: true });
  connection.clicked("Undo");
  connection.ran();
  assert.deepEqual(away(1), { clicked: "Undo", ago: 1, before: 0, begun: true });
});

test("what draws notices is fetched once, from where the app's other files are", () => {
  const links = [{ href: "https://komet.example/static/js/react-dom.js" }];
  const page = {
    querySelector: wanted =>
      links.find(link => !wanted.includes("Toast") || link.href.endsWith("Toast.1.js")),
    createElement: () => ({}),
    head: { append: link => links.push(link) },
  };
  fetchAhead("", page);
  fetchAhead("Toast.1.js", page);
  fetchAhead("Toast.1.js", page);
  // As the app's other files are fetched: else the browser fetches it once more.
  const found = links.slice(1).map(link => [link.rel, link.crossOrigin, link.href]);
  assert.deepEqual(found, [["modulepreload", "anonymous", "https://komet.example/static/js/Toast.1.js"]]);
});

// A page of the app whose connection and run are as a test says, with a button; `told` is what it was told.
function app(t) {
  const page = pageFor(t);
  const [root, button] = ["main", "button"].map(tag => page.createElement(tag));
  root.setAttribute("data-testid", "stApp");
  page.body.append(root);
  root.append(button);
  button.closest = () => button;
  button.cloneNode = () => ({ querySelectorAll: () => [], textContent: " Import " });
  const told = [];
  const drawn = () => mount({ setTriggerValue: (_name, back) => told.push(back) });
  drawn();
  const leave = drawn() ?? (() => {}); // as often as the page is: what listens is one for all
  const is = async (state, value) => {
    root.setAttribute(`data-test-${state}-state`, value);
    await null; // until that is noticed
  };
  root.setAttribute("data-test-connection-state", "CONNECTED");
  root.setAttribute("data-test-script-state", "notRunning");
  const cut = async () => {
    await is("connection", "PINGING_SERVER");
    await is("connection", "CONNECTED");
  };
  return { button, told, is, cut, drawn, leave };
}

test("a click is told of while a page is left and another one drawn, whichever comes first", async t => {
  const { button, told, cut, drawn, leave } = app(t);
  const leaveNext = drawn();
  leave();
  t.mock.timers.tick(0);
  button.click();
  leaveNext?.();
  t.mock.timers.tick(0);
  drawn();
  await cut();
  assert.deepEqual(
    told.map(({ clicked }) => clicked),
    ["Import"],
  );
});

test("what was clicked is told when the connection is back, whoever else heard of the click", async t => {
  const { button, told, cut } = app(t);
  button.addEventListener("click", event => event.stopPropagation());
  await cut();
  button.click();
  await cut();
  button.disabled = true;
  fire(button, "click");
  await cut();
  assert.deepEqual(
    told.map(({ clicked }) => clicked),
    [undefined, "Import", "Import"],
  );
});

test("what was told is told again after a run, once none is under way", async t => {
  const { button, told, is, cut } = app(t);
  button.click();
  await cut();
  await is("script", "running");
  await is("script", "notRunning");
  await is("script", "running");
  t.mock.timers.tick(300);
  assert.equal(told.length, 1, "one is");
  await is("script", "notRunning");
  t.mock.timers.tick(300);
  assert.equal(told.length, 2);
});

test("the dialog of an outage says our words, and another one stays as it is", t => {
  const page = pageFor(t);
  const dialog = title =>
    `<section role="dialog"><h2>${title}</h2><div><div>Is <b>Streamlit</b> still running?</div><pre>run</pre></div></section>`;
  page.body.innerHTML = dialog("Connection error") + dialog("Bulk edit");
  const [ours, another] = page.querySelectorAll("section");
  const before = another.textContent;
  for (const _time of ["first", "again"]) reword(["No connection", "The server is away."], page);
  assert.equal(ours.querySelector("h2").textContent, "No connection");
  assert.equal(ours.querySelector("div > div").textContent, "The server is away.");
  assert.equal(ours.querySelector("pre").style.display, "none");
  assert.equal(another.textContent, before);
});
