"""The words of a header, whatever it has around and between them."""

import pytest

from komet_import.types.headings import words


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Credit #", "credit number"),
        ("Credit#", "credit number"),
        ("#Credit", "number credit"),
        ("Credit No.", "credit number"),
        ("Crédito Nº", "credito number"),
        ("CREDIT_DATE", "credit date"),
        (" Rechnungs-Nr. ", "rechnungs number"),
        ("", ""),
        ("…", ""),
    ],
)
def test_the_words_of_a_header_are_without_case_accents_and_punctuation(header: str, said: str) -> None:
    assert words(header) == tuple(said.split())
