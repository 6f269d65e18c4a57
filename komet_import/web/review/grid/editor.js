// The field in which a cell is typed. It lies over the cell instead of inside it, so that no update of the
// table can take it away; a textarea, because a cell may hold line ends that a plain field would drop.

import { element, setAttribute } from "./elements.js";

export class Editor {
  constructor({ view, commit, typed, key, closed }) {
    this.view = view;
    this.typed = typed;
    this.key = key;
    this.commit = commit;
    this.closed = closed;
    this.input = element("textarea", {
      rows: "1",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      wrap: "off",
    });
    this.pick = element("button", { type: "button", class: "pick", tabindex: "-1", hidden: true });
    this.box = element("div", { class: "editor", hidden: true }, this.input, this.pick);
    this.view.sheet.append(this.box);
    this.target = null;
    this.input.oninput = () => {
      this.grow();
      this.typed(this.input.value);
    };
    this.input.onkeydown = event => {
      event.stopPropagation();
      if (!event.isComposing) this.key(event);
    };
    this.input.onblur = () => {
      // the window may lose the focus without the field losing it inside the page
      if (this.target && this.input.getRootNode().activeElement !== this.input) this.finish();
    };
  }

  get open() {
    return this.target !== null;
  }

  // `target` is {row, column, before}; `mode` is "enter" (arrows leave the cell) or "edit" (they do not).
  start(target, { mode, text, label, describedBy, kind }) {
    this.target = target;
    this.mode = mode;
    this.box.hidden = false;
    setAttribute(this.box, "data-kind", kind);
    setAttribute(this.input, "aria-label", label);
    setAttribute(this.input, "aria-describedby", describedBy);
    setAttribute(this.input, "inputmode", kind === "amount" ? "decimal" : null);
    this.input.value = text;
    this.place();
    this.input.focus({ preventScroll: true });
    this.input.setSelectionRange(text.length, text.length);
  }

  place() {
    const i = this.view.indexOfRow(this.target.row);
    const j = this.view.indexOfColumn(this.target.column);
    const cell = this.view.cell(i, j);
    if (!cell) return; // the row went elsewhere; the field stays where it was until it is left
    this.cellWidth = cell.offsetWidth;
    Object.assign(this.box.style, {
      left: `${cell.offsetLeft}px`,
      top: `${cell.offsetTop}px`,
      minWidth: `${cell.offsetWidth}px`,
    });
    this.grow();
  }

  grow() {
    const lines = this.input.value.split("\n").length;
    this.box.style.width = "0";
    const wanted = this.input.scrollWidth + (this.pick.hidden ? 4 : 30);
    this.box.style.width = `${Math.min(Math.max(wanted, this.box.offsetWidth), 460)}px`;
    this.input.wrap = wanted > 460 || lines > 1 ? "soft" : "off";
    this.box.style.height = this.box.style.minHeight = "";
    const row = this.view.shown[0]?.line.offsetHeight ?? 30;
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = this.view.scroll;
    const room = Math.min(220, clientHeight - this.view.headRow.offsetHeight - 4);
    this.box.style.height = `${Math.max(row, Math.min(this.input.scrollHeight + 2, room))}px`;
    // a field that outgrows its cell at the frame's edge grows to the other side
    if (this.box.offsetHeight > row) this.pull("top", scrollTop + clientHeight - this.box.offsetHeight - 3);
    if (wanted > this.cellWidth) this.pull("left", scrollLeft + clientWidth - this.box.offsetWidth - 3);
  }

  pull(side, most) {
    if (parseFloat(this.box.style[side]) > most) this.box.style[side] = `${Math.max(0, most)}px`;
  }

  // A key that was pressed while the page was still being turned.
  replay(item) {
    if (item.paste !== undefined) this.insert(item.paste);
    else if (item.key.length === 1 && !item.ctrlKey && !item.metaKey && !item.altKey) this.insert(item.key);
    else if (item.key === "Backspace") {
      const at = this.input.selectionStart;
      if (at === this.input.selectionEnd && at > 0) this.input.setRangeText("", at - 1, at, "end");
      else this.input.setRangeText("");
      this.input.oninput();
    } else this.key(item);
  }

  insert(text) {
    this.input.setRangeText(text, this.input.selectionStart, this.input.selectionEnd, "end");
    this.input.oninput();
  }

  replace(text) {
    this.input.value = text;
    this.input.setSelectionRange(text.length, text.length);
    this.grow();
  }

  finish(value = this.input.value) {
    const target = this.target;
    if (!target) return;
    this.shut();
    if (value !== target.before) this.commit(target, value);
  }

  shut() {
    this.target = null;
    this.box.hidden = true;
    this.closed();
  }
}
