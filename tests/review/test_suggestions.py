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


def test_of_two_codes_that_read_the_same_the_one_that_was_typed_comes_first_and_of_equal_ones_none() -> None:
    twins = Suggester([("AB-12", "One"), ("A8I2", "Two"), ("ZZ", "Three")])
    assert [s.code for s in twins.ranked("AB12", limit=2)] == ["AB-12", "A8I2"]
    assert best(twins, "AB12") == "AB-12"
    assert best(twins, "AB1Z") is None and best(twins, "ABIZ") is None


def test_a_code_of_two_letters_among_words_may_be_any_of_them() -> None:
    known = Suggester([("AM", "Amsterdam"), ("LAX", "Los Angeles")], places=True)
    assert (best(known, "pickup am dock"), best(known, "pickup lax dock")) == (None, "LAX")
    assert best(known, "am") == "AM"


def test_of_two_codes_that_read_the_same_the_one_that_only_has_zeros_before_it_comes_first() -> None:
    twins = Suggester([("042", "One"), ("O42", "Two"), ("4Z", "Three")])
    assert best(twins, "42") == "042" and best(twins, "00O42") == "O42"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("40.0", "40"),
        ("40.00", "40"),
        ("400.0", "400"),
        ("42.0", "00042"),
        ("42", "00042"),
        ("0040", None),  # 40 or 040
        ("FLO", "FL0"),
        ("FL2OO", "FL200"),
        ("FLZ00", "FL200"),
        ("fl 200", "FL200"),
        # a name, or a part of one name only
        ("Petal & Stem", "FL201"),
        ("PETAL AND STEM FLORIST", "FL201"),
        ("Pétalo y Rama", "FL205"),
        ("petalo & rama", "FL205"),
        ("Rosas del Valle", None),  # the beginning of two names
        ("del valle rosas", None),
        ("Rosas del Valle Wholesale", "FL200"),
        # a code beside its own name, or beside another's
        ("FL200 - Rosas del Valle Wholesale", "FL200"),
        ("FL200 Rosas del Valle", "FL200"),
        ("Rosas del Valle (FL200)", "FL200"),
        ("Rosas del Valle Florist: fl203", "FL203"),
        ("FL200/Petal & Stem", None),
        ("FL203 - Rosas del Valle Wholesale", None),
        ("40.0 - Tulipán Events", "40"),
        ("-", None),
    ],
)
def test_codes_that_software_changed_names_and_codes_beside_names_are_offered(typed, expected):
    known = codes(
        ("FL200", "Rosas del Valle Wholesale"),
        ("FL203", "Rosas del Valle Florist"),
        ("FL201", "Petal & Stem Florist"),
        ("FL205", "Pétalo y Rama"),
        ("FL0", "Verde Vivo"),
        ("00042", "Bloom & Co"),
        ("40", "Tulipán Events"),
        ("400", "Green Thumb Florist"),
        ("040", "Other"),
    )
    assert best(known, typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Miami, FL", "MIA"),
        ("Miami", "MIA"),
        ("MIAMI", "MIA"),
        ("miami fl", "MIA"),
        ("Bogota", "BOG"),
        ("Bogotá D.C.", "BOG"),
        ("Los Angeles", "LAX"),
        ("LA", "LAX"),
        ("L.A.", None),  # two words of a letter are no initials of ours
        ("NY", None),
        ("SD", None),  # Santo Domingo or San Diego
        ("San Diego", "SAN"),
        ("MIA - Miami", "MIA"),
        ("Warehouse Miami", "MIA"),
        ("Bodega Bogotá 2", "BOG"),
        ("LAX Airport", "LAX"),
        ("MIA 33122", "MIA"),
        ("01-MIA", "MIA"),
        ("Miami or San Diego", None),
        ("MIA to LAX", None),
    ],
)
def test_a_location_is_offered_by_its_name_its_city_and_its_initials(typed, expected):
    known = [("MIA", "Miami, FL"), ("LAX", "Los Angeles, CA"), ("BOG", "Bogotá, Colombia")]
    known += [("SDQ", "Santo Domingo"), ("SAN", "San Diego (airport)")]
    found = Suggester(known, places=True).best(typed)
    assert (found.code if found else None) == expected


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


# --- the limits, on both sides


def codes(*known: tuple[str, str] | str) -> Suggester:
    return Suggester((one, "") if isinstance(one, str) else one for one in known)


def best(known: Suggester, typed: str) -> str | None:
    found = known.best(typed)
    return found.code if found else None


@pytest.mark.parametrize(
    ("known", "typed", "expected"),
    [
        # Of n letters k differ: 95 · (1 - k/n), and 70 are enough.
        (["ABCDEFGHIJ"], "ABCDEFGHXY", "ABCDEFGHIJ"),  # 2 of 10: 76
        (["ABCDEFGHIJ"], "ABCDEFGXYW", None),  # 3 of 10: 66.5
        (["ABCD"], "ABCX", "ABCD"),  # 1 of 4: 71.25
        (["ABC"], "ABX", None),  # 1 of 3: 63.3
        (["ABCDEF"], "ABDCEF", "ABCDEF"),  # two letters in the wrong order are one slip
        # Of two that are as near neither; one that was only misread, however near the other is.
        (["AB12", "AB13"], "AB14", None),
        (["FL219", "FL218"], "FL2I9", "FL219"),
        (["FL219", "F1219"], "FLZ19", None),  # both read the same
    ],
)
def test_a_code_is_offered_that_is_near_enough_and_nearer_than_any_other(known, typed, expected):
    assert best(codes(*known), typed) == expected


def test_scores_are_what_the_way_of_finding_is_worth():
    known = codes(("FL219", "Rosas del Valle"), ("QQQQQ", "Rosas del Vallo"), ("ZZ9", "Other"))
    assert [(s.code, s.score) for s in known.ranked("FL2I9")] == [("FL219", 100)]
    assert [(s.code, s.score) for s in known.ranked("FL210")] == [("FL219", 76)]
    by_name = known.ranked("Rosas del Valle")
    assert [(s.code, round(s.score, 2)) for s in by_name] == [("FL219", 97), ("QQQQQ", 90.53)]
    assert best(known, "Rosas del Valle") == "FL219"


def test_the_better_of_two_ways_counts():
    known = codes(("ROSAS", "Rosas"), ("OTHER", "Rozas"))
    assert [(s.code, round(s.score)) for s in known.ranked("rosas")] == [("ROSAS", 100), ("OTHER", 78)]
    assert [(s.code, round(s.score)) for s in known.ranked("rozas")] == [("OTHER", 97), ("ROSAS", 78)]
    near = codes(("ABCDE", "Zzz Zzz"), ("ABCDX", "ABCDF"))
    assert [(s.code, round(s.score)) for s in near.ranked("ABCDF")] == [("ABCDX", 97), ("ABCDE", 76)]


@pytest.mark.parametrize(("typed", "codes_found"), [("An", []), ("An1", []), ("Ann", ["Q9999999"])])
def test_fewer_than_three_letters_are_no_name(typed, codes_found):
    assert [s.code for s in codes(("Q9999999", typed)).ranked(typed)] == codes_found


def test_three_letters_among_figures_are_a_name():
    assert best(codes(("Q9999999", "Rio 12")), "Rio 12") == "Q9999999"
    assert best(codes(("Q9999999", "Ri 12")), "Ri 12") is None


def test_names_are_compared_without_accents_case_and_order_and_only_if_they_are_alike():
    known = codes(("Q1", "Café  Zürich"), ("Q2", "Blumen"))
    assert best(known, "zurich CAFE") == "Q1"
    assert [s.code for s in known.ranked("Flores")] == []


def test_as_many_are_ranked_as_are_asked_for_and_equal_ones_by_their_code():
    known = codes("AB15", "AB14", "AB13", "AB12", "AB11", "AB10", "AB16")
    assert [s.code for s in known.ranked("AB1X", limit=3)] == ["AB10", "AB11", "AB12"]
    assert len(known.ranked("AB1X")) == 5, "five, where nothing is said"
    assert len(known.ranked("AB1X", limit=9)) == 7
    misread = codes("A0", "AO", "A-0", "A.O", "A 0", "AQ", "A_0")
    assert len(misread.ranked("a/0", limit=2)) == 2


def test_a_suggestion_is_remembered_for_its_value_alone(suggester: Suggester) -> None:
    assert (best(suggester, "FL2I9"), best(suggester, "42"), best(suggester, "nobody")) == (
        "FL219",
        "00042",
        None,
    )
    assert (best(suggester, "FL2I9"), best(suggester, "42"), best(suggester, "nobody")) == (
        "FL219",
        "00042",
        None,
    )


def test_codes_of_any_case_are_known_and_named_as_they_are_written():
    known = codes(("ab12", "low"), ("CD34", "up"))
    assert known.ranked("AB1Z")[0].code == "ab12"
    assert known.search("AB")[0].code == "ab12"
    assert best(known, "ABIZ") == "ab12"


@pytest.mark.parametrize(
    ("code", "skeletal"),
    [
        ("OQILSBZ", "11582"),
        ("00Q0", ""),
        ("100", "100"),
        ("É1", "E1"),
        ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "A8E2H1KMN0PTYX"),
        ("АВЕКМНОРСТУХІЅЈ", "A8EKMH0PCTYX15J"),
        ("a_b/c d", "A8CD"),
    ],
)
def test_every_letter_that_looks_like_another_is_that_one(code, skeletal):
    assert skeleton(code) == skeletal


def test_a_search_is_of_twenty_where_nothing_is_said_and_of_likenesses_of_five():
    many = codes(*(f"AB{n:02}" for n in range(40)))
    assert [s.code for s in many.search("AB")] == [f"AB{n:02}" for n in range(20)]
    assert [s.code for s in many.search("")] == [f"AB{n:02}" for n in range(20)]
    assert len(many.search("AB1X")) == 5 == len(many.search("AB1X", limit=30))
    assert len(many.search("AB1X", limit=2)) == 2
    assert [s.code for s in many.search(" ab0 ", limit=3)] == ["AB00", "AB01", "AB02"]


def test_a_search_names_what_it_finds_by_rank():
    known = codes(("ROSA1", "x"), ("Q1", "Rosa Blanca"), ("Q2", "La Rosa"), ("Q3", "Prosa"), ("XROSA", "y"))
    assert [(s.code, s.name, s.score) for s in known.search("rosa")] == [
        ("ROSA1", "x", 100),
        ("Q1", "Rosa Blanca", 90),
        ("Q2", "La Rosa", 90),
        ("Q3", "Prosa", 80),
        ("XROSA", "y", 80),
    ]
    assert [s.code for s in known.search("la rosa")] == ["Q2"]
    assert [s.code for s in known.search("sa bl")] == ["Q1"]


# --- one beside another


@pytest.mark.parametrize(
    ("known", "typed", "expected"),
    [
        (["ABCDEFGHIJ", "ABCDEFGHYZ"], "ABCDEFGHIX", "ABCDEFGHIJ"),  # 85.5 and 76: the nearer one
        (["A" * 58 + "CD", "A" * 58 + "BC"], "A" * 58 + "CE", "A" * 58 + "CD"),  # 1.6 apart are enough
        (["A" * 98 + "CD", "A" * 98 + "BC"], "A" * 98 + "CE", None),  # 0.95 are not
        (["A" * 14 + "BCDEF"], "A" * 14 + "VWXYZ", "A" * 14 + "BCDEF"),  # 14 of 19: exactly 70
    ],
)
def test_the_nearer_of_two_is_offered_if_it_is_nearer_by_one(known, typed, expected):
    assert best(codes(*known), typed) == expected


def test_nothing_typed_is_like_no_code_not_even_one_of_signs_alone():
    assert codes("--", "A1").ranked(" ") == []
    assert [s.code for s in codes("--", "A1").ranked("-")] == ["--"]


def test_customers_of_the_same_name_are_ranked_up_to_what_is_asked_for():
    namesakes = codes(*((f"Q{n}", "Rosas del Valle") for n in range(8)))
    assert [s.code for s in namesakes.ranked("rosas del valle", limit=7)] == [f"Q{n}" for n in range(7)]


def test_a_search_does_not_mind_outer_spaces_around_a_name():
    assert [s.code for s in codes(("Q1", " La Rosa ")).search("  la rosa ")] == ["Q1"]


def test_the_first_letter_of_a_name_of_one_word_does_not_say_it():
    places = Suggester([("L1", "Miami"), ("L2", "Los Angeles")], places=True)
    assert [s.code for s in places.ranked("LA")] == ["L2"] and places.ranked("M") == []
