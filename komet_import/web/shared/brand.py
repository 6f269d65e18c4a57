"""The brand as a picture that is part of a page."""

from komet_import.settings import ROOT

_PICTURE = (ROOT / "komet_import" / "web" / "wordmark.svg").read_text(encoding="utf-8")


def brand(*, leaf: str, ink: str) -> str:
    """The SVG with its leaf and its word in these colors of CSS."""
    return _PICTURE.replace("LEAF", leaf).replace("INK", ink)
