// The table on the screen: header, rows and cells, drawn once and afterwards changed in place, cell by
// cell, so that an update costs what changed and nothing that a person holds (focus, scroll) is torn out.

import { drawText } from "./differences.js";
import { element, setAttribute } from "./elements.js";
import { tell, titleOf } from "./language.js";
import { headTitle, inTheFile, stateInWords } from "./states.js";
import { Widths } from "./widths.js";

export class View {
  constructor() {
    this.columns = [];
    this.rows = [];
    this.shown = []; // what each cell shows now, so that a comparison needs no DOM
    this.cols = element("colgroup");
    this.headRow = element("tr", { "aria-rowindex": "1" });
    this.body = element("tbody");
    this.table = element(
      "table",
      { role: "grid", "aria-multiselectable": "true" },
      this.cols,
      element("thead", {}, this.headRow),
      this.body,
    );
    this.range = element("div", { class: "range", hidden: true, "aria-hidden": "true" });
    this.empty = element("div", { class: "empty", tabindex: "-1", hidden: true });
    this.sheet = element("div", { class: "sheet" }, this.table, this.range);
    this.scroll = element("div", { class: "scroll" }, this.sheet, this.empty);
    this.messages = element("div", { hidden: true });
    this.widths = new Widths({ cols: this.cols, table: this.table, scroll: this.scroll });
    this.described = new Map();
  }

  // -- columns ---------------------------------------------------------------------------------------

  // Returns whether the columns are new; their widths are then fitted once the rows are there.
  drawColumns(columns) {
    const known = JSON.stringify(columns);
    if (known === this.columnsKnown) return false;
    this.columnsKnown = known;
    this.columns = columns;
    this.body.replaceChildren();
    this.shown = [];
    this.headers = columns.map((column, place) => this.header(column, place));
    this.headRow.replaceChildren(
      element(
        "th",
        { class: "corner", scope: "col", "aria-colindex": "1", "data-select-all": true },
        element("span", { class: "quiet" }, tell("Row")),
      ),
      ...this.headers,
    );
    this.cols.replaceChildren(...Array.from({ length: columns.length + 1 }, () => element("col")));
    return true;
  }

  header(column, place) {
    const name = element("span", { class: "name" }, titleOf(column));
    const label = element("span", { class: "label" }, name);
    if (column.need === "required") {
      label.append(element("span", { class: "need", title: tell("Required") }, "*"));
      label.append(element("span", { class: "unseen" }, tell("(required)")));
    }
    if (column.kind === "ignored") {
      label.append(element("span", { class: "aside" }, tell("not imported")));
    }
    return element(
      "th",
      {
        scope: "col",
        "aria-colindex": place + 2,
        "data-head": place,
        "data-kind": column.kind,
        title: [titleOf(column), column.needed ?? column.need, column.rule].filter(Boolean).join(" · "),
      },
      label,
      element("span", { class: "sort", "aria-hidden": "true" }),
      element("span", { class: "grip", "data-grip": place, "aria-hidden": "true" }),
    );
  }

  drawSort(sort) {
    this.headers.forEach((head, place) => {
      const on = sort && sort.column === this.columns[place].name;
      setAttribute(head, "aria-sort", on ? (sort.descending ? "descending" : "ascending") : null);
    });
  }

  // -- rows ------------------------------------------------------------------------------------------

  drawRows(rows, laid, { first, total }) {
    this.rows = rows;
    setAttribute(this.table, "aria-rowcount", total + 1);
    setAttribute(this.table, "aria-colcount", this.columns.length + 1);
    while (this.shown.length > rows.length) {
      this.shown.pop();
      this.body.lastChild.remove();
    }
    if (this.shown.length < rows.length) {
      const fresh = document.createDocumentFragment();
      while (this.shown.length < rows.length) fresh.append(this.newRow());
      this.body.append(fresh);
    }
    const fixed = [];
    this.described.clear();
    const described = document.createDocumentFragment();
    for (const [i, row] of rows.entries()) this.drawRow(row, i, laid, first, described, fixed);
    this.messages.replaceChildren(described);
    return fixed;
  }

  newRow() {
    const number = element("span", { class: "number" });
    const head = element(
      "th",
      { scope: "row", role: "rowheader", "aria-colindex": "1" },
      element("span", { class: "state", "data-toggle": true }),
      number,
    );
    const line = element("tr", {}, head);
    const cells = this.columns.map((column, j) => {
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
    this.shown.push({ line, head, number, cells, row: null, state: null, index: null });
    return line;
  }

  drawRow(row, i, laid, first, described, fixed) {
    const shown = this.shown[i];
    const values = laid.cells.get(row.row);
    const state = laid.states.get(row.row) ?? row.state;
    const sameRow = shown.row === row.row;
    if (!sameRow) {
      shown.row = row.row;
      shown.number.textContent = row.told ?? row.row;
      shown.head.setAttribute("data-row-head", row.row);
    }
    if (shown.index !== first + i) {
      shown.index = first + i;
      shown.line.setAttribute("aria-rowindex", first + i + 1);
    }
    const aside = row.aside?.words ?? "";
    const known = `${state}|${row.hidden}|${aside}|${row.change}`;
    if (!sameRow || shown.known !== known) {
      shown.known = known;
      shown.state = state;
      setAttribute(shown.line, "data-state", state);
      setAttribute(shown.line, "data-change", row.change);
      setAttribute(shown.line, "data-hidden", row.hidden ? "true" : null);
      const told = { row: row.told ?? row.row, state: stateInWords(state, row) };
      setAttribute(shown.head, "aria-label", tell("Row {row}, {state}", told));
      setAttribute(shown.head, "title", headTitle(state, row));
    }
    this.columns.forEach((column, j) => {
      const cell = shown.cells[j];
      const pending = values?.has(column.name) ?? false;
      const value = pending ? values.get(column.name) : (row.values[j] ?? "");
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
        described.append(element("span", { id }, issues.map(issue => issue.message).join(" ")));
        this.described.set(`${i}:${j}`, issues);
      }
      cell.stops = !pending && issues.some(issue => issue.severity === "error" || issue.confirm);
      if (cell.marks !== marks || cell.fresh) {
        if (sameRow && !cell.fresh && cell.marks.startsWith("error") && severity !== "error") {
          fixed.push(cell.node);
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
    });
  }

  // -- places ----------------------------------------------------------------------------------------

  cell(i, j) {
    return this.shown[i]?.cells[j]?.node ?? null;
  }

  // The cell's own text, which is what is edited.
  value(i, j) {
    return this.shown[i].cells[j].value;
  }

  // What is seen of it: its value as it will be posted, where it has been read.
  seen(i, j) {
    return this.shown[i].cells[j].seen;
  }

  // All that stands in a cell, with what is kept so far.
  whole(i, j) {
    return this.shown[i].cells[j].text.textContent;
  }

  // What the file says in a cell that was changed; undefined where it was not.
  own(i, j) {
    return this.rows[i]?.was?.[j];
  }

  issues(i, j) {
    return this.described.get(`${i}:${j}`) ?? [];
  }

  // A row as people are told it: with its sheet where several were read as one.
  told(row) {
    return this.rows.find(candidate => candidate.row === row)?.told ?? row;
  }

  // A column as people are told it.
  titled(name) {
    return titleOf(this.columns.find(column => column.name === name) ?? { name });
  }

  indexOfRow(row) {
    return this.rows.findIndex(candidate => candidate.row === row);
  }

  indexOfColumn(name) {
    return this.columns.findIndex(column => column.name === name);
  }

  placeOf(node) {
    const cell = node?.closest?.("td");
    if (!cell || !this.body.contains(cell)) return null;
    return { i: cell.parentNode.sectionRowIndex, j: cell.cellIndex - 1 };
  }

  rowsPerScreen() {
    const line = this.shown[0]?.line.offsetHeight || 30;
    return Math.max(1, Math.floor((this.scroll.clientHeight - this.headRow.offsetHeight) / line) - 1);
  }

  // Whether a cell's box lies in the part of the frame that header and row numbers leave free.
  inSight(box) {
    const frame = this.scroll.getBoundingClientRect();
    const head = this.headRow.firstChild.getBoundingClientRect();
    return (
      box.bottom > head.bottom + 4 &&
      box.top < frame.bottom - 4 &&
      box.right > head.right + 4 &&
      box.left < frame.right - 4
    );
  }

  reveal(i, j) {
    this.cell(i, j)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  drawRange(box) {
    const one = !box || (box.top === box.bottom && box.left === box.right);
    this.range.hidden = one;
    const before = this.selected ?? [];
    const now = [];
    if (box) {
      for (let i = box.top; i <= box.bottom; i += 1) {
        for (let j = box.left; j <= box.right; j += 1) {
          const cell = this.cell(i, j);
          if (cell) now.push(cell);
        }
      }
    }
    const kept = new Set(now);
    for (const cell of before) if (!kept.has(cell)) cell.removeAttribute("aria-selected");
    for (const cell of now) setAttribute(cell, "aria-selected", "true");
    this.selected = now;
    if (one) return;
    const from = this.cell(box.top, box.left);
    const to = this.cell(box.bottom, box.right);
    if (!from || !to) return;
    Object.assign(this.range.style, {
      left: `${from.offsetLeft}px`,
      top: `${from.offsetTop}px`,
      width: `${to.offsetLeft + to.offsetWidth - from.offsetLeft}px`,
      height: `${to.offsetTop + to.offsetHeight - from.offsetTop}px`,
    });
  }
}
