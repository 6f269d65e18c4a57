"""Accents are left out, and nothing else of a text."""

import pytest

from komet_import.accents import without_accents


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("", ""),
        ("Cote 12", "Cote 12"),
        ("Côté", "Cote"),
        ("Co\u0302te\u0301", "Cote"),
        ("ÑUÑOA", "NUNOA"),
        ("ﬁn ①", "fin 1"),
        ("Straße Øst", "Straße Øst"),
    ],
)
def test_accents_are_left_out_and_letters_and_case_stay(text: str, plain: str) -> None:
    assert without_accents(text) == plain
