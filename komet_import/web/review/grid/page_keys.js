// Keys of the page around the grid. Each does what a click on the page does, so nothing is done by a key that no
// button shows, and nothing at all behind a dialog.

const SEARCH = '[class*="st-key-search-"] input';
const LIST = ".st-key-show-keys button";
export const IMPORT = ".st-key-import button";
export const CONFIRM = ".st-key-confirm-and-import button"; // in the dialog that asks before an import

// Whether the key was one of these, and was used.
export function pageKey(event) {
  const { key, shiftKey, altKey } = event;
  const control = event.ctrlKey || event.metaKey;
  const dialog = document.querySelector('[role="dialog"]');
  const within = event.composedPath()[0];
  if (altKey || event.repeat || within.closest?.(".editor")) return false; // a cell that is typed is not done
  if (control && key === "Enter" && !shiftKey) return dialog ? press(CONFIRM) : open(IMPORT, within);
  const writing = within.closest?.("input, textarea, [contenteditable]");
  if (control || dialog || writing) return false;
  if (key === "/") return focus(SEARCH);
  return key === "?" && open(LIST, within);
}

let watching; // the one that waits for a dialog to close

// Press what may open a dialog: when that is closed, whoever was on a cell is there again. The dialog itself gives
// the focus back to what had it on the page, and a cell is within the grid. Nobody waits for a cell that is gone.
function open(button, cell) {
  let opened = false;
  watching?.disconnect();
  watching = new MutationObserver(() => {
    const dialog = Boolean(document.querySelector('[role="dialog"]'));
    opened ||= dialog;
    if (cell.isConnected && (!opened || dialog)) return;
    watching.disconnect();
    setTimeout(() => document.activeElement === document.body && cell.focus());
  });
  watching.observe(document.body, { childList: true, subtree: true });
  return press(button);
}

function press(button) {
  const found = document.querySelector(button);
  found?.click();
  return Boolean(found);
}

function focus(field) {
  const found = document.querySelector(field);
  found?.focus();
  found?.select();
  return Boolean(found);
}
