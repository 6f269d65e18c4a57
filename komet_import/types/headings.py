"""How headings are compared: without case, accents and punctuation, and with one word for number."""

import re
import unicodedata
from functools import lru_cache

_NUMBER_WORDS = frozenset({"no", "nr", "num", "nbr", "number", "numero", "nummer"})


def words(text: str) -> tuple[str, ...]:
    """A header's words without case, accents and punctuation; `#`, `No.` and `Nr` all say number."""
    text = unicodedata.normalize("NFKD", text.replace("#", " number ").replace("№", " number "))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    found = re.findall(r"[^\W_]+", text.casefold())
    return tuple("number" if word in _NUMBER_WORDS else word for word in found)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A header as it is compared: its words run together."""
    return "".join(words(text)) if len(text) <= 200 else ""
