"""Texts without accents, as names and words are compared."""

import unicodedata


def without_accents(text: str) -> str:
    """The text in plain letters (NFKD) and without accents, its case as it is: `Côté` as `Cote`."""
    if text.isascii():
        return text
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def folded(text: str) -> str:
    """The same without case: `Côté` is found by `cote`."""
    return without_accents(text).casefold()
