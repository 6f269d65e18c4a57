// A click on Import comes after what was typed: its person sees that in the rows, and the server may not have it yet.
// The page's clicks and the grid's edits go to the server by two ways, of which either may be the slower one.

import { tell } from "./language.js";
import { CONFIRM, IMPORT } from "./page_keys.js";

const HELD_FOR = 10000; // milliseconds; later than that, an import would come out of nowhere

export class ImportClick {
  constructor({ queue, footer }) {
    Object.assign(this, { queue, footer });
    this.button = null; // the one that was clicked while something was unsaved
    this.until = 0;
  }

  // Holds a click back, as long as something is unsaved.
  clicked(event) {
    const button = event.target.closest?.(`${IMPORT}, ${CONFIRM}`);
    if (!button || !this.queue.unsaved) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!this.button) this.until = Date.now() + HELD_FOR;
    this.button = button;
    this.look();
  }

  // To be asked whenever less, or for longer, is unsaved.
  look() {
    if (!this.button) return;
    if (this.queue.held || (this.queue.unsaved && Date.now() > this.until)) this.refuse();
    else if (!this.queue.unsaved) {
      const button = this.button;
      this.button = null;
      setTimeout(() => button.click());
    }
  }

  // What was typed is not saved, or not soon: nothing else than what its person sees is imported.
  refuse() {
    if (!this.button) return;
    this.button = null;
    const text = tell(
      "Nothing was imported: a change of yours is not saved. Click again when every change is saved.",
    );
    this.footer.notice({ level: "warning", text });
  }
}
