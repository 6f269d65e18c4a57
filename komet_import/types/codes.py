"""When two codes are the same code."""

import re
import unicodedata

_LOST, _HALVES = "\ufffd", re.compile("[\ud800-\udfff]")
_QUANTITY = re.compile(r"([0-9]+)\.0+").fullmatch


def unquantified(number: str) -> str:
    """A number without the `.0` of software that took it for a quantity."""
    whole = _QUANTITY(number) if "." in number else None
    return whole[1] if whole else number


def code_key(code: str) -> str:
    """The form in which two codes are the same (docs/komet-sales.md §3): trimmed, composed, without case.

    What no database holds (NUL, half of a character) is the mark of a lost one there, so like no code.
    """
    if code.isascii():
        key = code.strip().upper()
        return key.replace("\x00", _LOST) if "\x00" in key else key
    key = unicodedata.normalize("NFC", code.strip()).upper().replace("\x00", _LOST)
    return _HALVES.sub(_LOST, key)
