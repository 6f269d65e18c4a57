// The table on the screen: header, rows and cells, drawn once and afterwards changed in place, cell by
// cell, so that an update costs what changed and nothing that a person holds (focus, scroll) is torn out.

import { element, setAttribute } from "./elements.js";
import { tell, titleOf } from "./language.js";
import { drawLine, newLine } from "./lines.js";
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
      while (this.shown.length < rows.length) {
        const line = newLine(this.columns);
        this.shown.push(line);
        fresh.append(line.line);
      }
      this.body.append(fresh);
    }
    const fixed = [];
    this.described.clear();
    const described = document.createDocumentFragment();
    const into = { described, issues: this.described, fixed };
    for (const [i, row] of rows.entries()) {
      drawLine(this.shown[i], row, { columns: this.columns, laid, i, index: first + i, into });
    }
    this.messages.replaceChildren(described);
    return fixed;
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
