// The way from Streamlit to a grid: one for each place that it mounts, torn down when that is gone.

import { Grid } from "./grid.js";
import { speak } from "./language.js";

const grids = new WeakMap();

// Streamlit brings only the address. Rows and edits travel by a route of our own: a script's run sends and
// draws everything that stands around the grid, and a person would wait for that after each cell.
export default function mount(component) {
  const { data, parentElement, setTriggerValue } = component;
  let grid = grids.get(parentElement);
  speak(data);
  if (!grid) {
    grid = new Grid(parentElement, data.batch);
    grids.set(parentElement, grid);
  }
  grid.connect({ ...data, redraw: version => setTriggerValue("changed", version) });
  // Streamlit also calls this when a newer update overtakes an older one, so look before tearing down.
  return () =>
    setTimeout(() => {
      if (grid.root.isConnected) return;
      grid.close();
      grids.delete(parentElement);
    });
}
