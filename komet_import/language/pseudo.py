"""The language of nobody (`Language.PSEUDO`): `[Rows wëre rëad ······]` is "Rows were read", 40 % longer.

Text that stays in plain letters has bypassed the catalogues, and what is cut has its bracket missing.
"""

import re

_LETTERS = str.maketrans("aeiouAEIOU", "áéíóúÁÉÍÓÚ")
_KEPT = re.compile(r"(\{[^{}]*\}|<[^<>]*>|&\w+;|:material/\w+:|:[a-z-]+\[|`[^`]*`|\]\([^)]*\))")
"""Places, elements, icons, badges, commands and addresses: they are no words."""


def disguised(text: str) -> str:
    """The text with marks on its vowels, longer, in brackets of its own."""
    if not text.strip():
        return text
    parts = _KEPT.split(text)
    told = "".join(part if place % 2 else part.translate(_LETTERS) for place, part in enumerate(parts))
    words = sum(map(len, parts[::2]))
    return f"⟦{told}{'·' * max(0, round(words * 0.4) - 2)}⟧"
