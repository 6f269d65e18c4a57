"""Bars of lines that have a name, in HTML of our own.

A chart of Streamlit's is a canvas that cuts long names and legends, writes them in a gray that is hard to
read, keeps colors of its own when the system's theme changes, and is neither read aloud nor printed well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

_STYLE = """
.komet-legend, .komet-bars { margin: 0; padding: 0 !important; list-style: none; }
.komet-legend { display: flex; flex-wrap: wrap; gap: 2px 14px; margin: 0 0 8px; line-height: 18px; }
.komet-legend li { display: flex; align-items: center; gap: 6px; margin: 0; font-size: 13px; }
.komet-legend i { width: 10px; height: 10px; border-radius: 2px; }
.komet-bars { display: grid; grid-template-columns: fit-content(45%) minmax(3rem, 1fr) max-content;
  gap: 6px 12px; align-items: center; font-size: 13px; line-height: 18px; }
.komet-bars li { display: contents; }
.komet-bars .clamped { overflow: hidden; text-overflow: ellipsis; white-space: nowrap;
  unicode-bidi: isolate; }
.komet-bars .bar { display: flex; height: 10px; border-radius: 2px; overflow: hidden; }
.komet-bars b { font-weight: inherit; font-variant-numeric: tabular-nums; text-align: right; }
.komet-stripe { display: flex; height: 6px; border-radius: 2px; overflow: hidden; }
.komet-part-ready { background: light-dark(#2b7337, #86cf91); }
.komet-part-before { background: light-dark(#c3d3c6, #4f6354); }
.komet-part-settled { background: light-dark(#86b58f, #4d7a56); }
.komet-part-late { background: light-dark(#d9992b, #f0b35a); }
.komet-part-bad { background: light-dark(#cf5148, #ff8a80); }
"""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A line: its name, how much of each part it has (below zero to the left), what stands behind it."""

    name: str
    parts: Sequence[int]
    figure: str


def bars(lines: Sequence[Bar], colors: Sequence[str], *, label: str, legend: Sequence[str] = ()) -> None:
    """Draw the lines, all on one scale. `colors` are those of the parts (`komet-part-…`), `legend` what the
    parts are called."""
    least = min(0, *(sum(part for part in line.parts if part < 0) for line in lines))
    most = max(0, *(sum(part for part in line.parts if part > 0) for line in lines))
    whole = (most - least) or 1
    named = "".join(
        f"<li><i class='komet-part-{color}'></i>{escape(name)}</li>"
        for color, name in zip(colors, legend, strict=bool(legend))
    )
    drawn = "".join(_line(line, colors, least, whole) for line in lines)
    key = f"<ul class='komet-legend' aria-hidden='true'>{named}</ul>" if legend else ""
    st.html(f"<style>{_STYLE}</style>{key}<ul class='komet-bars' aria-label='{escape(label)}'>{drawn}</ul>")


def stripe(parts: Sequence[int], colors: Sequence[str], *, label: str) -> None:
    """One thin bar over the whole width, of which each part has its share."""
    whole = sum(part for part in parts if part > 0) or 1
    drawn = "".join(_part(color, part / whole) for color, part in zip(colors, parts, strict=True))
    said = f"role='img' aria-label='{escape(label)}'"
    st.html(f"<style>{_STYLE}</style><div class='komet-stripe' {said}>{drawn}</div>")


def _line(line: Bar, colors: Sequence[str], least: int, whole: int) -> str:
    both = list(zip(colors, line.parts, strict=True))
    below = [(color, part) for color, part in reversed(both) if part < 0]
    start = sum(part for _color, part in below) - least
    parts = [
        ("none", start),
        *((color, -part) for color, part in below),
        *(pair for pair in both if pair[1] > 0),
    ]
    drawn = "".join(_part(color, part / whole) for color, part in parts)
    return (
        f"<li><span class='clamped' title='{escape(line.name)}'>{escape(line.name)}</span>"
        f"<span class='bar' aria-hidden='true'>{drawn}</span><b>{escape(line.figure)}</b></li>"
    )


def _part(color: str, share: float) -> str:
    return f"<i class='komet-part-{color}' style='width:{100 * share:.3f}%'></i>" if share > 0 else ""
