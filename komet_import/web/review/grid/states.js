// What a row is, and what the file says in a cell, in words.

import { shortened, tell } from "./language.js";

// A row that is not to be imported: left out, or no row at all.
export function isOut(state) {
  return state === "left-out" || state === "set-aside";
}

export function inTheFile(own) {
  if (!own.trim()) return tell("Blank in the file");
  return tell("In the file: “{text}”", { text: shortened(own) });
}

const RECORDS = {
  new: () => tell("new"),
  changed: () => tell("changed"),
  deactivated: () => tell("deactivated"),
  unchanged: () => tell("unchanged"),
};

export function stateInWords(state, { hidden, aside, change }) {
  const words = {
    ready: tell("ready"),
    warning: tell("ready, with a warning"),
    "to-confirm": tell("to be confirmed"),
    duplicate: tell("possible duplicate, to be confirmed"),
    attention: tell("needs attention"),
    "left-out": tell("excluded"),
    "set-aside": aside
      ? tell("{what}, not imported", { what: aside.words })
      : tell("set aside, not imported"),
  };
  const made = change && !isOut(state) ? (RECORDS[change]?.() ?? change) : "";
  return [words[state] ?? state, made, hidden ? tell("hidden in Excel") : ""].filter(Boolean).join(", ");
}

export function headTitle(state, row) {
  const words = stateInWords(state, row);
  const said = `${words[0].toUpperCase()}${words.slice(1)}.`;
  return isOut(state)
    ? tell("{said} Click the mark to include the row (Ctrl and minus).", { said })
    : tell("{said} Click the mark to exclude the row (Ctrl and minus).", { said });
}
