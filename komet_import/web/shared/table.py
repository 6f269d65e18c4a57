"""Tables of our own in HTML, because no table of Streamlit's marks single cells or has links in its rows.

Whoever makes the HTML escapes every text.
"""

from collections.abc import Collection, Mapping
from html import escape

import streamlit as st

STYLE = """
.komet-rows { overflow-x: auto; border: 1px solid color-mix(in srgb, currentColor 18%, transparent);
  border-radius: 6px; max-height: 36rem; }
.komet-rows table { border-collapse: collapse; width: 100%; font-size: 13px; line-height: 1.45; }
.komet-rows th, .komet-rows td { padding: 5px 10px; text-align: left; vertical-align: top;
  border-bottom: 1px solid color-mix(in srgb, currentColor 12%, transparent); unicode-bidi: isolate; }
.komet-rows th { font-weight: 600; white-space: nowrap; background: Canvas;
  background: color-mix(in srgb, currentColor 6%, var(--komet-surface, Canvas)); }
.komet-rows thead th { position: sticky; top: 0; }
.komet-rows th.name { font-weight: inherit; background: none; }
.komet-rows td { white-space: pre-wrap; overflow-wrap: break-word; max-width: 22rem; }
.komet-rows .number { text-align: right; white-space: nowrap; }
.komet-rows td[aria-invalid] { background: color-mix(in srgb, #d93025 14%, transparent);
  box-shadow: inset 2px 0 #d93025; }
.komet-rows td[data-severity="warning"] { background: color-mix(in srgb, #c77700 14%, transparent);
  box-shadow: inset 2px 0 #c77700; }
.komet-rows .blank { opacity: .6; font-style: italic; }
.komet-rows td:is(.bare, .time) { white-space: nowrap; }
.komet-rows .terse { white-space: normal; }
.komet-rows .terse span { white-space: nowrap; }
.komet-rows .wordy { min-width: 9rem; max-width: 26rem; white-space: normal;
  overflow-wrap: break-word; }
.komet-rows .address { min-width: 11rem; overflow-wrap: anywhere; }
.komet-rows .bad { color: var(--st-red-text-color, inherit); }
.komet-rows tr[data-choice] { cursor: pointer; }
.komet-rows tr[data-choice]:hover td, .komet-rows tr[data-choice]:hover th[scope=row] {
  background: color-mix(in srgb, currentColor 5%, transparent); }
.komet-rows a { color: var(--st-link-color, inherit); text-decoration: none; }
.komet-rows a:hover { text-decoration: underline; }
.komet-rows a:focus-visible { outline: 2px solid var(--st-link-color, currentColor); outline-offset: 2px; }
.komet-rows .quiet :is(td, th) { color: color-mix(in srgb, currentColor 72%, transparent); }
.komet-rows .tag { font-size: 12px; white-space: nowrap; border-radius: 3px; padding: 0 5px;
  border: 1px solid color-mix(in srgb, currentColor 30%, transparent); margin-left: 6px; }
.komet-rows .clamped { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3;
  overflow: hidden; }
.komet-rows .state { font-size: 12px; white-space: nowrap; border-radius: 3px; padding: 1px 6px;
  background: color-mix(in srgb, currentColor 10%, transparent); }
.komet-rows .state.open { color: var(--st-red-text-color, inherit);
  background: color-mix(in srgb, #d93025 14%, transparent); }
.komet-rows .state.corrected { color: var(--st-green-text-color, inherit);
  background: color-mix(in srgb, #2c7a3f 14%, transparent); }
@media (max-width: 480px) {
  .komet-rows th, .komet-rows td { padding: 5px; }
  .komet-rows td.time { white-space: normal; min-width: 82px; }
  .komet-rows .wordy { min-width: 0; }
  .komet-rows .address { min-width: 7rem; }
}
.komet-rows s { text-decoration-thickness: 1px; }
.komet-rows ul { margin: 0; padding: 0; min-width: 12rem; list-style: none; font-size: 13px; }
.komet-rows li { margin: 0 0 2px; font-size: 13px; }
"""

_FACTS = """
.komet-facts { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0;
  padding: 0 !important; font-size: 14px; line-height: 1.5; }
.komet-facts dt { opacity: .75; font-weight: inherit; }
.komet-facts dd { margin: 0; overflow-wrap: anywhere; unicode-bidi: isolate; }
"""

_CHOICE = """
export default function mount({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".komet-table");
  root.innerHTML = data.html;
  root.onclick = event => {
    const line = event.target.closest("[data-choice]");
    // Another tab, or text that is being selected for copying, is no choice.
    if (!line || event.ctrlKey || event.metaKey || event.shiftKey || String(getSelection())) return;
    event.preventDefault();
    setTriggerValue("choice", line.dataset.choice);
  };
}
"""
_SHADOWED = "\n.komet-rows { font-family: var(--st-font); color: var(--st-text-color); --komet-surface: "
_SHADOWED += "var(--st-background-color); max-height: none; }\n"
_mount = st.components.v2.component(
    "komet_table", html="<div class='komet-table'></div>", css=STYLE + _SHADOWED, js=_CHOICE
)


def table(*, head: str, lines: str, label: str) -> str:
    """The HTML of a table: cells of the header, rows of the body."""
    return (
        f"<div class='komet-rows' tabindex='0' role='region' aria-label='{label}'>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def headings(*labels: str, numbers: Collection[str] = ()) -> str:
    """The cells of a header; those of `numbers` stand above numbers."""
    return "".join(
        f"<th scope='col'{' class=number' if label in numbers else ''}>{escape(label)}</th>"
        for label in labels
    )


def still(html: str) -> None:
    """Draw a table that is only read."""
    st.html(f"<style>{STYLE}</style>{html}")


def facts(told: Mapping[str, str]) -> None:
    """What is known of one thing, line by line; each text is shown as the text that it is.

    In Markdown an address would become a link, however it is escaped.
    """
    lines = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in told.items())
    st.html(f"<style>{_FACTS}</style><dl class='komet-facts'>{lines}</dl>")


def choosable(html: str, *, key: str) -> str | None:
    """Draw a table whose rows (`data-choice` of a row or a link) can be chosen; returns what was chosen.

    The links in it have addresses too, so that they open in another tab.
    """
    chosen = _mount(key=key, data={"html": html}, on_choice_change=lambda: None).choice
    return str(chosen) if chosen else None
