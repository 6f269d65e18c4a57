// A page of jsdom, which draws nothing: here a cell lies where its row and column say, each 100 pixels wide and
// 30 high, and everything else fills the frame.

import assert from "node:assert/strict";

import { JSDOM, VirtualConsole } from "jsdom";

const FRAME = { left: 0, top: 0, right: 900, bottom: 600, width: 900, height: 600 };
const CELL = { width: 100, height: 30 };
const OF_THE_PAGE = [
  "document",
  "localStorage",
  "sessionStorage",
  "MutationObserver",
  "CustomEvent",
  "AbortController",
];

const placeOf = cell => ({
  left: cell.cellIndex * CELL.width,
  top: (cell.parentNode.sectionRowIndex + 1) * CELL.height,
});

// What belongs to the layout, or to what stands above it, which jsdom does not have.
const LAYOUT = {
  offsetWidth: { get: () => CELL.width },
  offsetHeight: { get: () => CELL.height },
  clientWidth: { get: () => FRAME.width },
  clientHeight: { get: () => FRAME.height },
  offsetLeft: {
    get() {
      return this.localName === "td" ? placeOf(this).left : 0;
    },
  },
  offsetTop: {
    get() {
      return this.localName === "td" ? placeOf(this).top : 0;
    },
  },
  getBoundingClientRect: {
    value() {
      if (this.localName === "th") return { ...FRAME, right: CELL.width, bottom: CELL.height };
      if (this.localName !== "td") return FRAME;
      const { left, top } = placeOf(this);
      return { left, top, right: left + CELL.width, bottom: top + CELL.height, ...CELL };
    },
  },
  scrollIntoView: { value() {} },
  showPopover: {
    value() {
      this.style.display = "block";
    },
  },
  hidePopover: {
    value() {
      this.style.display = "";
    },
  },
};

// A page for a test, gone after it. Its time goes on by `t.mock.timers.tick`.
export function pageFor(t) {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  const thrown = [];
  const virtualConsole = new VirtualConsole().on("jsdomError", wrong => thrown.push(wrong.message));
  const { window } = new JSDOM("<!doctype html><style>* { font: 14px sans }</style><body tabindex='-1'>", {
    url: "http://127.0.0.1/review",
    pretendToBeVisual: true, // somebody looks at it
    virtualConsole,
  });
  for (const [name, found] of Object.entries(LAYOUT))
    Object.defineProperty(window.HTMLElement.prototype, name, { configurable: true, ...found });
  window.HTMLCanvasElement.prototype.getContext = () => ({
    measureText: text => ({ width: 8 * text.length }),
  });
  const made = {
    window,
    ...Object.fromEntries(OF_THE_PAGE.map(name => [name, window[name]])),
    getComputedStyle: node => window.getComputedStyle(node),
    requestAnimationFrame: act => act(),
    ResizeObserver: class {
      observe() {}
      disconnect() {}
    },
  };
  const before = Object.keys(made).map(name => [name, globalThis[name]]);
  Object.assign(globalThis, made);
  t.after(() => {
    Object.assign(globalThis, Object.fromEntries(before));
    window.close();
    assert.deepEqual(thrown, []); // what nothing catches in an answer to an event
  });
  return window.document;
}

// An element of another size than all others have.
export function measure(node, sizes) {
  for (const [name, value] of Object.entries(sizes))
    Object.defineProperty(node, name, { configurable: true, value });
}

// What a person does there, as the browser tells it.
export function fire(node, type, { clipboardData, ...details } = {}) {
  const window = node.ownerDocument.defaultView;
  const kind = type.startsWith("key")
    ? window.KeyboardEvent
    : type.startsWith("pointer")
      ? window.PointerEvent
      : window.MouseEvent;
  const middle = { clientX: node.offsetLeft + CELL.width / 2, clientY: node.offsetTop + CELL.height / 2 };
  const event = new kind(type, {
    bubbles: true,
    cancelable: true,
    composed: true,
    pointerType: "mouse",
    ...middle,
    ...details,
  });
  if (clipboardData) Object.assign(event, { clipboardData });
  node.dispatchEvent(event);
  return event;
}
