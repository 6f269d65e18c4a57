"""Where a regular expression of Arrow's occurs in texts.

Arrow makes a machine of the expression anew at each call, which for one of a thousand signs takes a thousand
times as long as to look into a text. So a few texts are looked at by Python's, which is made once.
"""

import re
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from komet_import.sheets.layout.rows.lines import Bools

FEW = 64
"""So many texts Python has looked at while Arrow makes its machine."""

_WORD = "(?-i:[0-9A-Za-z_])"
_IN_ARROW = {r"\d": "[0-9]", r"\b": f"(?:(?<!{_WORD})(?={_WORD})|(?<={_WORD})(?!{_WORD}))"}
"""What these mean to Arrow; to Python they know the figures and letters of all scripts."""
_TURKISH = "İı"
"""To Python these are an i as well, where case is no matter; to Arrow they are letters of their own."""


def occurs(texts: pa.Array, pattern: str) -> Bools:
    """In which texts (none of them null) the expression occurs; of its classes `\\d` and `\\b` at most."""
    few: list[str] = texts.to_pylist() if len(texts) <= FEW else []
    if not few or any(sign in text for text in few for sign in _TURKISH):
        found: Bools = pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False)
        return found
    search = _compiled(pattern).search
    return np.fromiter((search(text) is not None for text in few), np.bool_, len(few))


@lru_cache
def _compiled(pattern: str) -> "re.Pattern[Any]":
    for sign, meant in _IN_ARROW.items():
        pattern = pattern.replace(sign, meant)
    return re.compile(pattern)
