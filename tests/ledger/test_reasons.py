"""A reason is kept the same way wherever a person gives one."""

import re
from pathlib import Path

import pytest

import komet_import
from komet_import.ledger import reasons
from komet_import.refusal import Refusal

ROOM = Path(komet_import.__file__).parent


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Wrong\nmonth ", "Wrong month"),
        ("a\u2028b\x00c\td", "a b c d"),
        ("march\u202excod.exe", "marchxcod.exe"),
        ("half \ud83d character", "half \N{REPLACEMENT CHARACTER} character"),
        ("x" * 200 + " \n", "x" * 200),
    ],
)
def test_a_reason_is_one_line_without_what_hides_or_reverses_others(typed: str, kept: str) -> None:
    assert reasons.given(typed) == kept


@pytest.mark.parametrize(("typed", "code"), [(" \n\u202e", "missing"), ("x" * 201, "too-long")])
@pytest.mark.parametrize("noun", ["reason", "note"])
def test_none_and_one_that_is_too_long_are_refused(typed: str, code: str, noun: str) -> None:
    with pytest.raises(Refusal) as refused:
        reasons.given(typed, noun=noun)
    assert refused.value.code == f"{noun}-{code}"


def test_nobody_else_checks_a_reason() -> None:
    checks = re.compile(r"(reason|note)-(missing|too-long)\"")
    found = {file.name for file in ROOM.rglob("*.py") if checks.search(file.read_text())}
    assert found <= {"reasons.py"}, "a reason is given by `ledger.reasons`"
