// A click in the moment in which the connection is cut goes nowhere: Streamlit sends it into a socket that is
// dead already, and asks for nothing once it has another. So the page keeps in mind what was clicked last, and
// says it when the connection is back: the server knows whether it came. Then the page is drawn anew in any case,
// as it is by now: what was chosen or typed meanwhile comes along, and a new server gets to know it.

const APP = '[data-testid="stApp"]';
const CONNECTION = "data-test-connection-state";
const RUN = "data-test-script-state";
const SENDING = ':is([data-testid="stButton"], [data-testid="stFormSubmitButton"]) button';
const FIELD = '[data-testid="stForm"] input';
const MOST_LETTERS = 80; // of the words of a button
const MOST_TIMES = 5; // that something is told
const SOON = 300; // milliseconds, in which what a run has drawn is there
const OFTEN = 100; // milliseconds between looks at whether Streamlit has opened its dialog

export class Connection {
  // `now` gives milliseconds; not those that the page was awake, for a closed laptop goes on without them.
  constructor(now = Date.now) {
    this.now = now;
    this.click = null; // the last one: its words, when it was, and whether the server has run since
    this.cut = false;
    this.cutAt = 0;
    this.backAt = 0;
    this.told = 0; // how often that was
  }

  clicked(words) {
    this.click = { words, at: this.now(), begun: false };
    this.told = 0;
  }

  ran() {
    if (this.click && !this.told) this.click.begun = true;
  }

  // Whether it is there; what is to be told where it is back.
  is(connected) {
    const back = this.cut && connected;
    if (!connected && !this.cut) this.cutAt = this.now();
    this.cut = !connected;
    if (!back) return null;
    this.backAt = this.now();
    return this.click ? this.tell() : {};
  }

  tell() {
    this.told += 1;
    const { words, at, begun } = this.click;
    return { clicked: words, at, ago: (this.backAt - at) / 1000, before: (this.cutAt - at) / 1000, begun };
  }

  // The server has heard of the click that was made at that time, and has said what is to be said.
  heard(at) {
    if (this.click?.at === at) this.click = null;
  }

  // What is to be told once more after a run in which the server did not hear it, since another one came between.
  again() {
    return this.click && this.told && this.told < MOST_TIMES && !this.cut ? this.tell() : null;
  }
}

// The words of a button without its icon, which is a word of its own.
function words(button) {
  const said = button.querySelector('[data-testid="stMarkdownContainer"]') ?? button;
  const copy = said.cloneNode(true);
  for (const icon of copy.querySelectorAll('[data-testid="stIconMaterial"]')) icon.remove();
  return copy.textContent.trim().slice(0, MOST_LETTERS);
}

// Streamlit's own dialog, which it opens while its server is away, speaks of Streamlit and of terminals to people
// who know neither: it says our words in their place. Texts are changed, not elements: those are React's.
export function reword([title, said], page = document) {
  for (const heading of page.querySelectorAll('[role="dialog"] > h2')) {
    const [told, ...others] = heading.nextElementSibling?.children ?? [];
    const known = heading.textContent === title;
    if (!told || (!known && heading.textContent !== "Connection error")) continue;
    if (!known) heading.firstChild.nodeValue = title;
    if (told.textContent === said) continue;
    const texts = page.createTreeWalker(told, 4); // NodeFilter.SHOW_TEXT
    for (let next = said; texts.nextNode(); next = "") texts.currentNode.nodeValue = next;
    for (const other of others) other.style.display = "none";
  }
}

let away = null; // our words for it, title and sentence
let watching = null; // what listens and what it knows: one for the app, however often the component is drawn
let tell = () => {};

function watch(app) {
  const connection = new Connection();
  const ending = new AbortController();
  const { signal } = ending;
  const hear = event => {
    const button = event.target.closest?.(SENDING);
    if (button && !button.disabled) connection.clicked(words(button));
  };
  const type = event => {
    if (event.key === "Enter" && event.target.matches?.(FIELD)) connection.clicked("");
  };
  document.addEventListener("click", hear, { capture: true, signal });
  document.addEventListener("keydown", type, { capture: true, signal });
  const runs = () => app.getAttribute(RUN) === "running";
  let running = runs();
  let looking; // again and again, while the connection is cut
  const tellAgain = () => {
    const unheard = runs() ? null : connection.again();
    if (unheard) tell(unheard);
  };
  const observer = new MutationObserver(() => {
    if (runs() && !running) connection.ran();
    if (!runs() && running) setTimeout(tellAgain, SOON);
    running = runs();
    const back = connection.is(app.getAttribute(CONNECTION) === "CONNECTED");
    if (back) tell(back);
    if (!connection.cut) looking = clearInterval(looking);
    else looking ??= setInterval(() => away && reword(away), OFTEN);
  });
  observer.observe(app, { attributeFilter: [CONNECTION, RUN] });
  signal.addEventListener("abort", () => {
    observer.disconnect();
    clearInterval(looking);
  });
  return { app, connection, end: () => ending.abort() };
}

const PRELOADED = 'link[rel="modulepreload"]';

// What notices are drawn with is fetched while nobody waits for one: Streamlit fetches it with the first, which
// on a slow line came after the next click, and seemed to say of that one that nothing was done.
export function fetchAhead(file, page = document) {
  const other = page.querySelector(PRELOADED);
  if (!file || !other || page.querySelector(`${PRELOADED}[href$="${file}"]`)) return;
  const link = page.createElement("link");
  link.rel = "modulepreload";
  link.crossOrigin = "anonymous";
  link.href = new URL(file, other.href).href;
  page.head.append(link);
}

// Drawn twice in a page: what tells, and after it what hears that this was heard. What listens stays, and what it
// knows: a page that is left is taken away before or after the next one is drawn, or for a while before the same
// one is drawn again, and a click between them is none the less one.
export default function mount({ setTriggerValue, data }) {
  if (data) {
    watching?.connection.heard(data.heard);
    away = data.away;
    fetchAhead(data.notices);
    return;
  }
  const app = document.querySelector(APP);
  tell = back => setTriggerValue("back", back);
  if (watching?.app !== app) {
    watching?.end();
    watching = app && watch(app);
  }
}
