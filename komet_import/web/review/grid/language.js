// The texts of the grid, told in the language of who reads. They stand in English where they are used; what
// they are called in another language comes with the grid's data (`texts.py`, which looks for `tell` and
// `tellCount` with the texts themselves in their brackets).

const NUMBER = new Intl.NumberFormat("en"); // numbers are written alike in every language
let spoken = { locale: "en", texts: {} };

// From now on the grid speaks this: `texts` holds the forms of each English text, by that of one.
export function speak({ locale = "en", texts = {} }) {
  spoken = { locale, texts };
}

// Whose names of months and days are told.
export function locale() {
  return spoken.locale;
}

export function number(count) {
  return NUMBER.format(count);
}

// A text with `values` at its places: `Sort by {column}, ascending`.
export function tell(text, values = {}) {
  return filled(spoken.texts[text]?.[0] ?? text, values);
}

// A text of a number of things: `one` for 1, else `several`. `{count}` in it is that number.
export function tellCount(one, several, count, values = {}) {
  const forms = spoken.texts[one] ?? [one, several];
  return filled(forms[count === 1 ? 0 : 1], { count: number(count), ...values });
}

// A cell's text as a sentence has it.
export function shortened(text) {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

// What a column is called; its name is what the sheet's type calls it.
export function titleOf(column) {
  return column.title ?? column.name;
}

function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));
}
