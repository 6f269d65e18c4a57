"""Which code was probably meant: what people misread first, then keystrokes, then names; never a guess."""

import pytest

from komet_import.review.suggestions import Suggester, skeleton

KNOWN = (
    ("FL219", "Rosas del Valle"),
    ("FL220", "Petal & Stem"),
    ("FL291", "Fleurs Côté"),
    ("00042", "Jardín Ñuñoa"),
    ("SOL-1", "Straße & Söhne"),
    ("QX", "Rosas Azules"),
)


@pytest.fixture(scope="module")
def suggester() -> Suggester:
    return Suggester(reversed(KNOWN))


@pytest.mark.parametrize(
    ("code", "skeletal"),
    [
        ("FL219", "F1219"),
        ("fl-219 ", "F1219"),
        ("FLZI9", "F1219"),
        ("FL 2I9.", "F1219"),
        ("ФL219", "ФL219".replace("L", "1")),  # no letter that looks Latin
        ("АВЕ", "A8E"),  # Cyrillic
        ("0007", "7"),
        ("O-07", "7"),
        ("SQB", "508"),
        ("Ⅷ", "V111"),
        ("--", ""),
    ],
)
def test_what_people_misread_is_evened_out(code: str, skeletal: str) -> None:
    assert skeleton(code) == skeletal


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("FL2I9", "FL219"),
        (" fl-219", "FL219"),
        ("42", "00042"),
        ("S0L1", "SOL-1"),
        ("FL22", "FL220"),
        ("FL229", None),  # as near to 219 as to 220
        ("FL29", None),  # 219 or 291: a letter is missing in either
        ("Rosas del Vale", "FL219"),
        ("rosas valle del", "FL219"),
        ("fleurs cote", "FL291"),
        ("STRASSE & SOHNE", "SOL-1"),
        ("nunoa jardin", "00042"),
        ("Q", None),
        ("Something else", None),
        ("", None),
        ("   ", None),
    ],
)
def test_one_code_is_offered_where_it_is_likely_and_the_only_one(
    suggester: Suggester, typed: str, best: str | None
) -> None:
    for _ in range(2):  # the second time from memory
        found = suggester.best(typed)
        assert (found.code if found else None) == best


def test_two_codes_that_read_the_same_are_both_named_and_neither_is_written_by_itself() -> None:
    twins = Suggester([("AB-12", "One"), ("A8I2", "Two"), ("ZZ", "Three")])
    assert [s.code for s in twins.ranked("AB12", limit=2)] == ["A8I2", "AB-12"]


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("FL2I9", ["FL219"]),
        ("FL229", ["FL219", "FL220"]),
        ("Rosas", []),  # a part of a name is no likeness of it; the search finds it
        ("Rosas del Valle", ["FL219"]),
        ("ab", []),
        ("", []),
    ],
)
def test_likely_codes_are_ranked_best_first(suggester: Suggester, typed: str, codes: list[str]) -> None:
    ranked = suggester.ranked(typed)
    assert [s.code for s in ranked] == codes
    scores = [s.score for s in ranked]
    assert scores == sorted(scores, reverse=True) and all(60 <= score <= 100 for score in scores)
    assert suggester.ranked(typed, limit=1) == ranked[:1]


def test_the_name_comes_with_the_code_and_a_misread_code_is_certain(suggester: Suggester) -> None:
    best, *others = suggester.ranked("FL2I9")
    assert (best.code, best.name, best.score) == ("FL219", "Rosas del Valle", 100)
    assert all(other.score < 95 for other in others)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("", [code for code, _ in sorted(KNOWN)]),
        ("fl", ["FL219", "FL220", "FL291"]),
        ("2", ["00042", "FL219", "FL220", "FL291"]),  # in the code
        ("42", ["00042"]),
        ("rosas", ["FL219", "QX"]),
        ("valle", ["FL219"]),  # a word of the name
        ("COTE", ["FL291"]),
        ("ñuñ", ["00042"]),
        ("q", ["QX"]),
        ("ta", ["FL220"]),  # within a name
        ("s", ["SOL-1", "FL220", "FL219", "FL291", "QX"]),  # the code, then a word, then within
        ("FL2I9", ["FL219"]),  # nothing contains it: what is like it
        ("????", []),
    ],
)
def test_a_search_finds_codes_before_words_before_parts(
    suggester: Suggester, typed: str, codes: list[str]
) -> None:
    assert [s.code for s in suggester.search(typed)][: max(len(codes), 1)] == codes


def test_a_search_is_cut_to_what_is_asked_for(suggester: Suggester) -> None:
    assert len(suggester.search("", limit=2)) == 2
    assert [s.score for s in suggester.search("s", limit=3)] == [100, 90, 80]
    assert len(suggester.search("fl", limit=1)) == 1
    assert {s.score for s in suggester.search("")} == {0}
