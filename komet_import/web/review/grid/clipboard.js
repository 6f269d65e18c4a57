// Blocks of cells as the text that Excel puts on the clipboard: tabs between cells, line ends between
// rows, and quotes around a cell that holds a tab, a line end or a quote.

export function blockToText(block) {
  const quoted = text => (/[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return block.map(row => row.map(quoted).join("\t")).join("\r\n");
}

export function textToBlock(text) {
  const rows = [[]];
  let at = 0;
  while (at <= text.length) {
    const cell = quotedCell(text, at) ?? plainCell(text, at);
    rows.at(-1).push(cell.value);
    at = cell.end;
    if (text[at] === "\t") {
      at += 1;
      continue;
    }
    if (at >= text.length) break;
    at += text.startsWith("\r\n", at) ? 2 : 1;
    if (at >= text.length) break; // Excel ends its last row with a line end; it is no further row
    rows.push([]);
  }
  const width = Math.max(...rows.map(row => row.length));
  return rows.map(row => [...row, ...Array(width - row.length).fill("")]);
}

function plainCell(text, at) {
  let end = at;
  while (end < text.length && !"\t\n\r".includes(text[end])) end += 1;
  return { value: text.slice(at, end), end };
}

// A quote opens a quoted cell only if its closing quote stands before a tab, a line end or the end:
// programs that never quote write `"as is" said the shop` and mean every character of it.
function quotedCell(text, at) {
  if (text[at] !== '"') return null;
  let value = "";
  for (let i = at + 1; i < text.length; i += 1) {
    if (text[i] !== '"') {
      value += text[i];
    } else if (text[i + 1] === '"') {
      value += '"';
      i += 1;
    } else {
      const after = text[i + 1];
      return after === undefined || "\t\n\r".includes(after) ? { value, end: i + 1 } : null;
    }
  }
  return null;
}
