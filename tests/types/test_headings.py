"""The words of a header, whatever it has around and between them."""

import pytest

from komet_import.types.headings import plain, telling, telling_words, words


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


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("N. documento", "number documento"),
        ("n.a.", "n a"),
        ("creditDate", "credit date"),
        ("№ 5", "number 5"),
        ("n° client", "number client"),
        ("Núm. de factura", "number de factura"),
        ("Nro Nbr NUMERO nummer", "number number number number"),
    ],
)
def test_every_way_to_write_number_is_one_word_and_joined_words_are_two(header: str, said: str) -> None:
    assert words(header) == tuple(said.split())


def test_words_that_say_nothing_are_passed_over_unless_there_are_no_others() -> None:
    assert telling("Date of the credit") == telling("Date credit") == ("date", "credit")
    assert telling("Fecha de la nota") == ("fecha", "nota")
    assert telling("the of") == ("the", "of")
    assert telling_words([["Date of credit"], ["No."]]) == {("date", "credit"), ("number",)}


def test_a_text_too_long_for_a_heading_says_nothing_as_one() -> None:
    assert plain("Credit Date") == "creditdate"
    assert (plain("x" * 200), telling("x" * 200)) == ("x" * 200, ("x" * 200,))
    assert (plain("x" * 201), telling("x" * 201)) == ("", ())
