// A line of the table: its row's number and state, and its cells. What it shows is kept beside the nodes, so
// that a comparison needs no DOM and only what differs is drawn.

import { drawText } from "./differences.js";
import { element, setAttribute } from "./elements.js";
import { tell } from "./language.js";
import { headTitle, inTheFile, stateInWords } from "./states.js";

export function newLine(columns) {
  const number = element("span", { class: "number" });
  const head = element(
    "th",
    { scope: "row", role: "rowheader", "aria-colindex": "1" },
    element("span", { class: "state", "data-toggle": true }),
    number,
  );
  const line = element("tr", {}, head);
  const cells = columns.map((column, j) => {
    const text = element("div", { class: "text" });
    const cell = element(
      "td",
      {
        role: "gridcell",
        tabindex: "-1",
        "aria-colindex": j + 2,
        "data-column": column.name,
        "data-kind": column.kind,
      },
      text,
    );
    line.append(cell);
    return { node: cell, text, value: "", seen: "", kept: undefined, marks: "", fresh: true };
  });
  return { line, head, number, cells, row: null, state: null, index: null };
}

// A row in a line that may show another one so far. Into `into` go the messages of its cells (as nodes, and as
// issues by place), and the cells that were errors and are none now.
export function drawLine(shown, row, { columns, laid, i, index, into }) {
  const sameRow = shown.row === row.row;
  drawHead(shown, row, { state: laid.states.get(row.row) ?? row.state, index, sameRow });
  const values = laid.cells.get(row.row);
  columns.forEach((column, j) => {
    const pending = values?.has(column.name) ?? false;
    const value = pending ? values.get(column.name) : (row.values[j] ?? "");
    drawCell(shown.cells[j], row, { column, i, j, pending, value, sameRow, into });
  });
}

function drawHead(shown, row, { state, index, sameRow }) {
  if (!sameRow) {
    shown.row = row.row;
    shown.number.textContent = row.told ?? row.row;
    shown.head.setAttribute("data-row-head", row.row);
  }
  if (shown.index !== index) {
    shown.index = index;
    shown.line.setAttribute("aria-rowindex", index + 1);
  }
  const aside = row.aside?.words ?? "";
  const known = `${state}|${row.hidden}|${aside}|${row.change}`;
  if (sameRow && shown.known === known) return;
  shown.known = known;
  shown.state = state;
  setAttribute(shown.line, "data-state", state);
  setAttribute(shown.line, "data-change", row.change);
  setAttribute(shown.line, "data-hidden", row.hidden ? "true" : null);
  const told = { row: row.told ?? row.row, state: stateInWords(state, row) };
  setAttribute(shown.head, "aria-label", tell("Row {row}, {state}", told));
  setAttribute(shown.head, "title", headTitle(state, row));
}

function drawCell(cell, row, { column, i, j, pending, value, sameRow, into }) {
  if (!sameRow || cell.fresh) cell.node.setAttribute("data-row", row.row);
  const seen = pending ? value : (row.seen?.[j] ?? value);
  cell.value = value;
  const kept = row.kept?.[j];
  if (cell.seen !== seen || cell.kept !== kept) {
    cell.seen = seen;
    cell.kept = kept;
    drawText(cell.text, seen, kept);
    setAttribute(cell.node, "data-lines", /[\r\n]/.test(seen.trim()) ? "true" : null);
  }
  const issues = row.issues[column.name] ?? [];
  const severity = issues.some(issue => issue.severity === "error")
    ? "error"
    : issues.length
      ? "warning"
      : "";
  const called = (!pending && row.called?.[j]) || null;
  if (cell.called !== called) {
    cell.called = called;
    setAttribute(cell.text, "data-called", called);
  }
  const own = pending ? undefined : row.was?.[j];
  const code = issues.length ? issues[0].code : "";
  const marks = `${severity}|${pending}|${code}|${column.editable}|${own ?? "\0"}`;
  if (issues.length) {
    const id = `message-${i}-${j}`;
    into.described.append(element("span", { id }, issues.map(issue => issue.message).join(" ")));
    into.issues.set(`${i}:${j}`, issues);
  }
  cell.stops = !pending && issues.some(issue => issue.severity === "error" || issue.confirm);
  if (cell.marks === marks && !cell.fresh) return;
  if (sameRow && !cell.fresh && cell.marks.startsWith("error") && severity !== "error") {
    into.fixed.push(cell.node);
  }
  cell.marks = marks;
  cell.fresh = false;
  setAttribute(cell.node, "aria-invalid", severity === "error" ? "true" : null);
  setAttribute(cell.node, "data-severity", severity || null);
  setAttribute(cell.node, "data-code", issues.length ? issues[0].code : null);
  setAttribute(cell.node, "aria-describedby", issues.length ? `message-${i}-${j}` : null);
  setAttribute(cell.node, "data-changed", own === undefined ? null : "true");
  setAttribute(cell.node, "title", own === undefined ? null : inTheFile(own));
  setAttribute(cell.node, "data-pending", pending ? "true" : null);
  setAttribute(cell.node, "aria-readonly", column.editable ? null : "true");
}
