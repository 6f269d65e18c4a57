// The pointer: choosing, dragging, widths, the menu of a cell, and the callout beside it. The methods belong
// to the Grid (grid.js) and speak of it as `this`.

import { isOut } from "./states.js";

export const pointing = {
  inside(event) {
    return event.composedPath().includes(this.view.scroll);
  },

  onPointer(event) {
    this.forgetHover(event);
    if (event.button > 0) return;
    const target = event.target;
    const grip = target.closest("[data-grip]");
    if (grip) return this.dragWidth(event, Number(grip.dataset.grip));
    if (target.closest(".editor")) return undefined;
    if (this.waiting) return event.preventDefault();
    const head = target.closest("[data-head]");
    const rowHead = target.closest("[data-row-head]");
    if (target.closest(".sort")) return this.cycleSort(Number(head.dataset.head));
    if (this.editor.open) this.editor.finish();
    if (head && this.rows.length)
      this.select(0, Number(head.dataset.head), this.rows.length - 1, Number(head.dataset.head));
    else if (target.closest("[data-select-all]") && this.rows.length) {
      this.select(0, 0, this.rows.length - 1, this.columns.length - 1);
    } else if (rowHead) {
      const i = rowHead.parentNode.sectionRowIndex;
      if (target.closest("[data-toggle]")) this.toggleRow(i);
      else {
        this.select(event.shiftKey ? this.anchor.i : i, 0, i, this.columns.length - 1);
        this.dragSelection(event, true);
      }
    } else {
      const place = this.view.placeOf(target);
      if (!place) return undefined;
      const again = place.i === this.focus.i && place.j === this.focus.j && this.inTable();
      this.moveTo(place.i, place.j, { extend: event.shiftKey });
      if (event.pointerType === "touch") {
        if (again) this.editAfter(event);
      } else this.dragSelection(event, false);
    }
    if (event.pointerType !== "touch") event.preventDefault();
    if (!this.editor.open) this.focusCell();
    return undefined;
  },

  // A second tap on the focused cell types in it; a tap that became a scroll does not.
  editAfter(event) {
    const done = up => {
      if (Math.hypot(up.clientX - event.clientX, up.clientY - event.clientY) < 8) this.edit("edit");
    };
    event.target.addEventListener("pointerup", done, { once: true });
    event.target.addEventListener(
      "pointercancel",
      () => event.target.removeEventListener("pointerup", done),
      { once: true },
    );
  },

  dragSelection(event, wholeRows) {
    const { scroll } = this.view;
    let point = event;
    const reach = () => {
      const box = scroll.getBoundingClientRect();
      if (point.clientY > box.bottom - 16) scroll.scrollTop += 24;
      else if (point.clientY < box.top + 40) scroll.scrollTop -= 24;
      if (point.clientX > box.right - 16) scroll.scrollLeft += 24;
      else if (point.clientX < box.left + 70) scroll.scrollLeft -= 24;
      const root = this.root.getRootNode();
      const hit = root.elementFromPoint(point.clientX, point.clientY);
      const place = this.view.placeOf(hit) ?? this.placeOfHead(hit);
      if (!place) return;
      if (wholeRows) {
        this.anchor = { i: this.anchor.i, j: this.columns.length - 1 };
        this.focus = { i: place.i, j: 0 };
      } else this.focus = { i: place.i, j: Math.max(0, place.j) };
      this.name();
      this.drawPlaces();
    };
    const ending = new AbortController();
    const { signal } = ending;
    const timer = setInterval(() => point !== event && reach(), 60);
    const follow = moved => {
      point = moved;
      reach();
    };
    document.addEventListener("pointermove", follow, { signal });
    const end = () => {
      clearInterval(timer);
      ending.abort();
      if (!this.editor.open) this.focusCell();
    };
    document.addEventListener("pointerup", end, { signal });
    document.addEventListener("pointercancel", end, { signal });
  },

  placeOfHead(node) {
    const head = node?.closest?.("[data-row-head]");
    return head ? { i: head.parentNode.sectionRowIndex, j: 0 } : null;
  },

  dragWidth(event, place) {
    event.preventDefault();
    const from = this.view.widths.pixels[place] - event.clientX;
    const ending = new AbortController();
    const { signal } = ending;
    document.addEventListener(
      "pointermove",
      moved => {
        this.view.widths.resize(place, from + moved.clientX, this.rows);
        this.view.drawRange(this.rows.length ? this.box : null);
      },
      { signal },
    );
    const end = () => {
      ending.abort();
      this.view.widths.keep();
    };
    document.addEventListener("pointerup", end, { signal });
    document.addEventListener("pointercancel", end, { signal });
  },

  cycleSort(place) {
    const column = this.columns[place].name;
    const { sort } = this.data;
    if (!sort || sort.column !== column) this.add({ kind: "sort", column, descending: false });
    else if (!sort.descending) this.add({ kind: "sort", column, descending: true });
    else this.add({ kind: "sort", column: null, descending: false });
  },

  onDoubleClick(event) {
    const grip = event.target.closest("[data-grip]");
    if (grip) {
      const place = Number(grip.dataset.grip);
      this.view.widths.resize(place, this.view.widths.fitting(place, this.rows), this.rows);
      this.view.widths.keep();
    } else if (this.view.placeOf(event.target) && !this.waiting) this.edit("edit");
  },

  onContextMenu(event) {
    const place = this.view.placeOf(event.target) ?? this.placeOfHead(event.target);
    if (!place || event.target.closest(".editor")) return;
    event.preventDefault();
    const { top, bottom, left, right } = this.box;
    const inside = place.i >= top && place.i <= bottom && place.j >= left && place.j <= right;
    if (!inside) this.moveTo(place.i, place.j);
    // A cell at the edge is scrolled into view, which is heard before the next frame and would shut the menu.
    const { clientX: x, clientY: y } = event;
    requestAnimationFrame(() => this.openMenu({ left: x, right: x, top: y, bottom: y }));
  },

  openMenu(anchor = null) {
    const { top, bottom } = this.box;
    const { focus } = this;
    const column = this.columns[focus.j].name;
    const out = [];
    for (let i = top; i <= bottom; i += 1) out.push(isOut(this.view.shown[i].state));
    const rows = out.length === 1 ? "row" : `${out.length} rows`;
    const issue = this.view
      .issues(focus.i, focus.j)
      .find(candidate => typeof candidate.suggestion === "string");
    const items = [];
    if (issue)
      items.push({ label: `Use ${issue.suggestion}`, hint: "Alt+Enter", act: () => this.useFirst() }, null);
    if (out.includes(false))
      items.push({ label: `Exclude ${rows}`, hint: "Ctrl+−", act: () => this.leaveOut(true) });
    if (out.includes(true))
      items.push({ label: `Include ${rows}`, hint: "Ctrl++", act: () => this.leaveOut(false) });
    items.push(
      null,
      { label: "Fill down", hint: "Ctrl+D", act: () => this.fillDown() },
      { label: "Clear", hint: "Delete", act: () => this.setIn(this.box, "Clear", () => "") },
      null,
    );
    const value = this.view.seen(focus.i, focus.j).trim();
    const short = value.length > 24 ? `${value.slice(0, 23)}…` : value;
    items.push(
      {
        label: value ? `Only rows with “${short}”` : "Only rows that are blank here",
        act: () => this.add({ kind: "only", column, value }),
      },
      null,
      {
        label: `Sort by ${column}, ascending`,
        act: () => this.add({ kind: "sort", column, descending: false }),
      },
      {
        label: `Sort by ${column}, descending`,
        act: () => this.add({ kind: "sort", column, descending: true }),
      },
      { label: "Order of the sheet", act: () => this.add({ kind: "sort", column: null, descending: false }) },
    );
    const cell = this.view.cell(focus.i, focus.j).getBoundingClientRect();
    this.menu.open(items, anchor ?? cell);
  },

  onHover(event) {
    if (event.pointerType === "touch" || event.buttons) return;
    clearTimeout(this.hovering);
    if (this.hovered && this.callout.covers(event)) return; // on the way to the callout's button
    const { x, y } = this.restedAt ?? { x: -99, y: -99 };
    if (Math.hypot(event.clientX - x, event.clientY - y) < 4) return;
    this.restedAt = null;
    const place = this.view.placeOf(event.target);
    const same = place && this.hovered && place.i === this.hovered.i && place.j === this.hovered.j;
    if (!same) this.hovering = setTimeout(() => this.hover(place), 300);
  },

  unhover(event) {
    clearTimeout(this.hovering);
    if (event && this.callout.covers(event)) return;
    this.hovering = setTimeout(() => this.hover(null), 160);
  },

  // Whoever types or clicks is no longer pointing at something.
  forgetHover(event = null) {
    if (event) this.restedAt = { x: event.clientX, y: event.clientY };
    clearTimeout(this.hovering);
    this.hovered = null;
  },

  hover(place) {
    this.hovered = place;
    this.drawCallout();
  },

  // Beside the cell under the pointer, if there is something to say of it, or else beside the focused one.
  drawCallout() {
    if (this.editor.open || this.menu.shown || this.waiting) {
      this.callout.hide();
      return;
    }
    const { top, bottom, left, right } = this.box;
    const focused = this.inTable() && top === bottom && left === right ? this.focus : null;
    const place = [this.hovered, focused].find(candidate => candidate && this.worthSaying(candidate));
    const cell = place && this.view.cell(place.i, place.j);
    const anchor = cell?.getBoundingClientRect();
    if (!cell || !this.view.inSight(anchor)) {
      this.callout.hide();
      return;
    }
    const whole =
      place === this.hovered && this.isCut(place) ? this.view.whole(place.i, place.j).slice(0, 2000) : "";
    this.callout.say(
      {
        issues: this.view.issues(place.i, place.j),
        whole,
        usable: this.editable(place.i, place.j),
        place,
        hovered: place === this.hovered,
      },
      anchor,
    );
  },

  worthSaying(place) {
    return this.view.issues(place.i, place.j).length > 0 || (place === this.hovered && this.isCut(place));
  },

  isCut({ i, j }) {
    const text = this.view.shown[i]?.cells[j]?.text;
    return (
      Boolean(text) &&
      (text.scrollWidth > text.clientWidth || this.view.cell(i, j).hasAttribute("data-lines"))
    );
  },
};
