"""Marks by which a cell says the same as the one above it: `"`, `do.`, `idem`. They are no values."""

import re
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from komet_import.types.marks import DITTOS

_SIGNS = r"[\"″〃“”„‟«»'´`’‘]"
_WORDS = "|".join(word.replace(".", r"\.") for word in sorted(DITTOS, key=len, reverse=True))
_SIGN = rf"(?:[\"″〃“”„‟«»]|''|´´|``|’’)(?:{_SIGNS}|[\s\-–—])*"
_MARK = rf"^[\s\-–—]*(?:{_SIGN}|(?i:{_WORDS})\.?)[\s\-–—]*$"
_is_mark = re.compile(_MARK).match
_is_sign = re.compile(rf"^[\s\-–—]*{_SIGN}$").match


@lru_cache(maxsize=4096)
def is_ditto(text: str, *, signs_only: bool = False) -> bool:
    """Whether a text only says that it is the same as above; by signs only, where words may be values."""
    return len(text) <= 20 and (_is_sign if signs_only else _is_mark)(text) is not None


def dittos(texts: pa.Array) -> npt.NDArray[np.bool_]:
    """Where texts are such marks."""
    found: npt.NDArray[np.bool_] = pc.match_substring_regex(texts, _MARK).to_numpy(zero_copy_only=False)
    return found
