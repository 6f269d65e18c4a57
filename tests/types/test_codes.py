"""Which codes are the same, and what a number is without the decimals that it never had."""

import pytest

from komet_import.types.codes import code_key, unquantified


@pytest.mark.parametrize(
    ("code", "key"),
    [
        (" fl219 ", "FL219"),
        ("\u00a0jardín ", "JARDÍN"),
        ("jardi\u0301n", "JARDÍN"),
        ("straße", "STRASSE"),
        ("00042", "00042"),
        ("Nº7", "Nº7"),  # other letters are another code, however alike they look
        ("\uff21\uff11", "\uff21\uff11"),
        ("a\x00b", "A\ufffdB"),
        ("ñ\x00b", "Ñ\ufffdB"),
        ("a\ud83c", "A\ufffd"),
    ],
)
def test_codes_are_the_same_trimmed_composed_and_without_case(code: str, key: str) -> None:
    assert code_key(code) == key


@pytest.mark.parametrize(
    ("number", "meant"),
    [("1012.0", "1012"), ("1012.00", "1012"), ("007.0", "007"), ("1012.50", "1012.50"), ("1012", "1012")]
    + [(other, other) for other in ("1012.", ".0", "A12.0", "1.012.0", "-12.0")],
)
def test_a_number_that_was_taken_for_a_quantity_is_what_it_was(number: str, meant: str) -> None:
    assert unquantified(number) == meant
