"""Columns of spans of time, the last of which is the present one, in HTML of our own: why, says `bars`."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from komet_import.language import _
from komet_import.web.shared.bars import Bar

EACH = 4
"""So many columns have one name below them: more would stand over each other."""
_STYLE = """
.komet-columns { display: flex; align-items: flex-end; gap: 3px; height: 84px; margin: 0;
  padding: 0 !important; list-style: none; border-bottom: 1px solid light-dark(#dfe3de, #2d332e); }
.komet-columns li { flex: 1; display: flex; align-items: flex-end; height: 100%; margin: 0; min-width: 0; }
.komet-columns i { display: block; width: 100%; border-radius: 2px 2px 0 0;
  background: light-dark(#c3d3c6, #4f6354); }
.komet-columns li:last-child i { background: light-dark(#2b7337, #86cf91); }
.komet-columns li:hover i { filter: brightness(0.9); }
.komet-column-names { display: flex; gap: 3px; margin-top: 4px; font-size: 12px; line-height: 16px;
  color: light-dark(#565f58, #aab3ab); }
.komet-column-names b { flex: 1; font-weight: inherit; min-width: 0; white-space: nowrap; overflow: hidden; }
"""


def columns(spans: Sequence[Bar], *, label: str) -> None:
    """Draw them side by side on one scale, the first of every few with its name below it."""
    most = max((sum(span.parts) for span in spans), default=0) or 1
    drawn = "".join(_column(span, sum(span.parts) / most) for span in spans)
    names = "".join(f"<b>{escape(span.name)}</b>" for span in spans[::EACH])
    st.html(
        f"<style>{_STYLE}</style><ul class='komet-columns' aria-label='{escape(label)}'>{drawn}</ul>"
        f"<div class='komet-column-names' aria-hidden='true'>{names}</div>"
    )


def _column(span: Bar, share: float) -> str:
    told = escape(_("{span}: {figure}", span=span.name, figure=span.figure))
    return f"<li title='{told}'><i role='img' aria-label='{told}' style='height:{100 * share:.3f}%'></i></li>"
