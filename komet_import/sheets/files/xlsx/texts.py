"""The texts of a workbook: what Excel's escapes mean, and characters that no text should have."""

import re
from collections.abc import Sequence

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SUSPECT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def joined(runs: Sequence[str]) -> str:
    """The runs of a rich text as one: an escape that only their meeting would make is none."""
    text = "".join(runs)
    if len(runs) < 2 or "_" not in text:
        return text
    meant = "".join(_ESCAPE.sub(lambda m: chr(int(m[1], 16)), run) for run in runs)
    return _ESCAPE_LIKE.sub("_x005F_", meant)


def is_suspect(text: str) -> bool:
    """Whether a text holds anything that `clean` may have to change."""
    return _SUSPECT.search(text) is not None


def clean(text: str) -> tuple[str, bool]:
    """A cell's text without Excel's `_x000D_` escapes and without characters that no text should have.

    The second value says whether control characters or halves of characters were taken out. Line ends become
    a plain newline; tabs stay.
    """
    if not is_suspect(text):
        return text, False
    text = _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text)
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")  # join halves
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    cleaned = _UNSAFE.sub("", text)
    return cleaned, cleaned != text
