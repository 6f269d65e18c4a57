"""What one cell is read as: a value or an issue, limits on both sides, the columns of every kind."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from komet_import.review.catalogue import Severity
from komet_import.review.issues import Issue
from komet_import.review.judge import judge, refused
from komet_import.review.judgement import Judgement
from komet_import.review.reference import Directory, KnownLocation, Reference
from komet_import.sheets.worksheet import Held, Note, struck_through
from komet_import.types import CUSTOMERS, OPEN_CREDITS, Sign
from tests.review.drafting import CUSTOMERS as KNOWN
from tests.review.drafting import HEADERS, LOCATIONS, TODAY, draft, reference, row

NAMES = {"number": "Credit #", "customer": "Customer Code", "date": "Credit Date"} | {
    "amount": "Credit Balance", "location": "Location Code", "comments": "Comments"
}  # fmt: skip


def judged(
    facts: Reference | None = None, *, mark: str | None = None, held: Held = Held.TEXT, **changed: str
) -> Judgement:
    """The judgement of one good row with one value changed, which Excel held so."""
    ((name, _),) = changed.items()
    sheet = draft(row(**changed), held={(2, NAMES[name]): held})
    if mark:
        sheet = replace(sheet, answers=sheet.answers.with_answer("mark", "Credit Balance", mark))
    return judge(sheet, facts or reference())


def cell(judgement: Judgement, column: str) -> tuple[Any, list[tuple[str, str | None]]]:
    """What the first row's cell is read as, and its issues as code and suggestion."""
    issues = [(issue.code, issue.suggestion) for issue in judgement.of(0) if issue.column == column]
    return judgement.readings[column][0], issues


# --- texts and codes


@pytest.mark.parametrize(
    ("changed", "reading"),
    [
        ({"number": "  CR-7 "}, "CR-7"),
        ({"number": "12345678901234567890"}, "12345678901234567890"),
        ({"number": "   "}, None),
        ({"number": "é" * 20}, "é" * 20),
        ({"comments": "x" * 500}, "x" * 500),
        ({"comments": "a\u200bb"}, "a\u200bb"),  # in free text nothing is compared
        ({"comments": "line\x07"}, "line\x07"),
        ({"comments": " a  b "}, "a  b"),
        ({"customer": " fl219 "}, KNOWN[0]),
        ({"location": "mia"}, LOCATIONS[0]),
        ({"location": ""}, None),
    ],
)
def test_a_text_is_read_without_outer_spaces_up_to_its_limit(changed, reading):
    ((name, _),) = changed.items()
    facts = reference(locations=1) if changed == {"location": ""} else reference()
    assert cell(judged(facts, **changed), NAMES[name]) == (reading, [])


@pytest.mark.parametrize(
    ("changed", "issue"),
    [
        ({"number": "1" * 21}, ("too-long", None)),
        ({"number": " " + "1" * 20 + "2"}, ("too-long", None)),
        ({"comments": "x" * 501}, ("too-long", None)),
        ({"location": "M" * 21}, ("too-long", None)),
        ({"customer": "Rosas del Valle, S.A."}, ("too-long", "FL219")),  # a name where a code belongs
        ({"number": "Rosas del Valle, S.A."}, ("too-long", None)),
        ({"number": "A\u200bB"}, ("unreadable-characters", "AB")),
        ({"number": "A\x07"}, ("unreadable-characters", "A")),
        ({"number": "\ufeffA\u00ad1 \u2060"}, ("unreadable-characters", "A1")),
        ({"customer": "FL\u200e219"}, ("unreadable-characters", "FL219")),
        ({"location": "MI\u200bA"}, ("unreadable-characters", "MIA")),
        ({"date": "2026-03-0\u200b2"}, ("unreadable-characters", "2026-03-02")),
        ({"amount": "12\u200b0"}, ("unreadable-characters", "120")),
        ({"customer": "\u200b" * 30 + "FL219"}, ("unreadable-characters", "FL219")),  # not: too long
    ],
)
def test_a_text_beyond_its_limit_or_with_what_nobody_sees_is_not_read(changed, issue):
    ((name, _),) = changed.items()
    assert cell(judged(**changed), NAMES[name]) == (None, [issue])


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ("Bodega Miami", "MIA"),
        ("LA", "LAX"),
        ("Los Angeles", "LAX"),
        ("Miami/Los Angeles", None),
        ("Quito", None),
    ],
)
def test_a_location_is_offered_by_its_name_among_words_and_by_its_initials(said: str, offered: str | None):
    assert cell(judged(location=said), "Location Code") == (None, [("unknown-location", offered)])


def test_a_location_by_its_long_name_is_offered_by_its_code():
    facts = replace(
        reference(),
        directory=replace(
            reference().directory,
            locations={"LAX": KnownLocation(2, "LAX", "Los Angeles Distribution"), "MIA": LOCATIONS[0]},
        ),
    )
    assert cell(judged(facts, location="Los Angeles Distribution"), "Location Code") == (
        None,
        [("too-long", "LAX")],
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("held", "code"), [(Held.ERROR, "error-cell"), (Held.UNCALCULATED, "uncalculated-formula")]
)
def test_an_error_of_excel_is_no_value_in_any_column(name, held, code):
    assert cell(judged(held=held, **{name: "x"}), NAMES[name]) == (None, [(code, None)])


@pytest.mark.parametrize("name", [name for name in NAMES if name != "comments"])
@pytest.mark.parametrize("text", ["#REF!", "#n/a", "#BEZUG!", "#¡VALOR!"])
def test_an_error_that_a_text_file_holds_is_no_value_either(name, text):
    assert cell(judged(**{name: text}), NAMES[name]) == (None, [("error-cell", None)])


@pytest.mark.parametrize("name", NAMES)
def test_what_excel_does_not_show_waits_in_every_column_before_somebody_confirms_it(name):
    plain = judged(**{name: GOOD_TEXTS.get(name, "FL219")})
    veiled = judged(held=Held.VEILED, **{name: GOOD_TEXTS.get(name, "FL219")})
    assert cell(veiled, NAMES[name]) == (cell(plain, NAMES[name])[0], [("not-as-shown", None)])


GOOD_TEXTS = {
    "date": "2026-03-02",
    "amount": "12.50",
    "location": "MIA",
    "number": "CR-9",
    "comments": "late",
}


def test_of_what_excel_does_not_show_and_that_is_wrong_the_mistake_is_told():
    assert cell(judged(held=Held.VEILED, amount="-5"), "Credit Balance") == (-5, [("not-positive", "5")])
    assert cell(judged(held=Held.VEILED, date="1,234"), "Credit Date") == (None, [("not-a-date", None)])


@pytest.mark.parametrize("held", [Held.ERROR, Held.UNCALCULATED])
def test_a_blank_cell_is_blank_whatever_excel_held(held):
    assert cell(judged(held=held, number=" "), "Credit #") == (None, [])
    assert cell(judged(held=held, amount=" "), "Credit Balance") == (None, [("missing-value", None)])


@pytest.mark.parametrize("name", [name for name in NAMES if name != "comments"])
def test_a_value_that_is_struck_through_is_asked_for_in_every_column(name):
    assert cell(judged(**{name: struck_through("x y")}), NAMES[name]) == (None, [("struck-cell", None)])
    partly = struck_through("old") + " new"
    assert cell(judged(**{name: partly}), NAMES[name]) == (None, [("partly-struck", "new")])


def test_what_is_struck_through_in_a_comment_stays_so():
    partly = struck_through("old") + " new"
    assert cell(judged(comments=partly), "Comments") == (partly, [])


@pytest.mark.parametrize(
    ("formula", "offered"), [("=62694.66", "62694.66"), ("=((10)+(13))+(16)", "39"), ("=A1*2", None)]
)
def test_what_the_constants_of_an_uncalculated_formula_come_to_is_offered(formula, offered):
    assert cell(judged(held=Held.UNCALCULATED, amount=formula), "Credit Balance") == (
        None,
        [("uncalculated-formula", offered)],
    )


@pytest.mark.parametrize(
    ("held", "reading"),
    [
        ("0.110000000000014", "0.11"),
        ("4166.22999999999", "4166.23"),
        ("1479.9000000001", "1479.9"),
        ("6.8250000000001", "6.825"),
        ("33.333333333", None),
        ("4166.2299999", None),  # this is more than noise
        ("0.00000000001", "0"),
    ],
)
def test_what_binary_numbers_leave_at_the_end_of_a_number_is_no_money(held, reading):
    found, issues = cell(judged(held=Held.NUMBER, amount=held), "Credit Balance")
    if reading is None:
        assert issues == [("too-many-decimals", None)]
    else:
        assert (found, issues) == (Decimal(reading), [] if Decimal(reading) else [("not-positive", None)])


def test_typed_text_has_no_binary_noise():
    assert cell(judged(amount="0.110000000000014"), "Credit Balance")[1] == [("too-many-decimals", None)]


def shown(decimals: int, amount: str, held: Held = Held.NUMBER) -> Judgement:
    """The judgement of an amount that Excel shows with so many decimals."""
    one = draft(row(amount=amount), held={(2, "Credit Balance"): held})
    decimals_of = {"Credit Balance": np.array([decimals], dtype=np.uint8)}
    return judge(replace(one, sheet=replace(one.sheet, decimals=decimals_of)), reference())


@pytest.mark.parametrize(
    ("decimals", "amount", "issue"),
    [
        (2, "33.333333333", ("too-many-decimals", "33.33")),
        (0, "33.333333333", ("too-many-decimals", "33")),
        (2, "0.0012345", ("too-many-decimals", None)),  # it is shown as 0.00
        (4, "33.333333333", ("too-many-decimals", None)),  # and so is what is shown
        (2, "6.825", ("shown-rounded", "6.83")),
        (0, "12.5", ("shown-rounded", "13")),
        (0, "0.4", ("shown-rounded", None)),
        (2, "0.110000000000014", None),
        (2, "-33.333333333", ("too-many-decimals", "-33.33")),
        (2, "-6.825", ("not-positive", "6.8250")),
    ],
)
def test_the_amount_that_excel_shows_is_offered(decimals, amount, issue):
    assert cell(shown(decimals, amount), "Credit Balance")[1] == ([issue] if issue else [])


def test_what_a_person_typed_is_shown_as_it_is():
    assert cell(shown(1, "68.25", held=Held.TEXT), "Credit Balance") == (Decimal("68.25"), [])


@pytest.mark.parametrize(
    ("text", "offered"),
    [("15%", "0.15"), ("1250 %", "12.50"), ("12.5%", "0.125"), ("-3%", "-0.03"), ("1,5 %", "0.015")],
)
def test_a_percentage_is_no_amount(text, offered):
    assert cell(judged(amount=text), "Credit Balance") == (None, [("percentage", offered)])


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("1900-05-04 12:00:00", "125.50"),
        ("1900-01-01", "1"),
        ("1900-02-28", "59"),
        ("1900-03-01", "61"),
        ("1901-05-16 08:52:48", "502.37"),
    ],
)
def test_the_number_behind_a_date_is_offered_as_an_amount(text, offered):
    found = cell(judged(held=Held.DATE, amount=text), "Credit Balance")
    assert found == (None, [("amount-as-date", offered)])


def test_the_number_behind_a_date_counts_from_1904_where_the_workbook_does():
    one = draft(row(amount="1904-05-05 12:00:00"), held={(2, "Credit Balance"): Held.DATE})
    notes = (Note(code="dates-from-1904", count=1),)
    judgement = judge(replace(one, sheet=replace(one.sheet, notes=notes)), reference())
    assert cell(judgement, "Credit Balance")[1] == [("amount-as-date", "125.50")]


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("100 450", ("one-or-two-numbers", "100450")),
        ("-1 234", ("one-or-two-numbers", "-1234")),
        ("$1 234 567", ("one-or-two-numbers", "1234567")),
        ("1 234,50", None),
        ("1\u00a0234", None),  # a blank that only programs write, between groups of digits
        ("1\u202f234", None),
        ("1'234", None),
    ],
)
def test_a_blank_between_digits_may_part_two_numbers(text, issue):
    assert cell(judged(amount=text), "Credit Balance")[1] == ([issue] if issue else [])


def test_a_code_that_excel_held_as_a_number_is_a_code():
    assert cell(judged(held=Held.NUMBER, number="42"), "Credit #") == ("42", [])
    assert cell(judged(held=Held.NUMBER, customer="00219"), "Customer Code") == (KNOWN[2], [])


@pytest.mark.parametrize(
    ("customer", "issue"),
    [
        ("FL900", ("inactive-customer", None)),
        ("fl900", ("inactive-customer", None)),
        ("FL90", ("unknown-customer", None)),  # an inactive customer is not offered
        ("FL22", ("unknown-customer", "FL220")),
        ("MIA", ("unknown-customer", None)),  # a location is not offered either
    ],
)
def test_a_customer_that_is_inactive_or_unknown_is_not_read(customer, issue):
    assert cell(judged(customer=customer), "Customer Code") == (None, [issue])


def test_a_location_is_needed_only_where_there_are_several():
    assert cell(judged(location=""), "Location Code") == (None, [("missing-value", None)])
    assert cell(judged(reference(locations=1), location=""), "Location Code") == (None, [])
    assert cell(judged(reference(locations=1), location="LAX"), "Location Code") == (
        None,
        [("unknown-location", None)],
    )


@pytest.mark.parametrize(
    ("text", "named"), [("MIA", "MIA"), ("MIA;LAX", "MIA, LAX"), ("MIA, LAX / BOG", "MIA, LAX, BOG")]
)
def test_where_there_are_no_locations_yet_this_is_said_with_what_the_cell_names(text, named):
    facts = replace(reference(), directory=Directory({}, {}))
    (issue,) = [i for i in judged(facts, location=text).of(0) if i.column == "Location Code"]
    assert (issue.code, issue.facts["named"], issue.suggestion) == ("no-locations", named, None)


@pytest.mark.parametrize(
    ("count", "listed"),
    [
        (1, "L1"),
        (8, "L1, L2, L3, L4, L5, L6, L7, L8"),
        (9, "L1, L2, L3, L4, L5, L6, L7, L8 …"),
    ],
)
def test_at_most_eight_locations_are_named_in_their_order(count, listed):
    known = [KnownLocation(n, f"L{n}", "") for n in range(count, 0, -1)]
    facts = replace(reference(), directory=Directory({}, {place.code: place for place in known}))
    (issue,) = [i for i in judged(facts, location="?").of(0) if i.column == "Location Code"]
    assert issue.facts["expected"] == listed
    assert issue.message == f"Location Code “?” is not a location; use one of {listed}."


# --- amounts


@pytest.mark.parametrize(
    ("amount", "reading", "thousandths", "issues"),
    [
        ("120", Decimal(120), 120_000, []),
        ("0.001", Decimal("0.001"), 1, []),
        ("10000", Decimal(10_000), 10_000_000, []),
        ("10000.001", Decimal("10000.001"), 10_000_001, [("above-ceiling", None)]),
        ("5000000000", Decimal(5_000_000_000), 5_000_000_000_000, [("above-ceiling", None)]),
        ("5000000000.01", None, 0, [("above-ceiling", None)]),
        ("-5000000000", Decimal(-5_000_000_000), -5_000_000_000_000, [("not-positive", "5000000000")]),
        ("-5000000001", None, 0, [("above-ceiling", None)]),
        ("-1e20", None, 0, [("not-a-number", None)]),
        ("-100000000000000000000", None, 0, [("above-ceiling", None)]),
        ("9" * 60, None, 0, [("above-ceiling", None)]),
        ("0", Decimal(0), 0, [("not-positive", None)]),
        ("0.00", Decimal(0), 0, [("not-positive", None)]),
        ("-13.89", Decimal("-13.89"), -13_890, [("not-positive", "13.89")]),
        ("(13.89)", Decimal("-13.89"), -13_890, [("not-positive", "13.89")]),
        ("1.2345", None, 0, [("too-many-decimals", None)]),
        ("1,234", None, 0, [("ambiguous-amount", None)]),
        ("12.", None, 0, [("not-a-number", "12")]),
        ("", None, 0, [("missing-value", None)]),
    ],
)
def test_an_amount_is_read_within_its_limits(amount, reading, thousandths, issues):
    judgement = judged(amount=amount)
    assert cell(judgement, "Credit Balance") == (reading, issues)
    assert judgement.amounts.tolist() == [thousandths]
    assert judgement.readable.tolist() == [reading is not None]
    assert judgement.tally(judgement.readable | True) == (1, max(thousandths, 0))


@pytest.mark.parametrize(
    ("mark", "amount", "reading", "suggestion"),
    [
        (",", "-13,89", Decimal("-13.89"), "13,89"),
        (",", "-1.234", Decimal(-1234), "1234"),
        (".", "-1.234", Decimal("-1.234"), "1.2340"),
        ("point=decimals", "-1.234", Decimal("-1.234"), "1.2340"),
    ],
)
def test_what_is_offered_for_a_negative_amount_is_written_as_its_column_is(mark, amount, reading, suggestion):
    assert cell(judged(amount=amount, mark=mark), "Credit Balance") == (
        reading,
        [("not-positive", suggestion)],
    )


def test_an_amount_that_excel_held_as_a_number_has_one_reading():
    assert cell(judged(held=Held.NUMBER, amount="1.234"), "Credit Balance") == (Decimal("1.234"), [])
    assert cell(judged(held=Held.BOOLEAN, amount="TRUE"), "Credit Balance") == (
        None,
        [("not-a-number", None)],
    )


def test_the_ceiling_is_the_ledgers_and_is_named():
    facts = replace(reference(), ceiling=100_000)
    assert cell(judged(facts, amount="100"), "Credit Balance")[1] == []
    for amount in ("100.01", "6000000000"):
        (issue,) = judged(facts, amount=amount).all()
        assert (issue.code, issue.facts["limit"]) == ("above-ceiling", "$100.00")


DEBITS = replace(OPEN_CREDITS, sign=Sign.NEGATIVE)


@pytest.mark.parametrize(
    ("amount", "reading", "issues"),
    [
        ("-120", Decimal(-120), []),
        ("-10000", Decimal(-10_000), []),
        ("-10000.001", Decimal("-10000.001"), [("above-ceiling", None)]),
        ("13.89", Decimal("13.89"), [("not-negative", "-13.89")]),
        ("0", Decimal(0), [("not-negative", None)]),
    ],
)
def test_money_that_must_be_negative_is_read_within_the_same_limits(amount, reading, issues):
    judgement = judge(draft(row(amount=amount), type=DEBITS), reference())
    assert cell(judgement, "Credit Balance") == (reading, issues)
    right = min(int(reading * 1000), 0)
    assert judgement.tally(judgement.readable) == (1, right)
    assert judgement.against_sign.tolist() == [reading > 0]


# --- days


@pytest.mark.parametrize(
    ("days", "distance"),
    [
        (0, None),
        (31, None),
        (32, "32 days ahead"),
        (1_000, "1,000 days ahead"),
        (-730, None),
        (-731, "2 years ago"),
        (-1_094, "2 years ago"),
        (-1_095, "3 years ago"),
    ],
)
def test_a_day_far_from_today_is_read_and_said(days, distance):
    day = TODAY + timedelta(days=days)
    judgement = judged(date=str(day))
    assert judgement.readings["Credit Date"].tolist() == [day]
    said = [(i.code, {name: str(fact) for name, fact in i.facts.items()}) for i in judgement.all()]
    assert said == ([("unusual-date", {"distance": distance})] if distance else [])
    assert judgement.ready.tolist() == [distance is None], "it waits until somebody confirms it"
    assert judgement.warnings.tolist() == [distance is not None]


@pytest.mark.parametrize(
    ("held", "text", "reading", "issues"),
    [
        (Held.DATE, "2026-03-02", date(2026, 3, 2), []),
        (Held.DATE, "2026-03-02 08:00:00", None, [("has-time", "2026-03-02")]),
        (Held.NUMBER, "46083", None, [("serial-date", "2026-03-02")]),
        (Held.TEXT, "46083", None, [("serial-date", "2026-03-02")]),
        (Held.TEXT, " 2026-03-02 ", date(2026, 3, 2), []),
        (Held.TEXT, "25/02/2026", None, [("date-format", "2026-02-25")]),
        (Held.TEXT, "2026-02-30", None, [("not-a-date", None)]),
        (Held.TEXT, "", None, [("missing-value", None)]),
    ],
)
def test_a_day_is_read_as_excel_held_it(held, text, reading, issues):
    assert cell(judged(held=held, date=text), "Credit Date") == (reading, issues)


# --- the columns of customers

LISTED = tuple(column.name for column in CUSTOMERS.columns)
NEW = dict.fromkeys(LISTED, "") | {"Customer Code": "C1", "Customer Name": "Bloom"}


def listed(column: str, text: str) -> tuple[Any, list[tuple[str, str | None]]]:
    """What a cell of a new customer is read as."""
    sheet = draft(tuple((NEW | {column: text}).values()), type=CUSTOMERS, headers=LISTED)
    return cell(judge(sheet, reference()), column)


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        *(
            (word, True)
            for word in ("yes", "Y", "TRUE", "1", "Active", "si", "SÍ", "1.0", "Activo", "activa")
        ),
        *(
            (word, True)
            for word in ("VERDADERO", "Sim", "Ativo", "Oui", "VRAI", "Ja", "WAHR", "aktiv", "WAAR")
        ),
        *((word, False) for word in ("No", "n", "FALSE", "0", "inactive", "Inactivo", "FALSO", "não")),
        *((word, False) for word in ("Non", "FAUX", "Nein", "inaktiv", "Nee", "ONWAAR", "0.0")),
        ("", None),
    ],
)
def test_yes_and_no_are_read_in_these_words(text, flag):
    assert listed("Active", text) == (flag, [])


@pytest.mark.parametrize("mark", ["x", "A", "✓", "-", "2", "I"])
def test_a_mark_alone_says_neither_yes_nor_no(mark):
    assert listed("Active", mark) == (None, [("not-a-choice", None)])


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Miami", "MIA"),
        ("LA", "LAX"),
        ("los angeles", "LAX"),
        ("MIA;MIA", "MIA"),
        ("MIA;LAX", None),  # money stands at one location
        ("Miami; Los Angeles", None),
        ("Miami and LAX", None),
    ],
)
def test_one_location_is_offered_by_its_name_and_of_several_none(text, offered):
    assert cell(judged(location=text), "Location Code") == (None, [("unknown-location", offered)])


def test_any_other_word_than_yes_or_no_is_said_with_what_is_expected():
    assert listed("Active", "maybe") == (None, [("not-a-choice", None)])
    sheet = draft(tuple((NEW | {"Active": "maybe"}).values()), type=CUSTOMERS, headers=LISTED)
    assert [issue.message for issue in judge(sheet, reference()).all()] == [
        "Active “maybe” is not known; use one of yes, no."
    ]


@pytest.mark.parametrize(
    ("text", "reading", "issues"),
    [
        ("Retailer", "Retailer", []),
        ("RETAILER", "Retailer", []),
        ("event planner", "Event Planner", []),
        ("Wholesale", None, [("not-a-choice", "Wholesaler")]),
        ("Florist", None, [("not-a-choice", None)]),
        ("", None, []),
    ],
)
def test_a_choice_is_read_without_case_and_written_as_it_is_declared(text, reading, issues):
    assert listed("Customer Type", text) == (reading, issues)


@pytest.mark.parametrize(
    ("text", "reading", "issues"),
    [
        ("MIA", (LOCATIONS[0],), []),
        ("lax:MIA", (LOCATIONS[1], LOCATIONS[0]), []),
        (" MIA : LAX ", LOCATIONS, []),
        (":MIA::", (LOCATIONS[0],), []),
        (":", (), []),
        ("MlA", None, [("unknown-location", "MIA")]),
        ("LAX: MlA :LAX", None, [("unknown-location", "LAX:MIA:LAX")]),
        ("MIA:LAX1", None, [("unknown-location", "MIA:LAX")]),
        ("MIA:Nowhere:LAX", None, [("unknown-location", None)]),
        *(
            (text, None, [("unknown-location", "MIA:LAX")])
            for text in (
                *(
                    "MIA;LAX",
                    "MIA, LAX",
                    "mia/lax",
                    "MIA | LAX",
                    "MIA\nLAX",
                    "MIA LAX",
                    "MIA & LAX",
                    "MIA y LAX",
                ),
                *("Miami; Los Angeles", "Miami and LA", "MIA;LAX:"),
            )
        ),
        ("MIA;Nowhere", None, [("unknown-location", None)]),
        ("", None, []),
    ],
)
def test_several_locations_are_read_one_by_one_and_the_first_unknown_one_is_fixed(text, reading, issues):
    assert listed("Location Codes", text) == (reading, issues)


@pytest.mark.parametrize(
    ("column", "text", "reading", "issues"),
    [
        ("Accounting Code", "(none)", "", []),
        ("Accounting Code", " (NONE) ", "", []),
        ("Salesperson", "(none)", "", []),
        ("Customer Type", "(none)", "", []),
        ("Location Codes", "(none)", (), []),
        ("Location Codes", "(None)", (), []),
        ("Customer Name", "(none)", "(none)", [("stands-for-nothing", None)]),  # it cannot be erased
        ("Customer Code", "(none)", "(none)", [("stands-for-nothing", None)]),
        ("Active", "(none)", None, [("not-a-choice", None)]),
        ("Accounting Code", "none", "none", [("stands-for-nothing", None)]),
    ],
)
def test_the_word_that_erases_does_so_where_something_may_be_erased(column, text, reading, issues):
    assert listed(column, text) == (reading, issues)


@pytest.mark.parametrize(
    ("column", "text", "issues"),
    [
        ("Accounting Code", "A\u200b1", [("unreadable-characters", "A1")]),
        ("Salesperson", "Ann\u200bLee", []),
        ("Customer Name", "Rosas\u200b", []),
        ("Customer Code", "N\u200b1", [("unreadable-characters", "N1")]),
        ("Customer Code", "N" * 21, [("too-long", None)]),
        ("Customer Name", "N" * 200, []),
        ("Customer Name", "N" * 201, [("too-long", None)]),
        ("Customer Name", "", [("missing-value", None)]),
    ],
)
def test_codes_of_a_list_are_read_as_strictly_as_those_of_credits_and_names_are_free(column, text, issues):
    assert listed(column, text)[1] == issues


# --- a text that somebody means to put into many cells


@pytest.mark.parametrize(
    ("column", "text", "code", "value"),
    [
        ("Credit Date", " soon ", "not-a-date", "soon"),
        ("Credit Date", "2019-01-01", None, None),  # a warning refuses nothing
        ("Credit Date", "", "missing-value", ""),
        ("Credit #", "", None, None),
        ("Credit Balance", "1,234", "ambiguous-amount", "1,234"),
        ("Customer Code", "FL900", "inactive-customer", "FL900"),
    ],
)
def test_what_is_refused_is_an_issue_of_no_row(column, text, code, value):
    found = refused(draft(row()), reference(), column, text)
    assert (found and (found.row, found.column, found.code, found.value, found.severity)) == (
        code and (0, column, code, value, Severity.ERROR)
    )


def test_a_column_that_the_type_does_not_have_is_not_judged():
    sheet = draft((*row(), "€5"), headers=(*HEADERS, "Remark"))
    judgement = judge(sheet, reference())
    assert list(judgement.all()) == [] and list(judgement.readings) == list(HEADERS)
    with pytest.raises(KeyError):
        refused(sheet, reference(), "Remark", "x")


def test_an_issue_keeps_the_text_as_it_stands_in_the_cell():
    (issue,) = judged(customer=" FL21 ").all()
    assert issue == Issue(
        row=2, column="Customer Code", code="unknown-customer", value=" FL21 ", suggestion="FL219"
    )


@pytest.mark.parametrize(
    ("header", "text", "offered"),
    [
        ("Credit Balance", "=1+2", "3"),
        ("Credit Balance", "1+2", None),
        ("Comments", "=1+2", None),
        ("Customer Code", "=1+2", None),
    ],
)
def test_what_a_formula_of_constants_comes_to_is_offered_as_an_amount_only(header, text, offered):
    line = dict(zip(HEADERS, row(), strict=True)) | {header: text}
    judgement = judge(draft(tuple(line.values()), held={(2, header): Held.UNCALCULATED}), reference())
    (issue,) = [one for one in judgement.all() if one.code == "uncalculated-formula"]
    assert (issue.column, issue.suggestion) == (header, offered)
