// What the grid hears of the browser, and which of its parts it goes to.

import { setAttribute } from "./elements.js";

// Until `signal` ends it. `unsaved` tells whether something would be lost by leaving the page.
export function listen(
  { parent, root, view, places, cursor, typing, keyboard, pointer, hover, menu, importClick },
  options,
) {
  const { signal, unsaved } = options;
  const { scroll } = view;
  const on = (target, name, act, more = {}) => target.addEventListener(name, act, { signal, ...more });
  const drawHeld = () => {
    const active = parent.activeElement;
    setAttribute(root, "data-held", active && root.contains(active) ? "true" : null);
    hover.draw();
  };
  const focused = event => {
    const place = view.placeOf(event.target);
    if (place && !places.isFocus(place)) cursor.moveTo(place.i, place.j);
    drawHeld();
  };
  const scrolled = () => {
    setAttribute(scroll, "data-scrolled", scroll.scrollLeft > 0 ? "true" : null);
    menu.hide();
    hover.draw();
    typing.scrolled();
  };
  on(root, "keydown", event => keyboard.down(event));
  on(document, "keydown", event => keyboard.downElsewhere(event));
  // Streamlit listens for single letters on the page (r runs it again); what is typed here is ours.
  for (const name of ["keyup", "keypress"]) on(root, name, event => event.stopPropagation());
  for (const name of ["copy", "cut", "paste"]) on(document, name, event => keyboard.clipboard(event));
  on(window, "beforeunload", event => unsaved() && event.preventDefault());
  on(scroll, "pointerdown", event => pointer.down(event));
  on(scroll, "dblclick", event => pointer.doubleClick(event));
  on(scroll, "contextmenu", event => pointer.contextMenu(event));
  on(scroll, "pointermove", event => hover.moved(event));
  on(document, "pointermove", event => pointer.inside(event) || hover.left(event));
  on(document, "scroll", scrolled, { passive: true, capture: true });
  on(scroll, "scroll", scrolled, { passive: true });
  on(document, "click", event => importClick.clicked(event), { capture: true });
  on(root, "focusin", focused);
  on(root, "focusout", () => setTimeout(drawHeld));
  const beside = event => menu.shown && !event.composedPath().includes(menu.node);
  on(document, "pointerdown", event => beside(event) && menu.hide(), { capture: true });
}
