// Rows from the clipboard become a text file of the page's own uploader: they so go the way of every file, with
// its limits and its sentences. A message of the page could hold no more than a megabyte of them.

const NAME = "Pasted rows.txt";
const UPLOADER = '[data-testid="stFileUploader"] input[type="file"]';
const AGAIN = 100; // milliseconds

// One that makes room for another stands there for a moment still, and what is given to it is gone.
const live = input => !input.disabled && !input.closest('[data-stale="true"]');

// Excel puts tabs between cells: said as Excel itself says it, so that no comma in a text is taken for one.
export function fileText(text) {
  return text.includes("\t") && !/^sep=/i.test(text) ? `sep=\t\n${text}` : text;
}

export default function mount({ data, parentElement }) {
  const field = parentElement.querySelector("textarea");
  const button = parentElement.querySelector("button");
  field.ariaLabel = data.rows;
  button.textContent = data.read;
  parentElement.querySelector(".paste").hidden = false;
  const draw = () => {
    button.disabled = !field.value.trim();
  };
  field.oninput = draw;
  const give = () => {
    if (!field.isConnected) return; // on another page by now
    const input = [...document.querySelectorAll(UPLOADER)].find(live);
    if (!input) return setTimeout(give, AGAIN);
    const held = new DataTransfer();
    held.items.add(new File([fileText(field.value)], NAME, { type: "text/plain" }));
    input.files = held.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  button.onclick = () => {
    button.disabled = true; // until the page has read it, or says why not
    give();
  };
  draw();
  // Whoever opened it has the rows in the clipboard and presses Ctrl+V next.
  if (field.dataset.met) return;
  field.dataset.met = "yes";
  new IntersectionObserver(([seen], watching) => {
    if (!seen.isIntersecting) return;
    watching.disconnect();
    field.focus();
  }).observe(field);
}
