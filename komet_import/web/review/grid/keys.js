// Which command a key stands for, as in Excel: on a cell, and in the field in which one is typed.

// What is kept of a key that is pressed before its time has come.
export function keptKey({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  return { key, ctrlKey, metaKey, shiftKey, altKey, preventDefault() {} };
}

const ARROWS = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]);
const MOVES = new Set([...ARROWS, "Home", "End", "PageUp", "PageDown"]);
const COMPOSES = new Set(["Dead", "Process", "Unidentified"]); // an input method begins with it

// The command of a key on a cell as [name, ...details], or null; keyboard.js says what each does.
export function commandOf({ key, ctrlKey, metaKey, shiftKey: shift, altKey: alt }) {
  const control = ctrlKey || metaKey;
  if (key === "F8") return ["nextProblem", shift ? -1 : 1];
  if (alt && key === "Enter") return ["useSuggestion"];
  if (alt && key === "ArrowDown") return ["edit", { offer: true }];
  if (alt && key === "PageDown") return ["turn", 1];
  if (alt && key === "PageUp") return ["turn", -1];
  if (key === "ContextMenu" || (shift && key === "F10")) return ["menu"];
  if (control) return controlCommand(key, shift);
  if (alt) return null;
  if (key === "Tab") return ["tab", shift];
  if (key === "Enter") return ["enter", shift];
  if (key === "F2") return ["edit", {}];
  if (key === "Escape") return ["escape"];
  if (key === "Delete") return ["clear"];
  if (key === "Backspace") return ["type", ""];
  if (key === " " && shift) return ["selectRows"];
  if (COMPOSES.has(key)) return ["compose"];
  if (MOVES.has(key)) return ["arrow", key, shift];
  return [...key].length === 1 ? ["type", key] : null;
}

function controlCommand(key, shift) {
  if (ARROWS.has(key)) return ["jump", key, shift];
  const command = {
    a: ["selectAll"],
    d: ["fillDown"],
    z: ["undo", shift],
    y: ["undo", true],
    "-": ["leaveOut", true],
    _: ["leaveOut", true],
    "+": ["leaveOut", false],
    "=": ["leaveOut", false],
    " ": ["selectColumns"],
    Home: ["first", shift],
    End: ["last", shift],
  };
  const name = key.length === 1 ? key.toLowerCase() : key;
  return Object.hasOwn(command, name) ? command[name] : null;
}

const DAYS = {
  ArrowLeft: { days: -1 },
  ArrowRight: { days: 1 },
  ArrowUp: { days: -7 },
  ArrowDown: { days: 7 },
  PageUp: { months: -1 },
  PageDown: { months: 1 },
};

// The command of a key in the field of a cell (typing.js), or null where the key is the field's own. `days` and
// `choices` tell what is offered beside it; in the `mode` "enter" arrows leave the cell.
export function editorCommandOf(event, { days, choices, mode }) {
  const { key, shiftKey: shift, altKey: alt } = event;
  const control = event.ctrlKey || event.metaKey;
  const upright = key === "ArrowDown" || key === "ArrowUp";
  if (key === "Escape") return ["escape"];
  if (key === "F8") return ["nextProblem", shift ? -1 : 1];
  if (key === "F2") return ["switchMode"];
  if (alt && key === "Enter") return ["useSuggestion"];
  if (alt && upright) return ["offer"];
  if (days && Object.hasOwn(DAYS, key)) return ["day", DAYS[key]];
  if (control && key === "Enter") return ["fill"];
  if (key === "Enter") return ["enter", shift];
  if (key === "Tab") return ["tab", shift];
  if (choices && upright) return ["choice", key === "ArrowDown" ? 1 : -1];
  if (key === "PageDown" || key === "PageUp") return ["arrow", key];
  if (mode === "enter" && ARROWS.has(key) && !shift && !control) return ["arrow", key];
  return null;
}
