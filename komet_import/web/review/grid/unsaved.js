// What of an action is not saved, in words.

// Nothing for an action that only looks. `told` gives a row as people are told it.
export function unsavedWords({ action, cells }, told) {
  const [row, column, , after] = cells?.[0] ?? [];
  const text = after?.length > 60 ? `${after.slice(0, 59)}…` : after;
  if (cells?.length === 1)
    return `Not saved: ${column} in row ${told(row)}${text ? ` as “${text}”` : ", made blank"}.`;
  if (cells?.length > 1 || action.kind === "paste")
    return `Not saved: ${(cells?.length ?? 0).toLocaleString("en")} cells from row ${told(row ?? action.row)} on.`;
  if (action.rows)
    return `Not saved: ${action.kind === "exclude" ? "excluding" : "including"} row ${action.rows.map(told).join(", ")}.`;
  return ["undo", "redo"].includes(action.kind) ? `Not done: ${action.kind}.` : "";
}
