// Turning pages: keys that are pressed meanwhile are played at the place that the answer brings.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Pages } from "../../../komet_import/web/review/grid/pages.js";
import { placesOn } from "./sheet.js";

// `done` holds what happened, in its order. A kept key named "turn" turns the page again.
function paging() {
  const { places, shown } = placesOn(2, 3, 4);
  const done = [];
  const pages = new Pages({
    shown: () => shown,
    places,
    add: action => done.push(action),
    arrive: place => done.push(place),
    play: item => {
      done.push(item.key);
      if (item.key === "turn") pages.turnBy(1, { row: "first" });
    },
    changed() {},
  });
  return { pages, done };
}

test("a page is asked for, and its place taken when the server has turned it", () => {
  const { pages, done } = paging();
  assert.equal(pages.turnBy(1, { row: "first" }), true);
  assert.deepEqual([done, pages.turning], [[{ kind: "page", page: 3 }], true]);
  assert.equal(pages.acknowledged(0), false);
  assert.equal(pages.acknowledged(1), true);
  assert.deepEqual([done.at(-1), pages.turning], [{ row: "first", column: 1, extend: false }, false]);
});

for (const page of [0, 2, 4]) {
  test(`there is no turning to page ${page} from the second of three`, () => {
    const { pages, done } = paging();
    assert.equal(pages.turn(page, { row: "first" }), false);
    assert.deepEqual([done, pages.turning], [[], false]);
  });
}

test("keys are played once the place is taken, and those after another turn wait for that one", () => {
  const { pages, done } = paging();
  pages.turnBy(1, { row: "first" });
  for (const key of ["a", "turn", "b"]) pages.hold({ key });
  pages.acknowledged(1);
  pages.replay();
  assert.deepEqual(done.slice(2), ["a", "turn", { kind: "page", page: 3 }]);
  pages.acknowledged(done.length);
  pages.replay();
  assert.equal(done.at(-1), "b");
});

test("a page that the server refuses is waited for no longer, another action is", () => {
  const { pages } = paging();
  pages.turnBy(1, { row: "first" });
  pages.refused(7);
  assert.equal(pages.turning, true);
  pages.refused(1);
  assert.equal(pages.turning, false);
});

test("after eight seconds without an answer nothing is waited for, and lost keys are told", context => {
  context.mock.timers.enable({ apis: ["Date"] });
  for (const keys of [[], ["a"]]) {
    const { pages } = paging();
    pages.turnBy(1, { row: "first" });
    for (const key of keys) pages.hold({ key });
    context.mock.timers.tick(8000);
    assert.deepEqual([pages.expire(), pages.turning], [false, true]);
    context.mock.timers.tick(1);
    assert.deepEqual([pages.expire(), pages.turning], [keys.length > 0, false]);
  }
});
