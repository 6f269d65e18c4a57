// The review grid: what a person does becomes actions for the server, what the server says is drawn.
//
//   places.js     which cells are meant: the focused one and the selection
//   actions.js    what a person does to the sheet; queue.js what of it the server has not acknowledged yet, and
//                 the way to the server; unsaved.js says it in words
//   pages.js      the sheet's pages, and keys that are pressed while one is turned
//   keyboard.js   what keys do, on a cell; keys.js which command a key stands for; moves.js where they lead
//   typing.js     typing in a cell; editor.js its field; offers.js what may be chosen for its text
//   pointer.js    the pointer; hover.js what is said under it; cell_menu.js the menu of the selected cells
//   blocks.js     blocks of cells, copied and pasted; clipboard.js such a block as Excel's text
//   view.js       the table, drawn once and changed in place; lines.js its lines; widths.js its columns' widths
//   cursor.js     the focus and the selection on the screen
//   states.js     what a row is, in words; language.js tells words; elements.js makes and changes elements
//   differences.js  of what changes what is kept: the value so far, and the new one
//   popup.js      choices, menu, callout; calendar.js the days of a month
//   footer.js     message, notices, pager
//   surroundings.js  the page around: its room, its news, and when it is drawn anew
//   answers.js    what the server answers, drawn; listening.js what the grid hears of the browser
//   import_click.js  a click on Import, which comes after what was typed
//   mount.js      the way from Streamlit to a Grid
//
// The Grid makes these parts known to each other, and does what takes several of them.

import { Actions } from "./actions.js";
import { Answers } from "./answers.js";
import { Blocks } from "./blocks.js";
import { Calendar } from "./calendar.js";
import { CellMenu } from "./cell_menu.js";
import { Cursor } from "./cursor.js";
import { Editor } from "./editor.js";
import { element, setAttribute } from "./elements.js";
import { Footer } from "./footer.js";
import { Hover } from "./hover.js";
import { ImportClick } from "./import_click.js";
import { Keyboard } from "./keyboard.js";
import { tell } from "./language.js";
import { listen } from "./listening.js";
import { Moves } from "./moves.js";
import { Offers } from "./offers.js";
import { Pages } from "./pages.js";
import { Places } from "./places.js";
import { Pointer } from "./pointer.js";
import { Callout, Menu, OptionList } from "./popup.js";
import { Queue } from "./queue.js";
import { isOut } from "./states.js";
import { Surroundings } from "./surroundings.js";
import { Typing } from "./typing.js";
import { View } from "./view.js";

export class Grid {
  constructor(parent, batch) {
    this.makeSheet(batch, () => parent.activeElement ?? document.activeElement);
    this.makeTyping();
    this.makeHands();
    this.makeAnswers();
    this.start(parent);
  }

  // -- the parts -------------------------------------------------------------------------------------

  // What is seen of the sheet, and what is done to it.
  makeSheet(batch, active) {
    const shown = () => this.answers.data;
    this.view = new View();
    this.places = new Places({ shown });
    this.queue = new Queue({
      batch,
      heard: () => this.answers.heard,
      answered: data => this.answers.take(data),
      refused: status => this.answers.refused(status),
      given: (entry, sentence) => this.answers.givenBack(entry, sentence),
      stuck: sentence => this.answers.drawStuck(sentence),
      changed: () => this.answers.drawQueue(),
    });
    this.footer = new Footer({
      use: issue => this.use(this.places.focus, issue.suggestion),
      restore: row => this.actions.restore(row),
      turn: by => this.pages.turnBy(by, { row: "first" }),
      nextProblem: () => this.nextProblem(1),
      goTo: (row, column) => this.cursor.goTo(row, column),
      undo: again => {
        this.typing.finish();
        this.actions.undo(again);
      },
    });
    const { view, places, queue, footer } = this;
    this.cursor = new Cursor({
      view,
      places,
      footer,
      active,
      drawn: () => this.hover.draw(),
      resized: () => this.surroundings.fit(),
    });
    this.actions = new Actions({ queue, view, places, footer, shown, added: () => this.answers.drawAdded() });
    this.pages = new Pages({
      shown,
      places,
      add: action => this.actions.add(action),
      arrive: place => this.arrive(place),
      play: item => this.play(item),
      changed: () => this.answers.drawQueue(),
    });
    this.moves = new Moves({
      places,
      pages: this.pages,
      filled: (i, j) => view.value(i, j) !== "",
      stops: (i, j) => view.shown[i].cells[j].stops && !isOut(view.shown[i].state),
      screenful: () => view.rowsPerScreen(),
      go: (i, j, how) => this.cursor.moveTo(i, j, how),
    });
    this.blocks = new Blocks({
      view,
      footer,
      shown,
      box: () => places.box,
      editable: (i, j) => places.editable(i, j),
      select: (top, left, bottom, right) => this.cursor.selectBox({ top, left, bottom, right }),
      set: (cells, label) => this.actions.set(cells, label),
      add: (action, cells) => this.actions.add(action, cells),
    });
  }

  // The field of a cell, and all that floats beside one.
  makeTyping() {
    const { view, places, actions, moves, cursor, footer } = this;
    this.callout = new Callout({ use: (where, value) => this.use(where, value) });
    this.menu = new Menu({ closed: () => cursor.take() });
    this.hover = new Hover({
      view,
      places,
      callout: this.callout,
      busy: () => this.typing.open || this.menu.shown || this.pages.turning,
      focused: () => (cursor.inTable() && places.single ? places.focus : null),
    });
    const editor = new Editor({
      view,
      commit: (target, value) => this.typing.commit(target, value),
      typed: () => this.typing.typed(),
      key: event => this.typing.key(event),
      closed: () => this.typing.closed(),
    });
    const options = new OptionList({ choose: value => this.typing.take(value) });
    const calendar = new Calendar({ choose: value => this.typing.take(value) });
    const offers = new Offers({
      editor,
      options,
      calendar,
      column: () => places.columns.find(column => column.name === editor.target?.column),
      ask: (column, query) => {
        this.queue.add({ kind: "lookup", column, query });
        this.answers.drawQueue();
      },
      found: () => this.answers.data.lookup,
    });
    editor.pick.onmousedown = event => event.preventDefault();
    editor.pick.onclick = () => offers.show({ toggle: true });
    const ways = {
      nextProblem: direction => this.nextProblem(direction),
      useSuggestion: () => this.useFirst(),
      leave: () => this.keyboard.leaveNext(),
      play: item => this.keyboard.key(item),
    };
    const { hover } = this;
    this.typing = new Typing({ view, places, actions, moves, cursor, hover, footer, editor, offers, ways });
    this.root = element(
      "div",
      { class: "grid", style: `--blank: "${tell("blank")}"` },
      element("div", { class: "frame" }, view.scroll),
      footer.node,
      view.messages,
      options.node,
      calendar.node,
      this.callout.node,
      this.menu.node,
    );
  }

  // What a person has in hand: the pointer and the keys.
  makeHands() {
    const { root, view, places, pages, cursor, actions, typing, hover, moves, blocks, menu } = this;
    const useFirst = () => this.useFirst();
    this.cellMenu = new CellMenu({ view, places, actions, menu, useFirst });
    const openMenu = anchor => this.cellMenu.open(anchor);
    this.pointer = new Pointer({ root, view, places, pages, cursor, actions, typing, hover, openMenu });
    const ways = {
      nextProblem: direction => this.nextProblem(direction),
      useSuggestion: useFirst,
      openMenu: () => openMenu(),
    };
    const aside = [this.footer.node, menu.node];
    const parts = { places, moves, pages, actions, blocks, typing, cursor, hover };
    this.keyboard = new Keyboard({ ...parts, aside, ways });
  }

  makeAnswers() {
    const { root, view, places, footer, queue, pages, cursor, typing } = this;
    this.surroundings = new Surroundings({
      root,
      footer: footer.node,
      queue,
      shown: () => this.answers.state,
      refused: status => this.answers.refused(status),
      resized: () => view.widths.roomChanged(),
    });
    this.importClick = new ImportClick({ queue, footer });
    const { surroundings, importClick } = this;
    const parts = { root, view, places, footer, queue, pages, cursor, typing, surroundings, importClick };
    this.answers = new Answers(parts);
  }

  start(parent) {
    this.view.empty.textContent = tell("Loading the rows…");
    this.view.empty.hidden = false;
    setAttribute(this.root, "data-loading", "true");
    parent.append(this.root);
    if (this.queue.lost.length) {
      this.footer.notice({
        level: "warning",
        text: tell(
          "The last paste or undo before the page was left was not saved. Check the rows and do it again.",
        ),
      });
    }
    this.ending = new AbortController();
    const unsaved = () => this.queue.unsaved || this.typing.open;
    listen({ parent, ...this }, { signal: this.ending.signal, unsaved });
    this.surroundings.watch();
  }

  connect(data) {
    this.surroundings.connect(data);
    this.queue.connect({ url: data.url, look: data.look });
  }

  close() {
    this.queue.close();
    this.surroundings.close();
    this.ending.abort();
  }

  // -- what several parts do together ----------------------------------------------------------------

  use(place, suggestion) {
    if (!this.places.editable(place.i, place.j)) return;
    if (this.typing.open) this.typing.shut();
    this.hover.forget();
    this.actions.suggest(place, suggestion);
    this.cursor.take();
  }

  // Returns whether there is a suggestion for the focused cell.
  useFirst() {
    const { focus } = this.places;
    const issue = this.view
      .issues(focus.i, focus.j)
      .find(candidate => candidate.suggestion !== null && candidate.suggestion !== undefined);
    if (issue) this.use(focus, issue.suggestion);
    return Boolean(issue);
  }

  nextProblem(direction) {
    this.typing.finish();
    if (this.moves.problem(direction)) {
      this.cursor.take();
      return;
    }
    const { rows, named } = this.places;
    const from = rows.length ? [named.focus.row, named.focus.column] : [null, null];
    this.pages.wait({ kind: "next-problem", from, direction }, () => {
      if (!this.answers.obeyGoto() && this.answers.data.problems === 0)
        this.footer.say(tell("No problems left."));
      this.cursor.take();
    });
  }

  // On a page that was turned to.
  arrive({ row, column, extend }) {
    this.view.scroll.scrollTop = 0;
    this.cursor.moveTo(row === "last" ? this.places.rows.length - 1 : 0, column, { extend });
  }

  // A key or a paste that was kept while a page was turned.
  play(item) {
    if (this.typing.open) this.typing.replay(item);
    else if (item.paste !== undefined) this.blocks.paste(item.paste);
    else this.keyboard.key(item);
  }
}
