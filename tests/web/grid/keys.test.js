// Which command a key stands for, on a cell and in the field of one: Excel's.

import assert from "node:assert/strict";
import { test } from "node:test";

import { commandOf, editorCommandOf, keptKey } from "../../../komet_import/web/review/grid/keys.js";

// [keys as a person says them, the command]
const TABLE = [
  ["a", ["type", "a"]],
  ["Shift A", ["type", "A"]],
  ["é", ["type", "é"]],
  ["💐", ["type", "💐"]],
  ["Space", ["type", " "]],
  ["Backspace", ["type", ""]],
  ["Delete", ["clear"]],
  ["F2", ["edit", {}]],
  ["Alt ArrowDown", ["edit", { offer: true }]],
  ["Alt Enter", ["useSuggestion"]],
  ["Enter", ["enter", false]],
  ["Shift Enter", ["enter", true]],
  ["Tab", ["tab", false]],
  ["Shift Tab", ["tab", true]],
  ["Escape", ["escape"]],
  ["ArrowUp", ["arrow", "ArrowUp", false]],
  ["Shift ArrowLeft", ["arrow", "ArrowLeft", true]],
  ["Home", ["arrow", "Home", false]],
  ["Shift End", ["arrow", "End", true]],
  ["PageDown", ["arrow", "PageDown", false]],
  ["Control ArrowRight", ["jump", "ArrowRight", false]],
  ["Control Shift ArrowDown", ["jump", "ArrowDown", true]],
  ["Control Home", ["first", false]],
  ["Control Shift End", ["last", true]],
  ["Alt PageDown", ["turn", 1]],
  ["Alt PageUp", ["turn", -1]],
  ["Shift Space", ["selectRows"]],
  ["Control Space", ["selectColumns"]],
  ["Control a", ["selectAll"]],
  ["Meta A", ["selectAll"]],
  ["Control d", ["fillDown"]],
  ["Control z", ["undo", false]],
  ["Control Shift Z", ["undo", true]],
  ["Control y", ["undo", true]],
  ["Control -", ["leaveOut", true]],
  ["Control Shift _", ["leaveOut", true]],
  ["Control +", ["leaveOut", false]],
  ["Control =", ["leaveOut", false]],
  ["ContextMenu", ["menu"]],
  ["Shift F10", ["menu"]],
  ["F8", ["nextProblem", 1]],
  ["Shift F8", ["nextProblem", -1]],
  ["Dead", ["compose"]],
  ["Process", ["compose"]],
  ["Unidentified", ["compose"]],
  ["F10", null],
  ["F5", null],
  ["Insert", null],
  ["Control r", null],
  ["Control s", null],
  ["Control toString", null],
  ["Control Tab", null],
  ["Control Enter", null],
  ["Alt ArrowLeft", null],
  ["Alt x", null],
];

function pressed(words) {
  const held = words.split(" ");
  const key = held.pop();
  return {
    key: key === "Space" ? " " : key,
    ctrlKey: held.includes("Control"),
    metaKey: held.includes("Meta"),
    shiftKey: held.includes("Shift"),
    altKey: held.includes("Alt"),
  };
}

for (const [words, command] of TABLE) {
  test(`${words} is ${command ? command.join(" ") : "the browser's"}`, () => {
    assert.deepEqual(commandOf(pressed(words)), command);
  });
}

test("a key that is kept while a page is turned stands for the same command afterwards", () => {
  for (const [words, command] of TABLE) assert.deepEqual(commandOf(keptKey(pressed(words))), command);
});

const TYPING = { days: false, choices: false, mode: "enter" };

// [keys, what is offered beside the field, the command]
const IN_THE_FIELD = [
  ["a", {}, null],
  ["Control a", {}, null],
  ["Backspace", {}, null],
  ["Escape", {}, ["escape"]],
  ["Shift F8", {}, ["nextProblem", -1]],
  ["F2", {}, ["switchMode"]],
  ["Alt Enter", {}, ["useSuggestion"]],
  ["Control Enter", {}, ["fill"]],
  ["Shift Enter", {}, ["enter", true]],
  ["Tab", {}, ["tab", false]],
  ["Alt ArrowDown", {}, ["offer"]],
  ["ArrowDown", {}, ["arrow", "ArrowDown"]],
  ["ArrowDown", { mode: "edit" }, null],
  ["ArrowDown", { choices: true }, ["choice", 1]],
  ["ArrowUp", { choices: true, mode: "edit" }, ["choice", -1]],
  ["ArrowLeft", { choices: true }, ["arrow", "ArrowLeft"]],
  ["Shift ArrowLeft", {}, null],
  ["Control ArrowLeft", {}, null],
  ["Home", {}, null],
  ["PageDown", { mode: "edit" }, ["arrow", "PageDown"]],
  ["PageUp", {}, ["arrow", "PageUp"]],
  ["ArrowUp", { days: true }, ["day", { days: -7 }]],
  ["PageDown", { days: true }, ["day", { months: 1 }]],
  ["Enter", { days: true }, ["enter", false]],
];

for (const [words, offered, command] of IN_THE_FIELD) {
  const beside = Object.keys(offered).length ? ` with ${JSON.stringify(offered)}` : "";
  test(`in the field ${words}${beside} is ${command ? command.join(" ") : "the field's own"}`, () => {
    assert.deepEqual(editorCommandOf(pressed(words), { ...TYPING, ...offered }), command);
  });
}
