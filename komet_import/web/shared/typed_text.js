// Escape closes a popover or a dialog, and takes its fields away before what was typed in one was sent. So the
// field is left first, which sends it, as a press beside it does: nothing that a person typed goes with a key.

const CLOSING = '[data-testid="stPopoverBody"], [role="dialog"]';
const FIELD = "input, textarea";

// An open list, and letters that are being put together, have the key for themselves.
export function leaveField(event) {
  if (event.key !== "Escape" || event.isComposing) return;
  const field = event.target.closest?.(FIELD);
  if (field?.closest(CLOSING) && field.ariaExpanded !== "true") field.blur();
}

export default function mount() {
  document.addEventListener("keydown", leaveField, { capture: true });
  return () => document.removeEventListener("keydown", leaveField, { capture: true });
}
