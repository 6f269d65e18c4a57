// Of a row that changes what is kept: the value so far, and the new one.

import { element } from "./elements.js";
import { tell } from "./language.js";

export function inOneLine(seen, kept) {
  return kept === undefined ? seen : `${kept.trim() || tell("blank")} → ${seen}`;
}

// What is seen in a cell. `kept` is undefined where it changes nothing.
export function drawText(node, seen, kept) {
  if (kept === undefined) {
    node.textContent = seen;
    return;
  }
  const before = element("del", kept.trim() ? {} : { class: "blank" }, kept.trim() || tell("blank"));
  node.replaceChildren(before, element("span", { class: "becomes" }, " → "), element("ins", {}, seen));
}
