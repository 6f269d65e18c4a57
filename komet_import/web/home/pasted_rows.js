// Rows from the clipboard become a text file of the page's own uploader: they so go the way of every file, with
// its limits and its sentences. A message of the page could hold no more than a megabyte of them.

const NAME = "Pasted rows.txt";
const UPLOADER = '[data-testid="stFileUploader"] input[type="file"]';

// Excel puts tabs between cells: said as Excel itself says it, so that no comma in a text is taken for one.
export function fileText(text) {
  return text.includes("\t") && !/^sep=/i.test(text) ? `sep=\t\n${text}` : text;
}

export default function mount({ data, parentElement }) {
  const field = parentElement.querySelector("textarea");
  const button = parentElement.querySelector("button");
  field.ariaLabel = data.rows;
  button.textContent = data.read;
  const draw = () => {
    button.disabled = !field.value.trim();
  };
  field.oninput = draw;
  button.onclick = () => {
    const input = document.querySelector(UPLOADER);
    if (!input || !field.value.trim()) return;
    const held = new DataTransfer();
    held.items.add(new File([fileText(field.value)], NAME, { type: "text/plain" }));
    input.files = held.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    button.disabled = true; // until the page has read it, or says why not
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
