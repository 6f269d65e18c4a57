// What the grid says in another language.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { weekdays } from "../../../komet_import/web/review/grid/calendar.js";
import { number, speak, tell, tellCount } from "../../../komet_import/web/review/grid/language.js";
import { headTitle, stateInWords } from "../../../komet_import/web/review/grid/states.js";

const SPANISH = {
  locale: "es-419",
  texts: {
    "Sort by {column}, ascending": ["Ordenar por {column}, ascendente"],
    "{count} row excluded.": ["{count} fila excluida.", "{count} filas excluidas."],
    "needs attention": ["requiere atención"],
    "hidden in Excel": ["oculta en Excel"],
  },
};

afterEach(() => speak({}));

test("without a table English is told", () => {
  assert.equal(tell("Sort by {column}, ascending", { column: "Money" }), "Sort by Money, ascending");
  assert.equal(tellCount("{count} row excluded.", "{count} rows excluded.", 1), "1 row excluded.");
  assert.equal(tellCount("{count} row excluded.", "{count} rows excluded.", 1200), "1,200 rows excluded.");
});

test("with a table its forms are told, and a text that it does not have in English", () => {
  speak(SPANISH);
  assert.equal(tell("Sort by {column}, ascending", { column: "{count}" }), "Ordenar por {count}, ascendente");
  assert.equal(tellCount("{count} row excluded.", "{count} rows excluded.", 1), "1 fila excluida.");
  assert.equal(tellCount("{count} row excluded.", "{count} rows excluded.", 0), "0 filas excluidas.");
  assert.equal(tell("Dismiss"), "Dismiss");
  assert.equal(number(1234.5), "1,234.5", "numbers are written alike in every language");
});

test("what a row is stands in the words of the language", () => {
  speak(SPANISH);
  const row = { hidden: true };
  assert.equal(stateInWords("attention", row), "requiere atención, oculta en Excel");
  assert.match(headTitle("attention", row), /^Requiere atención, oculta en Excel\. Click/);
});

test("days of the week are those of the language, from Monday on", () => {
  assert.equal(weekdays().join(""), "MTWTFSS");
  speak(SPANISH);
  assert.equal(weekdays().join(""), "LMMJVSD");
});
