// Ctrl+Enter in a field of the page: Streamlit hears a button's keys only where nobody is in a field, and whoever has
// just chosen an answer is in one.

const CONFIRM = ".st-key-reading-confirm button";
const FIELD = "input, textarea, [contenteditable]";

// Press the button, where the key is meant for it and Streamlit does not hear it. A list that is open is chosen from.
export function confirmKey(event) {
  const field = event.target.closest?.(FIELD);
  if (
    event.key !== "Enter" ||
    !(event.ctrlKey || event.metaKey) ||
    event.shiftKey ||
    event.altKey ||
    event.repeat
  )
    return;
  if (!field || field.ariaExpanded === "true" || document.querySelector('[role="dialog"]')) return;
  document.querySelector(CONFIRM)?.click();
}

export default function mount() {
  document.addEventListener("keydown", confirmKey);
  return () => document.removeEventListener("keydown", confirmKey);
}
