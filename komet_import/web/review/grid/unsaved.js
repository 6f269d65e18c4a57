// What of an action is not saved, in words.

import { number, shortened, tell } from "./language.js";

// Nothing for an action that only looks. `told` gives a row as people are told it, `titled` a column.
export function unsavedWords({ action, cells }, { told, titled }) {
  const [row, name, , after] = cells?.[0] ?? [];
  const text = after && shortened(after);
  if (cells?.length === 1) {
    const cell = { column: titled(name), row: told(row), text };
    return text
      ? tell("Not saved: {column} in row {row} as “{text}”.", cell)
      : tell("Not saved: {column} in row {row}, made blank.", cell);
  }
  if (cells?.length > 1 || action.kind === "paste") {
    const count = number(cells?.length ?? 0);
    return tell("Not saved: {count} cells from row {row} on.", { count, row: told(row ?? action.row) });
  }
  const rows = action.rows?.map(told).join(", ");
  switch (action.kind) {
    case "exclude":
      return tell("Not saved: excluding row {rows}.", { rows });
    case "restore":
      return tell("Not saved: including row {rows}.", { rows });
    case "undo":
      return tell("Not done: undo.");
    case "redo":
      return tell("Not done: redo.");
    default:
      return "";
  }
}
