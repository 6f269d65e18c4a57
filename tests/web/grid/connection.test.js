// What a page tells of its last click when its connection is back.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Connection } from "../../../komet_import/web/shared/connection.js";

function cut() {
  let now = 1000;
  const connection = new Connection(() => now);
  const away = (seconds, after = 0) => {
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

test("the last click is told with its age, until the server runs for that", () => {
  const { connection, away } = cut();
  connection.clicked("Import");
  assert.deepEqual(away(2, 1), { clicked: "Import", ago: 3, before: 1, begun: false });
  assert.deepEqual(away(3), { clicked: "Import", ago: 6, before: 3, begun: false });
  connection.ran();
  assert.deepEqual(away(1), {});
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
