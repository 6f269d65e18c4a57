// A page as far as the grid asks for one: elements, the focus, events. A cell lies where its row and column say,
// each 100 pixels wide and 30 high; everything else fills the frame.

const FRAME = { left: 0, top: 0, right: 900, bottom: 600, width: 900, height: 600 };
const SELECTOR = /([\w-]+)?((?:\.[\w-]+)*)((?:\[[^\]]+\])*)/;

class Listening {
  listeners = [];
  addEventListener(name, act, { signal, once = false, capture = false } = {}) {
    const listener = { name, act, once, capture };
    this.listeners.push(listener);
    signal?.addEventListener("abort", () => this.leave(listener));
  }
  removeEventListener(name, act) {
    for (const each of this.listeners) if (each.name === name && each.act === act) this.leave(each);
  }
  leave(listener) {
    this.listeners = this.listeners.filter(each => each !== listener);
  }
  hear(event, capture) {
    for (const listener of this.listeners) {
      if (listener.name !== event.type || listener.capture !== capture) continue;
      if (listener.once) this.leave(listener);
      listener.act(event);
    }
    if (!capture) this[`on${event.type}`]?.(event);
  }
  dispatchEvent(event) {
    this.hear(event, false);
  }
}

class Element extends Listening {
  attributes = new Map();
  childNodes = []; // elements and texts
  parentNode = null;
  style = { setProperty: (name, value) => Object.assign(this.style, { [name]: value }) };
  dataset = new Proxy(this, {
    get: (_, name) =>
      this.getAttribute(`data-${name.replace(/[A-Z]/g, c => `-${c.toLowerCase()}`)}`) ?? undefined,
  });
  value = "";
  scrollTop = 0;
  scrollLeft = 0;
  offsetWidth = 100;
  offsetHeight = 30;
  clientWidth = FRAME.width;
  clientHeight = FRAME.height;
  scrollWidth = 0;
  scrollHeight = 0;

  constructor(tag, page) {
    super();
    Object.assign(this, { tag, page });
    for (const name of ["hidden", "disabled"])
      Object.defineProperty(this, name, {
        get: () => this.hasAttribute(name),
        set: on => (on ? this.setAttribute(name, "") : this.removeAttribute(name)),
      });
  }

  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  }
  hasAttribute(name) {
    return this.attributes.has(name);
  }
  setAttribute(name, value) {
    this.attributes.set(name, String(value));
  }
  removeAttribute(name) {
    this.attributes.delete(name);
  }

  get children() {
    return this.childNodes.filter(child => child instanceof Element);
  }
  get firstChild() {
    return this.childNodes[0] ?? null;
  }
  get lastChild() {
    return this.childNodes.at(-1) ?? null;
  }
  get textContent() {
    return this.childNodes.map(child => child.textContent ?? child).join("");
  }
  set textContent(text) {
    this.replaceChildren(...(text === "" ? [] : [String(text)]));
  }
  append(...nodes) {
    for (const node of nodes) {
      const several = node.tag === "#fragment" ? node.childNodes.splice(0) : [node];
      for (const each of several) {
        each.remove?.();
        if (each instanceof Element) each.parentNode = this;
        this.childNodes.push(each);
      }
    }
  }
  replaceChildren(...nodes) {
    for (const child of [...this.children]) child.remove();
    this.childNodes = [];
    this.append(...nodes);
  }
  remove() {
    if (this.contains(this.page.activeElement)) this.page.activeElement = this.page.body;
    const { parentNode } = this;
    if (parentNode) parentNode.childNodes = parentNode.childNodes.filter(child => child !== this);
    this.parentNode = null;
  }
  get path() {
    return [this, ...(this.parentNode?.path ?? [])];
  }
  get all() {
    return this.children.flatMap(child => [child, ...child.all]);
  }
  contains(node) {
    return Boolean(node) && node.path.includes(this);
  }
  get isConnected() {
    return this.page.body.contains(this);
  }
  getRootNode() {
    return this.page;
  }
  get cellIndex() {
    return this.parentNode.children.indexOf(this);
  }
  get sectionRowIndex() {
    return this.parentNode.children.indexOf(this);
  }

  matches(selectors) {
    return selectors.split(",").some(selector => {
      const [, tag, classes, attributes] = SELECTOR.exec(selector.trim());
      const own = (this.getAttribute("class") ?? "").split(" ");
      const has = [...attributes.matchAll(/\[([\w-]+)(?:="?([^"\]]*)"?)?\]/g)];
      return (
        (!tag || tag === this.tag) &&
        classes.split(".").every(name => !name || own.includes(name)) &&
        has.every(([, name, text]) => (text ?? this.getAttribute(name)) === this.getAttribute(name)) &&
        has.every(([, name]) => this.hasAttribute(name))
      );
    });
  }
  closest(selectors) {
    return this.path.find(node => node.matches(selectors)) ?? null;
  }
  querySelectorAll(selectors) {
    return this.all.filter(node => node.matches(selectors));
  }
  querySelector(selectors) {
    return this.querySelectorAll(selectors)[0] ?? null;
  }

  get offsetLeft() {
    return this.tag === "td" ? this.cellIndex * 100 : 0;
  }
  get offsetTop() {
    return this.tag === "td" ? (this.parentNode.sectionRowIndex + 1) * 30 : 0;
  }
  getBoundingClientRect() {
    if (this.tag === "th") return { ...FRAME, right: 100, bottom: 30 };
    if (this.tag !== "td") return FRAME;
    const [left, top] = [this.offsetLeft, this.offsetTop];
    return { left, top, right: left + 100, bottom: top + 30, width: 100, height: 30 };
  }
  scrollIntoView() {}
  showPopover() {}
  hidePopover() {}
  getContext() {
    return { measureText: text => ({ width: 8 * text.length }) };
  }

  // What the browser does around the `act` of a person.
  fire(type, details = {}) {
    const path = [...this.path, this.page];
    let stopped = false;
    const event = {
      type,
      target: this,
      clientX: this.offsetLeft + 50,
      clientY: this.offsetTop + 15,
      button: 0,
      buttons: 0,
      pointerType: "mouse",
      defaultPrevented: false,
      preventDefault() {
        event.defaultPrevented = true;
      },
      stopPropagation() {
        stopped = true;
      },
      composedPath: () => path,
      ...details,
    };
    for (const node of path.toReversed()) node.hear(event, true);
    for (const node of path) if (!stopped) node.hear(event, false);
    return event;
  }
  focus() {
    const before = this.page.activeElement;
    if (before === this) return;
    this.page.activeElement = this;
    before.onblur?.({});
    before.fire("focusout", { relatedTarget: this });
    this.fire("focusin");
  }
  blur() {
    this.page.body.focus();
  }
  click() {
    if (!this.disabled) this.fire("click");
  }

  setSelectionRange(start, end) {
    Object.assign(this, { selectionStart: start, selectionEnd: end });
  }
  setRangeText(text, start = this.selectionStart, end = this.selectionEnd) {
    this.value = this.value.slice(0, start) + text + this.value.slice(end);
    this.setSelectionRange(start + text.length, start + text.length);
  }
}

class Page extends Listening {
  hidden = false;
  documentElement = { clientWidth: FRAME.width, clientHeight: FRAME.height };
  body = new Element("body", this);
  activeElement = this.body;
  watching = new Set(); // who waits for changes of it
  changed() {
    for (const each of this.watching) each.changed();
  }
  createElement(tag) {
    return new Element(tag, this);
  }
  createDocumentFragment() {
    return this.createElement("#fragment");
  }
  querySelector(selectors) {
    return this.body.querySelector(selectors);
  }
}

class Storage {
  kept = new Map();
  getItem(key) {
    return this.kept.get(key) ?? null;
  }
  setItem(key, text) {
    this.kept.set(key, text);
  }
  removeItem(key) {
    this.kept.delete(key);
  }
}

// A page for a test, gone after it. Its time goes on by `t.mock.timers.tick`.
export function pageFor(t) {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  const page = new Page();
  const made = {
    document: page,
    window: new Listening(),
    localStorage: new Storage(),
    sessionStorage: new Storage(),
    ResizeObserver: class {
      observe() {}
      disconnect() {}
    },
    MutationObserver: class {
      constructor(changed) {
        this.changed = changed;
      }
      observe() {
        page.watching.add(this);
      }
      disconnect() {
        page.watching.delete(this);
      }
    },
    CustomEvent: class {
      constructor(type) {
        this.type = type;
      }
    },
    getComputedStyle: () => ({ fontSize: "14px", fontFamily: "sans" }),
    requestAnimationFrame: act => act(),
  };
  const before = Object.keys(made).map(name => [name, globalThis[name]]);
  Object.assign(globalThis, made);
  t.after(() => Object.assign(globalThis, Object.fromEntries(before)));
  return page;
}
