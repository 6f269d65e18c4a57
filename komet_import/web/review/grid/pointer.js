// The pointer: choosing and dragging over cells, widths, a column's order, typing by a double click.

export class Pointer {
  // `edit` opens the field in the focused cell, `openMenu` the menu of the selection at a point.
  constructor({ root, view, places, pages, cursor, actions, typing, hover, openMenu }) {
    Object.assign(this, { root, view, places, pages, cursor, actions, typing, hover, openMenu });
  }

  inside(event) {
    return event.composedPath().includes(this.view.scroll);
  }

  down(event) {
    this.hover.forget(event);
    if (event.button > 0) return;
    const { target } = event;
    const grip = target.closest("[data-grip]");
    if (grip) {
      this.dragWidth(event, Number(grip.dataset.grip));
      return;
    }
    if (target.closest(".editor")) return;
    if (this.pages.turning) {
      event.preventDefault();
      return;
    }
    if (target.closest(".sort")) {
      this.actions.cycleSort(Number(target.closest("[data-head]").dataset.head));
      return;
    }
    this.typing.finish();
    if (!this.choose(event)) return;
    if (event.pointerType !== "touch") event.preventDefault();
    if (!this.typing.open) this.cursor.take();
  }

  // Returns whether something that can be chosen lies under the pointer.
  choose(event) {
    const { target } = event;
    const last = { row: this.places.rows.length - 1, column: this.places.columns.length - 1 };
    const head = target.closest("[data-head]");
    const rowHead = target.closest("[data-row-head]");
    if (head && last.row >= 0) {
      const j = Number(head.dataset.head);
      this.cursor.selectBox({ top: 0, left: j, bottom: last.row, right: j });
    } else if (target.closest("[data-select-all]") && last.row >= 0) {
      this.cursor.selectBox({ top: 0, left: 0, bottom: last.row, right: last.column });
    } else if (rowHead) this.chooseRow(event, rowHead.parentNode.sectionRowIndex, last.column);
    else return this.chooseCell(event);
    return true;
  }

  chooseRow(event, i, lastColumn) {
    if (event.target.closest("[data-toggle]")) {
      this.actions.toggleRow(i);
      return;
    }
    const top = event.shiftKey ? this.places.anchor.i : i;
    this.cursor.selectBox({ top, left: 0, bottom: i, right: lastColumn });
    this.dragSelection(event, true);
  }

  chooseCell(event) {
    const place = this.view.placeOf(event.target);
    if (!place) return false;
    const again = this.places.isFocus(place) && this.cursor.inTable();
    this.cursor.moveTo(place.i, place.j, { extend: event.shiftKey });
    if (event.pointerType !== "touch") this.dragSelection(event, false);
    else if (again) this.editAfter(event);
    return true;
  }

  // A second tap on the focused cell types in it; a tap that became a scroll does not.
  editAfter(event) {
    const done = up => {
      if (Math.hypot(up.clientX - event.clientX, up.clientY - event.clientY) < 8) this.typing.edit("edit");
    };
    event.target.addEventListener("pointerup", done, { once: true });
    event.target.addEventListener(
      "pointercancel",
      () => event.target.removeEventListener("pointerup", done),
      { once: true },
    );
  }

  dragSelection(event, wholeRows) {
    let point = event;
    const reach = () => {
      this.scrollAtEdge(point);
      const hit = this.root.getRootNode().elementFromPoint(point.clientX, point.clientY);
      const place = this.placeAt(hit);
      if (!place) return;
      const { anchor, columns } = this.places;
      if (wholeRows) this.cursor.select({ i: place.i, j: 0 }, { i: anchor.i, j: columns.length - 1 });
      else this.cursor.select({ i: place.i, j: Math.max(0, place.j) }, anchor);
    };
    const timer = setInterval(() => point !== event && reach(), 60);
    untilReleased({
      moved: at => {
        point = at;
        reach();
      },
      ended: () => {
        clearInterval(timer);
        if (!this.typing.open) this.cursor.take();
      },
    });
  }

  scrollAtEdge({ clientX, clientY }) {
    const { scroll } = this.view;
    const box = scroll.getBoundingClientRect();
    if (clientY > box.bottom - 16) scroll.scrollTop += 24;
    else if (clientY < box.top + 40) scroll.scrollTop -= 24;
    if (clientX > box.right - 16) scroll.scrollLeft += 24;
    else if (clientX < box.left + 70) scroll.scrollLeft -= 24;
  }

  // The place of a cell, or of the first cell in the row of a row number.
  placeAt(node) {
    const head = node?.closest?.("[data-row-head]");
    return this.view.placeOf(node) ?? (head ? { i: head.parentNode.sectionRowIndex, j: 0 } : null);
  }

  dragWidth(event, j) {
    event.preventDefault();
    const { widths } = this.view;
    const from = widths.pixels[j] - event.clientX;
    untilReleased({
      moved: at => {
        widths.resize(j, from + at.clientX, this.places.rows);
        this.cursor.drawRange();
      },
      ended: () => widths.keep(),
    });
  }

  doubleClick(event) {
    const grip = event.target.closest("[data-grip]");
    if (grip) {
      const j = Number(grip.dataset.grip);
      const { widths } = this.view;
      widths.resize(j, widths.fitting(j, this.places.rows), this.places.rows);
      widths.keep();
    } else if (this.view.placeOf(event.target) && !this.pages.turning) this.typing.edit("edit");
  }

  contextMenu(event) {
    const place = this.placeAt(event.target);
    if (!place || event.target.closest(".editor")) return;
    event.preventDefault();
    if (!this.places.covers(place)) this.cursor.moveTo(place.i, place.j);
    // A cell at the edge is scrolled into view, which is heard before the next frame and would shut the menu.
    const { clientX: x, clientY: y } = event;
    requestAnimationFrame(() => this.openMenu({ left: x, right: x, top: y, bottom: y }));
  }
}

// Hears of the pointer, wherever it is on the page, until its button is released.
function untilReleased({ moved, ended }) {
  const ending = new AbortController();
  const { signal } = ending;
  const end = () => {
    ending.abort();
    ended();
  };
  document.addEventListener("pointermove", moved, { signal });
  document.addEventListener("pointerup", end, { signal });
  document.addEventListener("pointercancel", end, { signal });
}
