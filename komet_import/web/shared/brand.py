"""The brand as a picture that is part of a page."""

from komet_import.settings import ROOT

_PICTURE = (ROOT / "komet_import" / "web" / "wordmark.svg").read_text(encoding="utf-8")
COLORS = (
    ":root { --leaf: #2b7337; --ink: #141915 } "
    "@media (prefers-color-scheme: dark) { :root { --leaf: #5fae6a; --ink: #e9ece9 } }"
)
"""CSS of the variables that the picture is painted with, in light and in dark."""


def brand() -> str:
    """The SVG, for a page that has the variables."""
    return _PICTURE.replace("LEAF", "var(--leaf)").replace("INK", "var(--ink)")


def brand_alone() -> str:
    """The SVG as a file of its own. Its colors follow the system's theme by themselves: Streamlit draws a
    page again only when somebody does something."""
    head, mark, rest = brand().partition("<path")
    return f"{head}<style>{COLORS}</style>{mark}{rest}"
