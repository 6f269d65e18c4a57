// Widths of columns: what gives way where the frame is narrow, and what a drag makes of them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Widths } from "../../../komet_import/web/review/grid/widths.js";

function widthsOf(...pixels) {
  const cols = { children: Array.from({ length: pixels.length + 1 }, () => ({ style: {} })) };
  const properties = new Map();
  const scroll = { style: { setProperty: (name, value) => properties.set(name, value) } };
  const widths = new Widths({ cols, table: { style: {} }, scroll });
  widths.pixels = pixels;
  return { widths, cols, properties };
}

test("long text gives way first, and no further than it must", () => {
  const { widths } = widthsOf(100, 300, 260);
  widths.tighten(
    [
      { place: 1, least: 150 },
      { place: 2, least: 112 },
    ],
    120,
  );
  assert.deepEqual(widths.pixels, [100, 220, 220]);
});

test("where too much is missing long text keeps what can be read of it, and the grid is scrolled", () => {
  const { widths } = widthsOf(100, 300, 260);
  widths.tighten(
    [
      { place: 1, least: 150 },
      { place: 2, least: 112 },
    ],
    400,
  );
  assert.deepEqual(widths.pixels, [100, 150, 112]);
});

test("where long text has given way, headings that are longer than their column do", () => {
  const { widths } = widthsOf(140, 160, 118);
  widths.columns = [
    { name: "Customer Code", kind: "customer" },
    { name: "Location Code", kind: "location" },
    { name: "Credit Balance", kind: "amount" },
  ];
  widths.needs = [140, 56, 110];
  assert.equal(widths.tighten([{ place: 0, least: 120 }], 90), 70);
  assert.equal(widths.tighten(widths.headings({}), 70), 0);
  assert.deepEqual(widths.pixels, [120, 98, 110]);
  assert.equal(widths.tighten(widths.headings({ "Location Code": 98 }), 70), 70);
  assert.deepEqual(widths.pixels, [120, 98, 110]);
});

test("a dragged column can be seen still, and the table is as wide as all of them", () => {
  const { widths, cols, properties } = widthsOf(100, 300);
  widths.resize(1, 3, [{ row: 2 }]);
  assert.deepEqual(
    cols.children.map(col => col.style.width),
    ["54px", "100px", "36px"],
  );
  assert.equal(widths.table.style.width, "190px");
  assert.equal(properties.get("--row-head"), "54px");
});

test("a row that is told with its sheet has the room for it", () => {
  const { widths } = widthsOf(100);
  assert.equal(widths.rowHeadWidth([{ row: 2, told: "March!12" }]), 38 + 8 * 8);
});

test("columns fit anew where what stands beside them comes late, and stay as they are later on", () => {
  const { widths } = widthsOf(100, 300);
  let fitted = 0;
  widths.fit = () => {
    fitted += 1;
    widths.room = widths.scroll.clientWidth;
  };
  widths.scroll.clientWidth = 1000;
  widths.roomChanged(); // there are no columns yet
  assert.equal(fitted, 0);
  widths.fitAll([{ name: "Customer Code" }, { name: "Comments" }], []);
  widths.roomChanged();
  assert.equal(fitted, 1);
  widths.scroll.clientWidth = 700;
  widths.roomChanged();
  assert.equal(fitted, 2);
  widths.since -= 60_000;
  widths.scroll.clientWidth = 500;
  widths.roomChanged();
  assert.equal(fitted, 2);
});
