"""The texts of a workbook: what Excel's escapes mean, and characters that no text should have."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from komet_import.sheets.worksheet import struck_through

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SUSPECT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class TextRun(NamedTuple):
    """A piece of a rich text; `struck` is None where it looks like its cell."""

    text: str
    struck: bool | None = None


def joined(runs: Sequence[TextRun], *, in_struck: bool = False) -> tuple[str, bool]:
    """The runs of a rich text as one, and whether all of it is struck through.

    An escape that only the meeting of two runs would make is none. Where some of it is struck through, the
    text says which part (`struck_through`). `in_struck` is for a cell that is struck through.
    """
    marks = [in_struck if run.struck is None else run.struck for run in runs]
    telling = [mark for run, mark in zip(runs, marks, strict=True) if run.text.strip()]
    mixed = any(telling) and not all(telling)
    text = "".join(run.text for run in runs)
    if len(runs) > 1 and ("_" in text or mixed):
        meant = [_ESCAPE.sub(lambda m: chr(int(m[1], 16)), run.text) for run in runs]
        if mixed:
            meant = [struck_through(one) if mark else one for one, mark in zip(meant, marks, strict=True)]
        text = _ESCAPE_LIKE.sub("_x005F_", "".join(meant))
    return text, bool(telling) and not mixed and telling[0]


def escaped(text: str) -> str:
    """A text of another kind of file as one of a workbook: what looks like an escape there is none here."""
    return _ESCAPE_LIKE.sub("_x005F_", text) if "_x" in text else text


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
