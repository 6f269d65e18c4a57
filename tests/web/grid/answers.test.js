// What the server answers, or does not: what is drawn and said of it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openedGrid, rowOf } from "./opened_grid.js";
import { measure } from "./page.js";

const notices = grid =>
  [...grid.footer.notices.children].map(line => line.querySelector(".words").textContent);

test("until the first answer the grid says that it loads, then it fits into the page's room", async t => {
  const { grid } = await openedGrid(t);
  assert.equal(grid.root.hasAttribute("data-loading"), false);
  assert.equal(grid.view.empty.hidden, true);
  assert.equal(grid.root.style.getPropertyValue("--around"), "66px");
  assert.equal(grid.view.table.getAttribute("data-revision"), "7");
  const { table, widths } = grid.view;
  measure(table, { offsetWidth: 880 }); // of 900: what is left goes to the names
  widths.fit();
  assert.equal(widths.pixels[0], widths.fitting(0, grid.places.rows) + 20);
});

test("each notice of the server is said once, and its place is gone to once", async t => {
  const { grid, point, hears, cell, page } = await openedGrid(t);
  const goto = { token: 3, row: 5, column: "Date" };
  await hears({ notices: [{ token: 2, level: "warning", text: "Careful." }], goto });
  assert.deepEqual([notices(grid), page.activeElement], [["Careful."], cell(2, 1)]);
  assert.equal(grid.answers.heard, 3);
  point(0, 0);
  await hears({});
  assert.deepEqual([notices(grid), page.activeElement], [["Careful."], cell(0, 0)]);
});

test("whoever types is not taken elsewhere", async t => {
  const { point, press, hears, page } = await openedGrid(t);
  point(0, 2);
  press("7");
  const field = page.activeElement;
  await hears({ goto: { token: 3, row: 5, column: "Date" } });
  assert.deepEqual([page.activeElement, field.value], [field, "7"]);
});

test("what is left is said after an edit, and that it was fixed", async t => {
  const issue = { severity: "error", code: "x", message: "Wrong.", suggestion: "FL9" };
  const wrong = rowOf(2, ["FLX", "", "", ""], { issues: { Customer: [issue] } });
  const { grid, point, press, server, settled } = await openedGrid(t, { rows: [wrong], problems: 2 });
  const said = async data => {
    Object.assign(server.data, data);
    press("Delete");
    await settled();
    t.mock.timers.tick(30);
    return grid.footer.spoken.textContent;
  };
  point(0, 0);
  assert.equal(await said({ rows: [rowOf(2, ["FL9", "x"])], problems: 1 }), "Fixed. 1 problem left.");
  assert.equal(await said({ rows: [rowOf(2, ["FL8", "x"])], problems: 0 }), "No problems left.");
});

for (const [status, said] of [
  [401, /signed out/],
  [403, /reload/],
]) {
  test(`an answer of ${status} is told once, however often it comes`, async t => {
    const { grid, server, settled } = await openedGrid(t);
    server.refuses = [[status], [status]];
    grid.queue.want();
    await settled();
    t.mock.timers.tick(300);
    await settled();
    assert.equal(server.refuses.length, 0);
    assert.equal(notices(grid).length, 1);
    assert.match(notices(grid)[0], said);
  });
}

for (const [status, gone] of [
  [404, 1],
  [410, 1],
  [503, 0],
]) {
  test(`an answer of ${status} ${gone ? "asks the page for another look" : "is asked for again"}`, async t => {
    const { grid, server, settled } = await openedGrid(t);
    let heard = 0;
    window.addEventListener("komet-review-gone", () => {
      heard += 1;
    });
    server.refuses = [[status, {}]];
    grid.queue.want();
    await settled();
    assert.deepEqual([heard, notices(grid)], [gone, []]);
  });
}

test("what will not be done is taken off the screen and told with what was typed", async t => {
  const { grid, cell, point, press, write, server, settled } = await openedGrid(t);
  server.refuses = [[400, { seq: 1, message: "Too long." }]];
  point(1, 2);
  press("5");
  write("55");
  press("Enter");
  await settled();
  assert.equal(cell(1, 2).textContent, "20.00");
  assert.match(notices(grid)[0], /“55”.*Too long\.$/);
  grid.footer.notices.querySelector("button").click();
  assert.deepEqual(grid.places.focus, { i: 1, j: 2 }, "its row is where the notice leads");
});

test("what cannot be saved stays in view until it is tried again, or given up", async t => {
  const { grid, cell, point, press, server, settled } = await openedGrid(t);
  const fails = Array.from({ length: 3 }, () => [500, { seq: 1, message: "It failed." }]);
  server.refuses = [...fails, ...fails];
  point(1, 2);
  press("Delete");
  const stuck = async () => {
    for (const pause of [0, 300, 1000]) {
      t.mock.timers.tick(pause);
      await settled();
    }
    return grid.footer.waits.textContent;
  };
  assert.match(await stuck(), /It failed\.Try againDrop unsaved changes/);
  assert.equal(grid.footer.saving.textContent, "1 not saved");
  const [again, giveUp] = grid.footer.waits.querySelectorAll("button");
  again.click();
  assert.match(await stuck(), /It failed/);
  assert.equal(cell(1, 2).textContent, "");
  giveUp.click();
  await settled();
  assert.deepEqual([cell(1, 2).textContent, grid.footer.waits.textContent], ["20.00", ""]);
  assert.deepEqual(server.asked, []);
});

test("a page whose answer does not come waits no longer for it, and says so where keys are lost", async t => {
  const { grid, point, press } = await openedGrid(t, { pages: 2 });
  globalThis.fetch = () => new Promise(() => {});
  point(0, 2);
  press("Alt PageDown");
  press("7");
  t.mock.timers.tick(9000);
  assert.match(notices(grid)[0], /did not answer/);
  assert.equal(grid.pages.turning, false);
});

test("keys that were pressed while a page was turned are used on it", async t => {
  const { grid, point, press, server, settled } = await openedGrid(t, { pages: 2 });
  point(0, 2);
  press("Alt PageDown");
  Object.assign(server.data, {
    page: 2,
    rows: [rowOf(8, ["FL1", "", "1.00", ""]), rowOf(9, ["", "", "", ""])],
  });
  for (const key of ["7", "7", "Enter"]) press(key);
  await settled();
  assert.deepEqual(server.asked.at(-1).cells, [[8, "Amount", "1.00", "77"]]);
  assert.deepEqual(grid.places.focus, { i: 1, j: 2 });
});

test("F8 goes to the next problem of this page, and asks the server for one of another", async t => {
  const issue = { severity: "error", code: "x", message: "Wrong." };
  const rows = [
    rowOf(2, ["a", "", "1", ""]),
    rowOf(4, ["b", "", "2", ""], { issues: { Amount: [issue] }, state: "left-out" }),
    rowOf(5, ["c", "", "3", ""], { issues: { Amount: [issue] } }),
  ];
  const { grid, point, press, server, settled } = await openedGrid(t, { rows, problems: 1 });
  point(0, 0);
  press("F8");
  assert.deepEqual(grid.places.focus, { i: 2, j: 2 }, "an excluded row is none");
  press("F8");
  server.data.goto = { token: 5, row: 2, column: "Date" };
  await settled();
  assert.deepEqual(server.asked, [{ seq: 1, kind: "next-problem", from: [5, "Amount"], direction: 1 }]);
  assert.deepEqual(grid.places.focus, { i: 0, j: 1 });
});

test("what was lost with a reload is told, and nothing where nothing was", async t => {
  const { grid, parent } = await openedGrid(t);
  assert.deepEqual(notices(grid), []);
  const Grid = grid.constructor;
  grid.queue.held = true;
  grid.actions.undo(false);
  const again = new Grid(parent, "b1");
  again.close();
  assert.match(notices(again)[0], /not saved/);
});

test("others' changes are asked for while the page is looked at, and when somebody comes back to it", async t => {
  const { page, settled } = await openedGrid(t);
  const fetched = [];
  globalThis.fetch = async url => {
    fetched.push(String(url));
    return { status: 204 };
  };
  t.mock.timers.tick(1000);
  await settled();
  assert.deepEqual(fetched, ["/news?look=l1&version=1"]);
  let hidden = true;
  Object.defineProperty(page, "hidden", { get: () => hidden });
  t.mock.timers.tick(5000);
  assert.equal(fetched.length, 1);
  page.dispatchEvent(new window.Event("visibilitychange"));
  assert.equal(fetched.length, 1);
  hidden = false;
  page.dispatchEvent(new window.Event("visibilitychange"));
  assert.deepEqual(fetched.slice(1), ["/rows"]);
});

test("what the page has done is asked for, once for each thing, and for this look only", async t => {
  const { grid, settled } = await openedGrid(t);
  const asks = async detail => {
    let asked = 0;
    globalThis.fetch = async () => {
      asked += 1;
      return { status: 503, json: async () => ({}) };
    };
    window.dispatchEvent(new CustomEvent("komet-review-news", { detail }));
    await settled();
    return asked;
  };
  assert.equal(await asks({ look: "another", version: 9, said: 9 }), 0);
  assert.equal(await asks({ look: "l1", version: 1, said: 0 }), 0);
  assert.equal(await asks({ look: "l1", version: 2, said: 0 }), 1);
  assert.equal(await asks({ look: "l1", version: 1, said: 1 }), 1);
  assert.equal(grid.surroundings.around, 1);
});

test("what stands around is drawn anew once, when nothing more is done", async t => {
  const { grid, point, press, server, settled } = await openedGrid(t);
  const drawn = [];
  grid.connect({ url: "/rows", news: "/news", look: "l1", redraw: version => drawn.push(version) });
  point(0, 2);
  for (const version of [2, 3]) {
    Object.assign(server.data, { version });
    press("Delete");
    await settled();
    t.mock.timers.tick(100);
  }
  assert.deepEqual(drawn, []);
  t.mock.timers.tick(100);
  assert.deepEqual(drawn, [3]);
});
