// A page of rows for the parts of the grid that decide something without a browser.

import { Places } from "../../../komet_import/web/review/grid/places.js";

const COLUMNS = [
  { name: "Extra", editable: false },
  { name: "Number", editable: true },
  { name: "Money", editable: true },
];

export function rowsOf(...numbers) {
  return numbers.map(row => ({ row, issues: {} }));
}

// Places on a page of the `rows`, which a test changes by `shown`.
export function placesOn(...numbers) {
  const shown = { rows: rowsOf(...numbers), columns: COLUMNS, page: 2, pages: 3 };
  const places = new Places({ shown: () => shown });
  places.start();
  return { places, shown };
}
