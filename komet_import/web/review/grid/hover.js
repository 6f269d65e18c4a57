// The callout: what is to be said of the cell under the pointer, or else of the focused one.

export class Hover {
  // `busy` tells whether something else is going on, so that nothing is said; `focused` gives the place of
  // the cell that has the focus alone, or null.
  constructor({ view, places, callout, busy, focused }) {
    Object.assign(this, { view, places, callout, busy, focused });
    this.over = null; // the place under the pointer
  }

  moved(event) {
    if (event.pointerType === "touch" || event.buttons) return;
    clearTimeout(this.timer);
    if (this.over && this.callout.covers(event)) return; // on the way to the callout's button
    const { x, y } = this.restedAt ?? { x: -99, y: -99 };
    if (Math.hypot(event.clientX - x, event.clientY - y) < 4) return;
    this.restedAt = null;
    const place = this.view.placeOf(event.target);
    const same = place && this.over && place.i === this.over.i && place.j === this.over.j;
    if (!same) this.timer = setTimeout(() => this.rest(place), 300);
  }

  // The pointer is somewhere else on the page.
  left(event) {
    if (!this.over) return;
    clearTimeout(this.timer);
    if (this.callout.covers(event)) return;
    this.timer = setTimeout(() => this.rest(null), 160);
  }

  // Whoever types or clicks is no longer pointing at something.
  forget(event = null) {
    if (event) this.restedAt = { x: event.clientX, y: event.clientY };
    clearTimeout(this.timer);
    this.over = null;
  }

  hush() {
    this.callout.hide();
  }

  rest(place) {
    this.over = place;
    this.draw();
  }

  draw() {
    const place = this.busy() ? null : this.place();
    const cell = place && this.view.cell(place.i, place.j);
    const anchor = cell?.getBoundingClientRect();
    if (!cell || !this.view.inSight(anchor)) {
      this.callout.hide();
      return;
    }
    const hovered = place === this.over;
    this.callout.say(
      {
        issues: this.view.issues(place.i, place.j),
        whole: hovered && this.isCut(place) ? this.view.whole(place.i, place.j).slice(0, 2000) : "",
        usable: this.places.editable(place.i, place.j),
        place,
        hovered,
      },
      anchor,
    );
  }

  place() {
    return [this.over, this.focused()].find(candidate => candidate && this.worthSaying(candidate)) ?? null;
  }

  worthSaying(place) {
    return this.view.issues(place.i, place.j).length > 0 || (place === this.over && this.isCut(place));
  }

  isCut({ i, j }) {
    const text = this.view.shown[i]?.cells[j]?.text;
    return (
      Boolean(text) &&
      (text.scrollWidth > text.clientWidth || this.view.cell(i, j).hasAttribute("data-lines"))
    );
  }
}
