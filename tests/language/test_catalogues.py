"""Every text of the program is in every catalogue, translated, with the same places."""

import re

import pytest

from komet_import.language import extraction
from komet_import.language.current import NAMES, Language

TRANSLATED = [language for language in NAMES if language is not Language.ENGLISH]
PLACE = re.compile(r"\{(\w*)[^{}]*\}")
SIGNS = re.compile(r":material/\w+:|\*\*|`[^`]*`|:[a-z-]+\[")
"""What Streamlit makes bold, a badge or an icon."""
FIX = "Run scripts/catalogue, then translate what it has without."


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated_and_none_is_kept_that_is_gone(language: Language) -> None:
    catalogue = extraction.read(language)
    known = {message.id if isinstance(message.id, str) else tuple(message.id) for message in catalogue}
    texts = extraction.texts()
    assert sorted(map(str, texts.keys() - known)) == [], FIX
    assert sorted(map(str, known - {""} - texts.keys())) == [], FIX
    blank = [message.id for message in catalogue if message.id and not all(forms(message.string or ""))]
    assert blank == [], FIX
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_places_and_signs_of_its_text(language: Language) -> None:
    wrong = [
        (message.id, told)
        for message in extraction.read(language)
        if message.id
        for text, told in zip(forms(message.id), forms(message.string), strict=True)
        if sorted(PLACE.findall(text)) != sorted(PLACE.findall(told))
        or sorted(SIGNS.findall(text)) != sorted(SIGNS.findall(told))
        or (text[:1].isspace(), text[-1:].isspace()) != (told[:1].isspace(), told[-1:].isspace())
    ]
    assert wrong == []
