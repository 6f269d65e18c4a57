// What a row is, and what the file says in a cell, in words.

// A row that is not to be imported: left out, or no row at all.
export function isOut(state) {
  return state === "left-out" || state === "set-aside";
}

export function inTheFile(own) {
  return own.trim()
    ? `In the file: “${own.length > 60 ? `${own.slice(0, 59)}…` : own}”`
    : "Blank in the file";
}

export function stateInWords(state, { hidden, aside, change }) {
  const words = {
    ready: "ready",
    warning: "ready, with a warning",
    "to-confirm": "to be confirmed",
    duplicate: "possible duplicate, to be confirmed",
    attention: "needs attention",
    "left-out": "excluded",
    "set-aside": `${aside?.words ?? "set aside"}, not imported`,
  };
  const made = change && !isOut(state) ? `, ${change}` : "";
  return (words[state] ?? state) + made + (hidden ? ", hidden in Excel" : "");
}

export function headTitle(state, row) {
  const words = stateInWords(state, row);
  const said = `${words[0].toUpperCase()}${words.slice(1)}.`;
  return `${said} Click the mark to ${isOut(state) ? "include the row" : "exclude the row"} (Ctrl and minus).`;
}
