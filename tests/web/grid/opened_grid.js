// A whole grid on a page, before a server that does what it is asked and keeps what that was.

import { Grid } from "../../../komet_import/web/review/grid/grid.js";
import { fire, pageFor } from "./page.js";

const ADDRESS = { url: "/rows", news: "/news", look: "l1" };

export const COLUMNS = [
  { name: "Customer", kind: "customer", need: "required", editable: true, rule: "Its code" },
  { name: "Date", kind: "date", need: "optional", editable: true },
  { name: "Amount", kind: "amount", need: "required", editable: true },
  { name: "Extra", kind: "ignored", editable: false },
];

export function rowOf(row, values, more = {}) {
  return { row, values, issues: {}, state: "ready", ...more };
}

const ROWS = [
  rowOf(2, ["FL1", "2026-03-02", "10.00", "a"]),
  rowOf(4, ["FL2", "2026-03-03", "20.00", "b"]),
  rowOf(5, ["FL3", "2026-03-04", "30.00", "c"]),
];

// `data` is what the server answers; `asked` are the actions that it got.
export async function openedGrid(t, data = {}) {
  const page = pageFor(t);
  const server = {
    asked: [],
    refuses: [], // what it says to the next messages instead, as [status, answer]
    data: {
      columns: COLUMNS,
      rows: ROWS,
      page: 1,
      pages: 1,
      first: 1,
      total: 3,
      set_aside: 0,
      all_totals: true,
      problems: 0,
      steps: { undo: false, redo: false },
      notices: [],
      revision: 7,
      version: 1,
      acknowledged: {},
      ...data,
    },
  };
  const fetched = globalThis.fetch;
  globalThis.fetch = async (_url, { body }) => {
    if (!body) return { status: 204 };
    const { client, actions } = JSON.parse(body);
    const [status, told] = server.refuses.shift() ?? [200];
    if (status !== 200) return { status, json: async () => told };
    server.asked.push(...actions);
    if (actions.length) server.data.acknowledged = { [client]: actions.at(-1).seq };
    return { status: 200, json: async () => structuredClone(server.data) };
  };
  const parent = page.createElement("main");
  page.body.append(parent);
  const grid = new Grid(parent, "b1");
  t.after(() => {
    grid.close();
    globalThis.fetch = fetched;
  });
  grid.connect({ ...ADDRESS, redraw() {} });
  const settled = async () => {
    for (let turn = 0; turn < 20; turn += 1) await null;
  };
  await settled();
  const cell = (i, j) => grid.view.cell(i, j);
  return {
    page,
    grid,
    parent,
    server,
    settled,
    cell,
    press: (words, more = {}) => {
      const held = words.split(" ");
      const key = held.pop();
      const target = page.activeElement;
      return fire(target, "keydown", {
        key: key === "Space" ? " " : key,
        ctrlKey: held.includes("Control"),
        shiftKey: held.includes("Shift"),
        altKey: held.includes("Alt"),
        metaKey: false,
        repeat: false,
        ...more,
      });
    },
    point: (i, j, more = {}) => {
      fire(cell(i, j), "pointerdown", more);
      fire(page.body, "pointerup");
    },
    write: text => {
      const field = page.activeElement;
      field.value = text;
      field.setSelectionRange(text.length, text.length);
      field.dispatchEvent(new window.Event("input", { bubbles: true }));
    },
    // What is asked of the server after it has said `more`.
    hears: async more => {
      Object.assign(server.data, more);
      grid.queue.want();
      await settled();
    },
  };
}
