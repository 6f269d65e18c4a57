"""The grid's texts in the language of who reads, for `language.js`: they stand in English in its files."""

from functools import cache
from typing import Any

from komet_import.language.current import Language, speaking, spoken
from komet_import.language.extraction import of_the_grid
from komet_import.language.texts import forms


def told() -> dict[str, Any]:
    """Whose names of months are told, and the forms of each text by that of one; English brings its own."""
    return _told(spoken())


@cache
def _told(language: Language) -> dict[str, Any]:
    if language is Language.ENGLISH:
        return {"locale": "en", "texts": {}}
    with speaking(language):
        pairs = [(text, "") if isinstance(text, str) else text for text in of_the_grid()]
        return {
            "locale": language.locale.replace("_", "-"),
            "texts": {pair[0]: list(forms(*pair)) for pair in pairs},
        }
