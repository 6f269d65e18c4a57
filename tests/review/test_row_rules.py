"""What the readings of a row say beside each other, beside the ledger, and beside other rows."""

import copy
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from komet_import.review import fixes
from komet_import.review.catalogue import OTHER_NAME
from komet_import.review.draft import Draft
from komet_import.review.edits import Changes, Confirmation, setting
from komet_import.review.judge import colliding, judge, rejudge
from komet_import.review.judgement import Judgement, is_confirmed
from komet_import.review.problem_list import problems
from komet_import.review.reference import (
    Alike,
    Corrected,
    Directory,
    KnownCustomer,
    KnownLocation,
    Numbered,
    Origin,
    Posted,
    Reference,
)
from komet_import.review.rules.finding import Finding, codes_of
from komet_import.review.rules.odd_texts import odd_code
from komet_import.review.tally import Tally, tally_of_issues
from komet_import.sheets.cell_comments import CellComment
from komet_import.sheets.files import reader
from komet_import.sheets.worksheet import Held
from komet_import.types import CUSTOMERS
from tests.review.drafting import HEADERS, draft, noon, opened, reference, row, worksheet

DAY = date(2026, 3, 2)
TOTAL = ("Total", "", "", "120", "", "")


def found(judgement: Judgement) -> list[tuple[int, str]]:
    return [(issue.row, issue.code) for issue in judgement.all()]


def rows(judgement: Judgement, chosen: Any) -> list[int]:
    return judgement.numbers[chosen].tolist()


# --- the customer's own locations


@pytest.mark.parametrize(
    ("at", "expected", "suggestion"),
    [
        ({2}, "B", "B"),
        ({3, 2}, "B, C", None),
        (set(), "none, as it has none", None),
        ({99}, "none, as it has none", None),  # a location that is gone
        ({99, 2}, "B", "B"),
        (set(range(2, 11)), "B, C, D, E, F, G, H, I …", None),
        ({1}, None, None),
        ({1, 2, 3}, None, None),
    ],
)
def test_a_location_must_be_the_customers_and_the_only_one_is_offered(at, expected, suggestion):
    places = {"ABCDEFGHIJ"[n - 1]: KnownLocation(n, "ABCDEFGHIJ"[n - 1], "") for n in range(10, 0, -1)}
    customer = KnownCustomer(1, "FL219", "Rosas", True, frozenset(at))
    facts = replace(reference(), directory=Directory({"FL219": customer}, places))
    issues = list(judge(draft(row(number="Z", location="J"), row(location=" a ")), facts).of(1))
    said = [{name: str(fact) for name, fact in i.facts.items()} for i in issues]
    assert [(i.column, i.code, i.value, i.suggestion, f) for i, f in zip(issues, said, strict=True)] == (
        [
            (
                "Location Code", "not-at-location", " a ", suggestion,
                {"customer": "FL219", "expected": expected},
            )
        ]
        if expected
        else []
    )  # fmt: skip


@pytest.mark.parametrize("changed", [{"customer": "FL900"}, {"customer": "?"}, {"location": "?"}])
def test_a_location_is_not_held_against_a_customer_that_is_not_read(changed):
    codes = found(judge(draft(row(**changed), row(number="B", location="LAX")), reference()))
    assert [code for number, code in codes if number == 2] == [
        {"FL900": "inactive-customer"}.get(changed.get("customer", ""))
        or ("unknown-customer" if "customer" in changed else "unknown-location")
    ]
    assert (3, "not-at-location") in codes, "and the row below is still looked at"


# --- what stands in the ledger

LIKE = {(1, DAY, 120_000): Alike(noon(date(2026, 2, 1)), False, 7)}
NUMBERED = {(1, DAY, 120_000): Alike(noon(date(2026, 2, 1)), True, 7)}
NUMBERS = {(1, "CR-1"): noon(date(2026, 2, 2))}


@pytest.mark.parametrize(
    ("changed", "numbers", "credits", "expected"),
    [
        ({}, NUMBERS, {}, [("Credit #", "already-posted", "CR-1")]),
        ({"number": " cr-1 "}, NUMBERS, {}, [("Credit #", "already-posted", "cr-1")]),
        ({"number": "CR-2"}, NUMBERS, {}, []),
        ({"number": ""}, {(1, ""): noon(DAY)}, {}, []),
        ({"customer": "FL220"}, NUMBERS, {}, []),
        ({}, NUMBERS, LIKE, [("Credit #", "already-posted", "CR-1")]),  # said once
        ({"date": "soon"}, NUMBERS, {}, [("Credit #", "already-posted", "CR-1")]),
        ({"amount": "?"}, NUMBERS, {}, [("Credit #", "already-posted", "CR-1")]),
        ({}, {}, LIKE, [("Credit Balance", "possible-duplicate", "120.00")]),
        ({"amount": " 120"}, {}, LIKE, [("Credit Balance", "possible-duplicate", " 120")]),
        ({"number": ""}, {}, LIKE, [("Credit Balance", "possible-duplicate", "120.00")]),
        ({}, {}, NUMBERED, []),  # two numbers, two credits
        ({"number": ""}, {}, NUMBERED, [("Credit Balance", "possible-duplicate", "120.00")]),
        ({"number": " "}, {}, NUMBERED, [("Credit Balance", "possible-duplicate", "120.00")]),
        ({"amount": "120.001"}, {}, LIKE, []),
        ({"date": "2026-03-03"}, {}, LIKE, []),
        ({"customer": "FL220"}, {}, LIKE, []),
        ({"customer": "?"}, NUMBERS, LIKE, []),
        ({"date": "soon"}, {}, LIKE, []),
        ({"amount": "?"}, {}, LIKE, []),
    ],
)
def test_what_was_posted_is_refused_by_its_number_and_asked_about_by_its_likeness(
    changed, numbers, credits, expected
):
    sheet = draft(row(**changed))
    judgement = judge(sheet, reference(posted=Posted(keys=numbers, alike=credits)))
    told = [
        (i.column, i.code, i.value)
        for i in judgement.all()
        if i.code in ("already-posted", "possible-duplicate")
    ]
    assert told == expected


def test_every_row_is_compared_with_the_ledger_after_one_that_cannot_be():
    facts = reference(posted=Posted(keys=NUMBERS, alike=LIKE))
    sheet = draft(
        row(number="A", customer="?"),
        row(),
        row(number="B", date="soon"),
        row(number="C", amount="?"),
        row(number="D"),
    )
    judgement = judge(sheet, facts)
    assert [t for t in found(judgement) if t[1] in ("already-posted", "possible-duplicate")] == [
        (3, "already-posted"),
        (6, "possible-duplicate"),
    ]


@pytest.mark.parametrize("missing", ["Customer Code", "Credit #", "Credit Date", "Credit Balance"])
def test_a_sheet_without_a_column_is_compared_by_the_others(missing):
    headers = tuple(name for name in HEADERS if name != missing)
    line = tuple(text for name, text in zip(HEADERS, row(), strict=True) if name != missing)
    sheet = draft(line, headers=headers)
    facts = reference(posted=Posted(keys=NUMBERS, alike=LIKE))
    codes = {code for _, code in found(judge(sheet, facts))} & {"already-posted", "possible-duplicate"}
    assert (
        codes
        == {
            "Customer Code": set(),
            "Credit #": {"possible-duplicate"},
            "Credit Date": {"already-posted"},
            "Credit Balance": {"already-posted"},
        }[missing]
    )


# --- rows that were rejected before

ORIGIN = Origin("k", "march.xlsx", 7)


def coming_back(origins: Mapping[int, Origin], *lines: tuple[str, ...], **more: Any) -> Draft:
    return replace(draft(*lines, **more), origins=origins)


def test_a_row_that_was_corrected_elsewhere_has_that_one_issue_whatever_else_it_has():
    facts = reference(posted=Posted(corrected={"k": Corrected("b", "april.xlsx", 5)}))
    sheet = coming_back(
        {3: ORIGIN, 4: Origin("other", "march.xlsx", 9)},
        row(customer="?", amount="x"),
        row(customer="? ", amount="x"),
        row(number="C", amount="x"),
    )
    judgement = judge(sheet, facts)
    assert found(judgement) == [
        (2, "unknown-customer"),
        (2, "not-a-number"),
        (3, "already-corrected"),
        (4, "not-a-number"),
    ]
    (issue,) = judgement.of(1)
    assert (issue.column, issue.value) == ("Customer Code", "? ")
    assert issue.facts == {"origin": 7, "source": "march.xlsx", "file": "april.xlsx", "other": 5}


def test_of_the_copies_of_a_rejected_row_the_first_that_counts_keeps_its_place():
    sheet = coming_back(
        {4: ORIGIN, 2: ORIGIN, 3: Origin("other", "march.xlsx", 8), 6: ORIGIN},
        *(row(number=f"C{n}", amount=str(n)) for n in range(1, 6)),
    )
    judgement = judge(sheet, reference())
    assert found(judgement) == [(4, "copied-row"), (6, "copied-row")]
    (issue,) = judgement.of(2)
    assert (issue.column, issue.value) == ("Customer Code", "FL219")
    assert {"origin": 7, "source": "march.xlsx", "other": 2}.items() <= issue.facts.items()
    assert judgement.errors.tolist() == [False, False, True, False, True]
    without = judge(sheet.apply(Changes(left_out=(2,))), reference())
    assert found(without) == [(6, "copied-row")] and without.of(4)[0].facts["other"] == 4


def test_a_copy_that_is_a_duplicate_too_says_both():
    sheet = coming_back({2: ORIGIN, 3: ORIGIN}, row(), row(), row())
    assert found(judge(sheet, reference())) == [
        (3, "copied-row"),
        (3, "duplicate-in-sheet"),
        (4, "duplicate-in-sheet"),
    ]


def test_in_a_list_of_customers_nothing_is_a_copy():
    headers = ("Customer Code", "Customer Name")
    sheet = coming_back({2: ORIGIN, 3: ORIGIN}, ("C1", "A"), ("C2", "B"), type=CUSTOMERS, headers=headers)
    assert found(judge(sheet, reference())) == []


# --- hidden rows, total rows


def test_a_hidden_row_is_said_beside_its_other_issues_and_a_total_row_is_only_said_to_be_one():
    sheet = draft(row(), row(number="B", amount="x"), TOTAL, row(number="C"), hidden=(3, 4, 5), totals=(4,))
    judgement = judge(sheet, reference())
    total = (4, "total-line")
    assert found(judgement) == [(3, "not-a-number"), (3, "hidden-row"), total, (5, "hidden-row")]
    assert rows(judgement, judgement.warnings) == [3, 5]
    assert rows(judgement, judgement.ready) == [2]
    assert rows(judgement, judgement.to_confirm) == [5]
    assert rows(judgement, judgement.set_aside) == [4]
    assert rows(judgement, judgement.out) == [4]
    counted = replace(sheet, answers=sheet.answers.with_answer("hidden", "", "count"))
    assert found(judge(counted, reference())) == [(3, "not-a-number"), total]
    other = replace(sheet, answers=sheet.answers.with_answer("hidden", "", "leave-out"))
    assert found(judge(other, reference())) == found(judgement)


def test_a_row_that_says_in_a_column_of_no_meaning_that_it_no_longer_counts_waits_to_be_confirmed():
    lines = [(*row(number="N1", amount="10"), "fine"), (*row(number="N2", amount="20"), "ANULADO")]
    sheet = opened(worksheet((*HEADERS, "Xyz"), *lines))
    judgement = judge(sheet, reference())
    (issue,) = judgement.of(1)
    assert (issue.code, issue.column, issue.value) == ("says-void", "Xyz", "ANULADO")
    assert judgement.of(0) == () and judgement.ready.tolist() == [True, False]
    given = Confirmation(3, "says-void", None, "ANULADO")
    confirmed = sheet.apply(Changes(confirmations=(given,)))
    assert judge(confirmed, reference()).ready.all()
    edited = sheet.apply(setting([(3, "Credit Balance", "20", "30")]))
    assert rejudge(judgement, edited, reference(), [1]).of(1) == (issue,)


def test_a_row_that_says_in_a_column_of_no_meaning_that_it_is_to_wait_waits_to_be_confirmed():
    lines = [(*row(number="N1", amount="10"), "fine"), (*row(number="N2", amount="20"), "wait for Jim")]
    judgement = judge(opened(worksheet((*HEADERS, "Xyz"), *lines)), reference())
    assert [(i.code, i.column, i.value) for i in judgement.of(1)] == [("says-to-wait", "Xyz", "wait for Jim")]
    assert judgement.ready.tolist() == [True, False]


def test_a_row_whose_comment_says_that_it_no_longer_counts_waits_to_be_confirmed():
    made = worksheet(HEADERS, row(number="N1", amount="10"), row(number="N2", amount="20"))
    comment = CellComment(letters="B", row=3, text="already applied")
    sheet = opened(replace(made, comments=(comment,)))
    judgement = judge(sheet, reference())
    (issue,) = judgement.of(1)
    assert (issue.code, issue.column, issue.value) == ("says-void", HEADERS[1], "already applied")
    assert judgement.ready.tolist() == [True, False]
    given = Confirmation(3, "says-void", None, "already applied")
    assert judge(sheet.apply(Changes(confirmations=(given,))), reference()).ready.all()


def test_a_row_beside_which_a_note_says_another_amount_waits_until_one_is_right():
    notes = ("only 5.00 left", "balance 20", "$10 applied to INV-7")
    sheet = draft(*(row(number=f"N{n}", amount="20", comments=note) for n, note in enumerate(notes)))
    judgement = judge(sheet, reference())
    assert found(judgement) == [(2, "other-amount-said"), (4, "other-amount-said")]
    (issue,) = judgement.of(0)
    assert (issue.column, issue.value, issue.suggestion) == ("Credit Balance", "20", "5")
    assert issue.facts == {"said": "only 5.00 left"}
    assert [issue.suggestion for issue in judgement.of(2)] == [None]
    taken = sheet.apply(setting([(2, "Credit Balance", "20", "5")]))
    assert found(rejudge(judgement, taken, reference(), [0])) == [(4, "other-amount-said")]
    still = sheet.apply(setting([(4, "Credit Balance", "20", "15")]))
    assert found(rejudge(judgement, still, reference(), [2])) == found(judgement)
    spent = sheet.apply(setting([(4, "Credit Balance", "20", "5")]))
    assert found(rejudge(judgement, spent, reference(), [2])) == [(2, "other-amount-said")]
    negative = sheet.apply(setting([(3, "Credit Balance", "20", "-20")]))
    assert [issue.code for issue in judge(negative, reference()).of(1)] == ["not-positive"]
    given = Confirmation(4, "other-amount-said", None, "20 beside $10 applied to INV-7")
    assert judge(sheet.apply(Changes(confirmations=(given,))), reference()).ready.tolist() == [
        False,
        True,
        True,
    ]


def test_a_comment_of_a_cell_and_a_text_beside_the_row_say_another_amount_too():
    rows = [
        (*row(number=f"N{n}", amount="20"), beside) for n, beside in enumerate(("", "only 5.00 left", "x"))
    ]
    made = worksheet((*HEADERS, ""), *rows)
    comment = CellComment(letters="D", row=2, text="should be 15.00")
    judgement = judge(opened(replace(made, comments=(comment,))), reference())
    assert found(judgement)[:2] == [(2, "other-amount-said"), (3, "other-amount-said")]
    assert [judgement.of(n)[0].suggestion for n in (0, 1)] == ["15", "5"]


def test_a_comment_of_a_cell_names_another_customer_too():
    comment = CellComment(letters="A", row=2, text="FL220 not FL219")
    made = replace(worksheet(HEADERS, row(), row(number="CR-2")), comments=(comment,))
    assert found(judge(opened(made), reference())) == [(2, "other-name")]


def test_a_row_that_a_comma_may_have_cut_waits_to_be_confirmed():
    texts = ",".join(HEADERS[:4]), "FL219,A1,2026-03-02,10", "FL219,A2,2026-03-02,1,234.00"
    sheet = replace(opened(reader.read("\n".join(texts).encode(), "march.csv")), multi_location=False)
    judgement = judge(sheet, reference(locations=1))
    (issue,) = judgement.of(1)
    assert (issue.code, issue.column, issue.value) == ("cut-value", "Column E", "234.00")
    assert judgement.ready.tolist() == [True, False]
    confirmed = sheet.apply(Changes(confirmations=(Confirmation(3, "cut-value", None, "234.00"),)))
    assert judge(confirmed, reference(locations=1)).ready.all()


@pytest.mark.parametrize(
    ("heading", "name", "expected"),
    [
        ("Customer Name", "Petal & Stem", [(2, "FL220")]),
        ("Nombre cliente", "PETAL and  STEM.", [(2, "FL220")]),
        ("Parent", "Petal & Stem", [(2, "FL220")]),
        ("Rechnungsempfänger", "Petal & Stem", [(2, "FL220")]),
        ("Customer Name", "Rosas del Valle", []),
        ("Customer Name", "Somebody else", []),
        ("Customer Name", "", []),
        ("Ship To", "Petal & Stem", []),  # where it went, not whose it is
    ],
)
def test_a_row_that_names_another_customer_than_its_code_waits(heading, name, expected):
    sheet = opened(worksheet((*HEADERS, heading), (*row(), name)))
    judgement = judge(sheet, reference())
    told = [(i.row, i.suggestion) for i in judgement.all() if i.code == "other-name"]
    assert told == expected and judgement.ready[0] == (not expected)
    if expected:
        edited = sheet.apply(setting([(2, "Customer Code", "FL219", "FL220")]))
        again = rejudge(judgement, edited, reference(), [0])
        assert list(again.all()) == list(judge(edited, reference()).all())
        assert not [i for i in again.all() if i.code == "other-name"]


@pytest.mark.parametrize(
    ("note", "other"),
    [
        *(("FL220", True), ("credit fl220 instead", True), ("half for FL220, see mail", True)),
        *(("FL220 not FL219", True), ("FL220, no FL219", True), ("FL219, not FL220", False)),
        *(("late", False), ("for FL219", False), ("FL219 and FL220 shared a box", False), ("FL2201", False)),
        *(("invoice #FL220", False), ("INV-FL220/7", False)),
        *(("FL220/late", True), ("late truck/fl220", True), ("FL220\\short", True), ("FL220-late", True)),
        *(("FL220/FL900", True), ("FL219/FL220", False), ("4411/FL220", False), ("see a.com/FL220", False)),
        *(("C:/scans/2026/FL220/late", False), ("AWB FL220-4411", False), ("FL220-A", False)),
    ],
)
def test_a_row_whose_note_names_another_customer_waits(note, other):
    sheet = draft(row(comments=note))
    judgement = judge(sheet, reference())
    assert [i.row for i in judgement.all() if i.code == "other-name"] == [2] * other
    assert judgement.ready[0] != other


@pytest.mark.parametrize("code", ["FL220", "220FL", "A-22", "22-A", "K7777777777777777777"])
def test_a_note_names_whatever_code_of_letters_and_figures_a_customer_has(code):
    facts = reference()
    other = replace(facts.directory.customers["FL220"], code=code)
    directory = replace(facts.directory, customers={**facts.directory.customers, code: other})
    judgement = judge(draft(row(comments=f"for {code.lower()}.")), replace(facts, directory=directory))
    assert [(i.code, i.facts["other"], i.facts["said"]) for i in judgement.all()] == [
        ("other-name", code, "Petal & Stem")
    ]


def test_every_customer_that_a_note_names_is_told():
    facts = reference()
    (told,) = judge(draft(row(comments="FL220 or FL900, ask FL220")), facts).all()
    assert (told.facts["other"], told.facts["said"]) == ("FL220 / FL900", "Petal & Stem / Closed Blooms")


def test_all_customers_of_a_name_or_of_a_like_code_are_told_and_none_of_them_is_offered():
    facts = reference()
    others = {code: replace(facts.directory.customers["FL220"], code=code) for code in ("FL221", "FL-220")}
    directory = replace(facts.directory, customers={**facts.directory.customers, **others})
    now = replace(facts, directory=directory)
    named = worksheet((*HEADERS, "Customer Name"), (*row(), "Petal & Stem"))
    lists = [
        draft(line, type=CUSTOMERS, headers=("Customer Code", "Customer Name"))
        for line in (("N1", "Petal & Stem"), ("FL219", "Petal & Stem"), ("fl 220", "Fresh"))
    ]
    for sheet, code, told in (
        (opened(named), OTHER_NAME, "FL-220 / FL220 / FL221"),
        (lists[0], "known-name", "FL-220 / FL220 / FL221"),
        (lists[1], "name-of-another", "FL-220 / FL220 / FL221"),
        (lists[2], "similar-code", "FL-220 / FL220"),
    ):
        (issue,) = judge(sheet, now).all()
        assert (issue.code, issue.facts["other"], issue.suggestion) == (code, told, None)
    assert codes_of([facts.directory.customers["FL220"]] * 9) == "FL220"
    many = [replace(facts.directory.customers["FL220"], code=f"C{n}") for n in range(9)]
    assert codes_of(many[:8]).endswith(" / C7") and codes_of(many).endswith(" / C7 …")


def test_who_confirms_a_note_that_says_void_has_read_whom_it_names_too():
    for note in ("VOID, moved to FL220", "wait for approval of FL220"):
        (issue,) = judge(draft(row(comments=note)), reference()).all()
        assert issue.code in ("says-void", "says-to-wait")
    (unknown,) = judge(draft(row(customer="NOBODY", comments="for FL220")), reference()).all()
    assert unknown.code == "unknown-customer", "whose it is not known to be is nobody else's either"


def test_a_note_is_read_anew_in_the_row_that_was_edited_and_in_no_other():
    sheet = draft(row(), row(number="CR-2", comments="for FL220"), row(number="CR-3"))
    before = judge(sheet, reference())
    edited = sheet.apply(
        setting([(3, "Comments", "for FL220", "late"), (4, "Comments", "late truck", "for FL220")])
    )
    after = rejudge(before, edited, reference(), [1, 2])
    assert [(i.row, i.code) for i in before.all()] == [(3, "other-name")]
    assert (
        [(i.row, i.code) for i in after.all()]
        == [(4, "other-name")]
        == [(i.row, i.code) for i in judge(edited, reference()).all()]
    )
    spent = edited.apply(setting([(3, "Comments", "late", "only 40.00 left")]))
    assert [(i.row, i.code) for i in rejudge(after, spent, reference(), [1]).all()] == [
        (3, "other-amount-said"),
        (4, "other-name"),
    ]


def test_a_total_row_has_nothing_else_wrong_with_it():
    sheet = draft(row(), TOTAL, totals=(3,))
    judgement = judge(sheet, reference())
    assert found(judgement) == [(3, "total-line")] and not judgement.rejected.any()
    taken = judge(sheet.apply(Changes(admitted=(3,))), reference())
    assert [code for _, code in found(taken)] == ["unknown-customer", "missing-value", "missing-value"]


def test_a_total_row_that_is_excluded_is_a_total_row():
    sheet = draft(row(), TOTAL, totals=(3,)).apply(Changes(left_out=(2, 3)))
    judgement = judge(sheet, reference())
    assert (judgement.left_out.tolist(), judgement.set_aside.tolist()) == ([True, False], [False, True])


# --- rows that say only what is known

LISTED = tuple(column.name for column in CUSTOMERS.columns)
KNOWN = KnownCustomer(
    1,
    "C1",
    "Bloom",
    True,
    frozenset({1, 2}),
    accounting_code="A1",
    customer_type="Retailer",
    salesperson="Ann",
)
PLACES = {"MIA": KnownLocation(1, "MIA", "Miami"), "LAX": KnownLocation(2, "LAX", "Los Angeles")}
AS_KNOWN = dict(zip(LISTED, ("C1", "Bloom", "MIA:LAX", "A1", "Retailer", "Ann", "yes"), strict=True))


def of_customers(*changed: dict[str, str], known: KnownCustomer = KNOWN) -> Judgement:
    lines = [tuple((AS_KNOWN | one).values()) for one in changed]
    facts = replace(reference(), directory=Directory({"C1": known}, PLACES))
    return judge(draft(*lines, type=CUSTOMERS, headers=LISTED), facts)


@pytest.mark.parametrize(
    ("changed", "known"),
    [
        ({}, True),
        ({"Customer Code": " c1 "}, True),
        ({"Location Codes": "LAX:MIA"}, True),
        ({"Location Codes": "LAX:LAX:mia"}, True),
        ({"Customer Type": "RETAILER"}, True),
        ({"Active": "1"}, True),
        (dict.fromkeys(LISTED[2:], ""), True),  # a blank cell says nothing
        ({"Customer Code": "C2", "Customer Name": "Other"}, False),
        ({"Customer Name": "Blooms"}, False),
        ({"Customer Name": "bloom"}, False),
        ({"Location Codes": "MIA"}, False),
        ({"Location Codes": "(none)"}, False),
        ({"Accounting Code": "A2"}, False),
        ({"Accounting Code": "(none)"}, False),
        ({"Customer Type": "Online"}, False),
        ({"Salesperson": "Bob"}, False),
        ({"Active": "no"}, False),
        (dict.fromkeys(LISTED[2:], "") | {"Salesperson": "Bob"}, False),
    ],
)
def test_a_row_that_says_only_what_is_known_of_a_customer_changes_nothing(changed, known):
    judgement = of_customers(changed)
    assert judgement.known.tolist() == [known]
    assert (judgement.unchanged.tolist(), judgement.ready.tolist()) == ([known], [not known])
    assert judgement.tally(judgement.unchanged) == (int(known), None), "and has no money"


def test_each_row_is_compared_with_its_own_customer():
    judgement = of_customers({"Customer Code": "C2"}, {}, {"Customer Code": ""}, {"Customer Code": "C3"})
    assert judgement.known.tolist() == [False, True, False, False]
    bare = replace(KNOWN, locations=frozenset(), accounting_code="", customer_type="", salesperson="")
    erased = dict.fromkeys(("Location Codes", "Accounting Code", "Customer Type", "Salesperson"), "(none)")
    assert of_customers(erased, known=bare).known.tolist() == [True]


def test_what_cannot_be_read_is_rejected_even_where_the_rest_is_known():
    judgement = of_customers({"Active": "?"}, {"Location Codes": "XX"})
    assert judgement.rejected.tolist() == [True, True]
    assert not judgement.unchanged.any() and not judgement.ready.any()


def test_a_credit_is_never_a_record_that_is_known():
    judgement = judge(draft(row(), row(number="B")), reference())
    assert not judgement.known.any() and not judgement.unchanged.any() and judgement.ready.all()


# --- rows beside each other


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([{}, {"amount": "7"}], [(3, 2)]),
        ([{}, {"amount": "7"}, {"amount": "8"}], [(3, 2), (4, 2)]),
        ([{}, {"amount": "7", "customer": "FL220"}], []),
        ([{}, {"amount": "7", "number": "CR-2"}], []),
        ([{}, {"amount": "7", "number": " cr-1"}], [(3, 2)]),
        ([{"number": ""}, {"amount": "7", "number": ""}], []),
        ([{"customer": "?"}, {"amount": "7", "customer": "?"}], []),
        ([{"number": "A"}, {}, {"amount": "5", "number": "a"}, {"amount": "7"}], [(4, 2), (5, 3)]),
        ([{"amount": "x"}, {"amount": "x"}], [(3, 2)]),
    ],
)
def test_a_number_stands_once_for_a_customer_and_the_first_one_keeps_its_place(lines, expected):
    judgement = judge(draft(*(row(**line) for line in lines)), reference())
    told = [(i.row, i.facts["other"]) for i in judgement.all() if i.code == "duplicate-in-sheet"]
    assert told == expected
    assert {i.column for i in judgement.all() if i.code == "duplicate-in-sheet"} <= {"Credit #"}


def test_a_list_names_each_customer_once():
    headers = ("Customer Code", "Customer Name")
    sheet = draft(
        ("C1", "A"), ("C2", "B"), (" c1", "A"), ("", "A"), ("", "A"), type=CUSTOMERS, headers=headers
    )
    judgement = judge(sheet, reference())
    assert found(judgement) == [
        (4, "duplicate-in-sheet"), (5, "missing-value"), (6, "missing-value")
    ]  # fmt: skip
    assert judgement.of(2)[0].value == " c1"
    assert not judgement.readable.any() and judgement.amounts.tolist() == [0] * 5


@pytest.mark.parametrize(
    ("changed", "repeated"),
    [
        ({}, True),
        ({"amount": " 120 "}, True),
        ({"customer": "fl219", "comments": "other", "location": "mia"}, True),
        ({"amount": "120.001"}, False),
        ({"date": "2026-03-03"}, False),
        ({"customer": "FL220"}, False),
        ({"amount": "0"}, False),
    ],
)
def test_equal_credits_are_those_of_one_customer_day_and_amount(changed, repeated):
    sheet = draft(row(number=""), row(number="", **changed))
    issues = [i for i in judge(sheet, reference()).all() if i.code == "repeated-row"]
    assert [(i.row, i.column, i.value, i.facts["other"]) for i in issues] == (
        [(3, "Credit Balance", changed.get("amount", "120.00"), 2)] if repeated else []
    )


@pytest.mark.parametrize("changed", [{"customer": "?"}, {"date": "soon"}, {"amount": "x"}])
def test_what_is_not_read_is_equal_to_nothing(changed):
    sheet = draft(*(row(number="", **changed) for _ in range(3)))
    assert "repeated-row" not in {code for _, code in found(judge(sheet, reference()))}


def test_equal_rows_that_do_not_count_repeat_nothing():
    sheet = draft(*(row(number="") for _ in range(3)))
    assert found(judge(sheet.apply(Changes(left_out=(2, 3))), reference())) == []
    one_out = judge(sheet.apply(Changes(left_out=(2,))), reference())
    assert found(one_out) == [(4, "repeated-row")]
    assert one_out.of(2)[0].facts["other"] == 3


def test_without_a_column_of_numbers_equal_credits_wait_too():
    headers = tuple(name for name in HEADERS if name != "Credit #")
    line = tuple(text for name, text in zip(HEADERS, row(), strict=True) if name != "Credit #")
    judgement = judge(draft(line, line, headers=headers), reference())
    assert found(judgement) == [(3, "repeated-row")]


def test_a_row_may_be_a_duplicate_and_an_equal_credit_beside_two_different_rows():
    sheet = draft(row(number=""), row(number="A", amount="7"), row(number="a"))
    judgement = judge(sheet, reference())
    assert [(i.row, i.code, i.facts["other"]) for i in judgement.all()] == [
        (3, "split-number", 4),
        (4, "duplicate-in-sheet", 3),
        (4, "repeated-row", 2),
    ]
    assert (judgement.rejected[2], judgement.to_confirm[2]) == (True, False)
    assert [issue.row for issue in judgement.waiting()] == [3]


# --- the states, and what a person confirmed


def states(judgement: Judgement) -> dict[str, list[int]]:
    names = ("ready", "to_confirm", "rejected", "left_out", "set_aside", "confirmed", "unchanged")
    return {name: rows(judgement, getattr(judgement, name)) for name in names}


@pytest.fixture
def of_everything() -> tuple[Draft, Reference]:
    """A row of every state; 3, 4, 8 and 9 look imported before, 4 and 9 repeat 3 as well."""
    sheet = draft(
        row(amount="1"),  # 2: ready
        row(number="A"),  # 3: to confirm
        row(number=""),  # 4: to confirm
        row(number="C", amount="-5"),  # 5: rejected
        row(number="D", amount="2"),  # 6: excluded
        TOTAL,  # 7: set aside
        row(number="E", location="LAX"),  # 8: rejected, and to confirm if it were not
        row(number=" "),  # 9: to confirm, twice
        totals=(7,),
    ).apply(Changes(left_out=(6,)))
    return sheet, reference(posted=Posted(alike=LIKE))


def test_each_row_is_in_one_state(of_everything):
    sheet, facts = of_everything
    judgement = judge(sheet, facts)
    assert states(judgement) == {
        "ready": [2], "to_confirm": [3, 4, 9], "rejected": [5, 8], "left_out": [6], "set_aside": [7],
        "confirmed": [], "unchanged": [],
    }  # fmt: skip
    assert judgement.tally(judgement.to_confirm) == (3, 360_000)
    assert judgement.tally(judgement.rejected) == (2, 120_000), "a negative amount is in no sum"
    assert [(i.row, i.code) for i in judgement.waiting()] == [
        (3, "possible-duplicate"),
        (4, "possible-duplicate"),
        (9, "repeated-row"),  # the ledger has one, so this one is no duplicate of it
    ]
    assert [i.row for i in judgement.waiting("repeated-row")] == [9]
    assert [i.row for i in judgement.waiting("possible-duplicate")] == [3, 4]
    assert judgement.waiting("not-positive") == []
    assert tally_of_issues(judgement, judgement.waiting()) == Tally(rows=3, amount=360_000), "rows count once"
    assert tally_of_issues(judgement, []) == Tally(rows=0, amount=0)


def test_a_row_waits_until_all_that_speaks_against_it_is_confirmed():
    sheet, facts = draft(row(number="X", amount="5"), row(number="x-")), reference(posted=Posted(alike=LIKE))
    waiting = judge(sheet, facts).waiting()
    assert [(i.row, i.code) for i in waiting] == [(3, "similar-number"), (3, "possible-duplicate")]
    for one in waiting:
        half = sheet.apply(fixes.confirm(sheet, [one]))
        assert states(judge(half, facts))["to_confirm"] == [3]
        assert states(judge(half, facts))["confirmed"] == []
    judgement = judge(sheet.apply(fixes.confirm(sheet, waiting)), facts)
    assert (states(judgement)["ready"], states(judgement)["confirmed"]) == ([2, 3], [3])


def test_an_excluded_row_and_one_with_an_error_are_not_confirmed_and_wait_for_nobody(of_everything):
    sheet, facts = of_everything
    confirmed = sheet.apply(fixes.confirm(sheet, judge(sheet, facts).waiting()))
    assert states(judge(confirmed, facts))["confirmed"] == [3, 4, 9]
    judgement = judge(confirmed.apply(Changes(left_out=(4,))), facts)
    assert states(judgement)["confirmed"] == [3] and states(judgement)["left_out"] == [4, 6]
    assert states(judgement)["to_confirm"] == [9], "it is the only one now that may be the posted one"
    first_out = states(judge(confirmed.apply(Changes(left_out=(3,))), facts))
    assert (first_out["confirmed"], first_out["to_confirm"]) == ([4], [9]), "it repeats another row now"
    broken = judge(confirmed.apply(setting([(3, "Location Code", "MIA", "LAX")])), facts)
    assert states(broken)["confirmed"] == [4, 9] and 3 in states(broken)["rejected"]


def test_each_warning_of_a_row_is_confirmed_by_itself_and_what_is_confirmed_waits_no_longer():
    facts = reference(posted=Posted(alike={(1, date(2019, 3, 2), 120_000): Alike(noon(DAY), False)}))
    sheet = draft(row(date="2019-03-02"))
    judgement = judge(sheet, facts)
    assert [issue.code for issue in judgement.waiting()] == ["unusual-date", "possible-duplicate"]
    half = sheet.apply(fixes.confirm(sheet, judgement.waiting("unusual-date")))
    left = judge(half, facts)
    assert [issue.code for issue in left.waiting()] == ["possible-duplicate"]
    assert [problem.code for problem in problems(left)] == ["possible-duplicate"]
    assert left.to_confirm.all() and not left.ready.any()
    whole = half.apply(fixes.confirm(half, left.waiting()))
    assert judge(whole, facts).confirmed.all()


@pytest.mark.parametrize("column", ["Credit Date", "Comments"])
def test_an_edit_of_a_row_voids_what_was_confirmed_of_it_and_undoing_it_brings_that_back(column):
    sheet = draft(row(date="2019-03-02"), row(number="B", date="2019-03-03"))
    given = sheet.apply(fixes.confirm(sheet, judge(sheet, reference()).waiting()))
    before = str(given.rows[column].iloc[0])
    edit = given.voiding(setting([(2, column, before, "2019-03-04")]))
    after = given.apply(edit)
    assert [issue.row for issue in judge(after, reference()).waiting()] == [2]
    assert after.apply(edit.inverse()).confirmed == given.confirmed
    assert given.voiding(Changes(left_out=(2,))) == Changes(left_out=(2,)), "the row is the same"


def test_who_edits_a_row_and_confirms_it_in_one_step_has_confirmed_it():
    sheet = draft(row(date="2019-03-02"), row(number="B", date="2019-03-03"))
    given = sheet.apply(fixes.confirm(sheet, judge(sheet, reference()).waiting()))
    said = Confirmation(2, "unusual-date", "2019-03-02", "2019-03-04")
    edit = replace(setting([(2, "Credit Date", "2019-03-02", "2019-03-04")]), confirmations=(said,))
    assert given.voiding(edit) == edit
    assert not judge(given.apply(given.voiding(edit)), reference()).waiting()


def test_issues_are_told_in_the_order_of_the_sheet_whatever_found_them():
    lines = [row(number=f"C{n}", amount=str(n + 1)) for n in range(9)]
    lines[8] = row(number="C8", amount="x")
    lines[1] = row(number="C0", amount="77")  # its number stands above: found after the rest
    assert found(judge(draft(*lines), reference())) == [
        (2, "split-number"),
        (3, "duplicate-in-sheet"),
        (10, "not-a-number"),
    ]


def test_an_excluded_row_that_says_only_what_is_known_is_excluded():
    lines = [
        tuple((AS_KNOWN | one).values()) for one in ({}, {"Customer Code": "C2", "Customer Name": "New"})
    ]
    facts = replace(reference(), directory=Directory({"C1": KNOWN}, PLACES))
    sheet = draft(*lines, type=CUSTOMERS, headers=LISTED).apply(Changes(left_out=(2,)))
    told = states(judge(sheet, facts))
    assert {name: numbers for name, numbers in told.items() if numbers} == {"ready": [3], "left_out": [2]}


def test_a_confirmation_is_of_one_row_one_code_and_what_was_seen():
    facts = reference(posted=Posted(alike=LIKE))
    sheet = draft(row(number="A"), row(number="B"))
    issue, _ = judge(sheet, facts).waiting()
    assert issue.basis == "1 2026-03-02 120000 like 7"

    def given(row_number: int, code: str, basis: str) -> bool:
        changes = Changes(confirmations=(Confirmation(row_number, code, None, basis),))
        return is_confirmed(sheet.apply(changes), issue)

    assert given(2, "possible-duplicate", issue.basis)
    assert not given(3, "possible-duplicate", issue.basis)
    assert not given(2, "repeated-row", issue.basis)
    assert not given(2, "possible-duplicate", "1 2026-03-02 120000 like 8")
    assert not given(2, "possible-duplicate", "")
    assert not is_confirmed(sheet, issue)


# --- which rows may collide


def test_rows_that_were_corrected_collide_whatever_they_say():
    posted = Posted(corrected={"k": Corrected("b", "april.xlsx", 5)})
    sheet = coming_back({3: ORIGIN, 2: Origin("x", "m", 1)}, row(), row(number="B", customer="?"))
    judgement = judge(sheet, reference())
    assert colliding(judgement, sheet, posted) == [1]
    both = replace(posted, keys=NUMBERS)
    assert sorted(colliding(judgement, sheet, both)) == [0, 1]
    assert colliding(judgement, sheet, Posted()) == []


@pytest.mark.parametrize(
    ("changed", "posted", "collides"),
    [
        ({}, Posted(keys=NUMBERS), True),
        ({"number": "cr-1 "}, Posted(keys=NUMBERS), True),
        ({"number": ""}, Posted(keys={(1, ""): noon(DAY)}), False),
        ({"date": "soon"}, Posted(keys=NUMBERS), True),
        ({"amount": "x"}, Posted(keys=NUMBERS), True),
        ({}, Posted(alike=LIKE), True),
        ({"number": ""}, Posted(alike=LIKE), True),
        ({"number": "", "date": "soon"}, Posted(alike=LIKE), False),
        ({"number": "", "amount": "x"}, Posted(alike=LIKE), False),
        ({"amount": "120.001"}, Posted(alike=LIKE), False),
        ({"customer": "?"}, Posted(keys=NUMBERS, alike=LIKE), False),
    ],
)
def test_a_row_collides_by_its_number_or_by_its_likeness(changed, posted, collides):
    sheet = draft(row(number="Z", amount="1"), row(**changed))
    assert colliding(judge(sheet, reference()), sheet, posted) == ([1] if collides else [])


# --- judging again what changed


def as_lists(judgement: Judgement) -> dict[str, Any]:
    """A judgement as plain values, to be compared."""

    def plain(value: Any) -> Any:
        if isinstance(value, np.ndarray):
            return value.tolist()
        return {key: plain(one) for key, one in value.items()} if isinstance(value, dict) else value

    return {
        part.name: plain(copy.copy(getattr(judgement, part.name)))
        for part in fields(judgement)
        if part.name not in ("interned", "keys")  # how texts are numbered is nobody's business
    }


STEPS = {
    "fixes an amount": (setting([(5, "Credit Balance", "-5", "5")]), [5]),
    "breaks one": (setting([(2, "Credit Balance", "1", "x")]), [2]),
    "makes a duplicate": (setting([(2, "Credit #", "CR-1", "a")]), [2]),
    "repeats a row": (setting([(5, "Credit Balance", "-5", "120")]), [5]),
    "ends a repetition": (setting([(4, "Credit Balance", "120.00", "9")]), [4]),
    "changes a customer": (setting([(8, "Customer Code", "FL219", "FL220")]), [8]),
    "takes a row back in": (Changes(taken_in=(6,)), [6]),
    "excludes one": (Changes(left_out=(4,)), [4]),
    "counts the total row": (Changes(admitted=(7,)), [7]),
    "several at once": (replace(setting([(3, "Credit #", "A", "F")]), left_out=(2, 9)), [9, 2, 3, 3]),
}


@pytest.mark.parametrize("step", STEPS)
def test_judging_again_what_changed_comes_to_the_same_and_leaves_the_judgement_before(of_everything, step):
    sheet, facts = of_everything
    changes, touched = STEPS[step]
    before = judge(sheet, facts)
    as_it_was = copy.deepcopy(as_lists(before))
    then = sheet.apply(changes)
    after = rejudge(before, then, facts, [number - 2 for number in touched])
    assert as_lists(after) == as_lists(judge(then, facts))
    assert as_lists(before) == as_it_was, "another person may still be looking at it"
    assert as_lists(after) != as_it_was
    back = rejudge(after, sheet, facts, [number - 2 for number in touched])
    assert as_lists(back) == as_it_was


def test_customers_are_judged_again_as_they_are_judged():
    lines = [tuple((AS_KNOWN | one).values()) for one in ({}, {"Customer Code": "C2"}, {"Active": "?"})]
    facts = replace(reference(), directory=Directory({"C1": KNOWN}, PLACES))
    sheet = draft(*lines, type=CUSTOMERS, headers=LISTED)
    before = judge(sheet, facts)
    for change in (
        (2, "Salesperson", "Ann", "Bob"), (3, "Customer Code", "C2", "c1"), (4, "Active", "?", "yes")
    ):  # fmt: skip
        then = sheet.apply(setting([change]))
        assert as_lists(rejudge(before, then, facts, [change[0] - 2])) == as_lists(judge(then, facts))
    assert before.known.tolist() == [True, False, True]


def test_where_nothing_changed_the_judgement_is_the_same():
    sheet, facts = draft(row()), reference()
    judgement = judge(sheet, facts)
    assert rejudge(judgement, sheet, facts, []) is judgement


def test_only_the_rows_that_are_said_to_have_changed_are_judged_again():
    """That is what makes an edit of a large sheet fast."""
    sheet, facts = draft(row(), row(number="B"), row(number="C")), reference()
    judgement = judge(sheet, facts)
    then = sheet.apply(setting([(2, "Credit Balance", "120.00", "x"), (4, "Credit Balance", "120.00", "y")]))
    assert [i.row for i in rejudge(judgement, then, facts, [2]).all() if i.code == "not-a-number"] == [4]


def test_amounts_of_a_sheet_are_exact_to_the_thousandth():
    sheet = draft(*(row(number=f"{n}", amount=amount) for n, amount in enumerate(("0.1", "0.2", "0.001"))))
    judgement = judge(sheet, reference())
    assert judgement.amounts.tolist() == [100, 200, 1]
    assert judgement.tally(judgement.ready) == (3, 301)
    assert judgement.readings["Credit Balance"].tolist() == [Decimal("0.1"), Decimal("0.2"), Decimal("0.001")]


# --- numbers that are alike, and documents told by occurrence


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("0001001", "1001"),
        ("2001", "2001.0"),
        ("CR-3001", "CR 3001"),
        ("CR-3001", "cr3001"),
        ("CR-0031", "CR31"),
        ("2026/001", "2026001"),
        ("#77", "77"),
        ("A\u201312", "A-12"),
    ],
)
@pytest.mark.parametrize(
    ("differs", "same"),
    [
        ({}, "customer, date and amount"),
        ({"amount": "7"}, "customer and date"),
        ({"date": "2026-03-03"}, "customer and amount"),
        ({"amount": "7", "date": "2026-03-03"}, "customer"),
        ({"customer": "FL220"}, "date and amount"),
        ({"customer": "FL220", "amount": "7"}, "date"),
        ({"customer": "FL220", "date": "2026-03-03"}, "amount"),
    ],
)
def test_numbers_that_differ_in_zeros_or_punctuation_wait_with_the_same_customer_day_or_amount(
    one, other, differs, same
):
    judgement = judge(draft(row(number=one), row(number=other, **differs)), reference())
    assert found(judgement) == [(3, "similar-number")]
    assert judgement.to_confirm.tolist() == [False, True]
    (issue,) = judgement.of(1)
    assert (issue.facts["like"], issue.facts["other"]) == (one, 2)
    assert f"with the same {same};" in issue.message


@pytest.mark.parametrize(
    "second",
    [
        {"number": "1001", "customer": "FL220", "date": "2026-03-03", "amount": "7"},
        {"number": "0001001", "customer": "FL220"},
        {"number": "10010"},
        {"number": ""},
    ],
)
def test_numbers_of_documents_that_share_nothing_and_numbers_that_are_equal_are_not_alike(second):
    codes = {code for _, code in found(judge(draft(row(number="0001001"), row(**second)), reference()))}
    assert "similar-number" not in codes


@pytest.mark.parametrize(
    ("one", "other"),
    [("CM-1777", "1777"), ("1777", "CM-1777"), ("2026-1777", "1777"), ("NC 001777", "1777"), ("A2", "2")],
)
def test_the_bare_digits_of_a_number_wait_on_another_day_with_the_same_customer_and_amount(one, other):
    judgement = judge(draft(row(number=one), row(number=other, date="2026-03-05")), reference())
    assert found(judgement) == [(3, "similar-number")]
    assert judgement.to_confirm.tolist() == [False, True]
    (issue,) = judgement.of(1)
    assert f"is like “{one}” in row 2, with the same customer and amount;" in issue.message


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        *(("CM-1777", "1777", {"amount": "7"}), ("CM-1777", "1777", {"customer": "FL220"})),
        *(("CM-1777", "1778", {}), ("CM-1777", "NC-1777", {}), ("1777", "17770", {}), ("CM-1777", "777", {})),
        *(("CM-1777", "", {}), ("CM-17", "2026-17", {})),
    ],
)
def test_other_numbers_of_another_day_are_no_such_thing(one, other, differs):
    second = row(**{"number": other, "date": "2026-03-05", **differs})
    codes = {code for _, code in found(judge(draft(row(number=one), second), reference()))}
    assert "similar-number" not in codes


def test_many_rows_of_one_number_are_compared_once_each():
    lines = [row(number=f"{'0' * (n % 7)}9", amount=str(n + 1)) for n in range(400)]
    told = found(judge(draft(*lines), reference()))
    assert sum(code == "similar-number" for _, code in told) == 399


THERE = Numbered("0007701", noon(DAY), 7)


def test_a_number_that_was_imported_is_not_said_to_be_like_another_as_well():
    posted = Posted(keys={(1, "7701"): noon(DAY)}, numbers={(1, "7701"): (THERE,)})
    assert found(judge(draft(row(number="7701")), reference(posted=posted))) == [(2, "already-posted")]


@pytest.mark.parametrize(
    ("changed", "there", "told"),
    [
        ({"number": "7701"}, THERE, True),
        ({"number": "7701", "date": "2026-03-03"}, THERE, True),
        ({"number": "7701", "amount": "7"}, THERE, True),
        ({"number": "7701", "amount": "7", "date": "2026-03-03"}, THERE, True),
        ({"number": "7702"}, THERE, False),
        ({"number": "7701", "customer": "FL220"}, THERE, False),
        ({"number": "0007701"}, THERE, False),  # that is an error where the ledger has claimed it
        ({"number": ""}, THERE, False),
    ],
)
def test_a_number_like_one_of_this_customers_in_the_ledger_waits(changed, there, told):
    facts = reference(posted=Posted(numbers={(1, "7701"): (there,)}))
    judgement = judge(draft(row(**changed)), facts)
    assert found(judgement) == ([(2, "similar-posted")] if told else [])
    assert colliding(judgement, draft(row(**changed)), facts.posted) == (
        [0] if told or changed.get("number") == "0007701" else []
    )


@pytest.mark.parametrize(
    ("number", "there", "told"),
    [
        ("7801", "CR-7801", True),
        ("CR-7801", "7801", True),
        ("CR-7801", "CM-7801", True),
        ("CM 07801", "CR-7801", True),
        ("7801.0", "NC-7801", True),
        ("7801-A", "7801", True),
        ("2026-7801", "CR-7801", True),
        ("7801", "CR-2026-07801", True),
        ("7802", "CR-7801", False),
        ("17801", "CR-7801", False),
        ("9001-001", "9002-001", False),
        ("26-01", "1", False),  # too short to be all of it
        ("CR-A", "CM-A", False),
        ("2", "B-2", True),
        ("A-2", "B-2", False),  # two series
        ("A-200", "B-200", True),
        ("CR-0", "CM-0", False),
        ("000", "CR-0", False),  # no digits that say anything
    ],
)
def test_a_number_with_the_digits_of_an_equal_document_waits(number, there, told):
    """In the ledger, where it stands among others, and in the sheet."""
    key = (1, DAY, 120_000)
    alike = {key: Alike(noon(DAY), True, 9, 2, ("X-5", there))}
    judgement = judge(draft(row(number=number)), reference(posted=Posted(alike=alike)))
    assert found(judgement) == ([(2, "possible-duplicate")] if told else [])
    assert judgement.to_confirm.tolist() == [told]
    alone = {key: Alike(noon(DAY), True, 9, 1, (there,))}
    judgement = judge(draft(row(number=number)), reference(posted=Posted(alike=alone)))
    assert found(judgement) == ([(2, "possible-duplicate")] if told else [])
    sheet = draft(row(number="X-5"), row(number=there), row(number=number))
    judgement = judge(sheet, reference())
    assert found(judgement) == ([(4, "repeated-row")] if told else [])
    assert [issue.facts["other"] for issue in judgement.of(2)] == ([3] if told else [])


@pytest.mark.parametrize("differs", [{"customer": "FL220"}, {"amount": "7"}])
def test_the_digits_of_a_number_say_nothing_of_documents_that_differ(differs):
    sheet = draft(row(number="CR-7801"), row(number="7801", **differs))
    assert found(judge(sheet, reference())) == []


def test_many_equal_documents_are_compared_by_their_digits_once_each():
    lines = [row(number=f"{letter}-{n}") for n in range(1000, 1400) for letter in "XYZ"]
    told = found(judge(draft(*lines), reference()))
    assert [code for _, code in told] == ["repeated-row"] * 800


@pytest.mark.parametrize(
    ("times", "rows_here", "expected"),
    [
        (1, 1, ["possible-duplicate"]),
        (1, 2, ["possible-duplicate", "repeated-row"]),
        (2, 2, ["possible-duplicate", "possible-duplicate"]),
        (2, 3, ["possible-duplicate", "possible-duplicate", "one-more"]),
        (2, 4, ["possible-duplicate", "possible-duplicate", "one-more", "repeated-row"]),
        (3, 1, ["possible-duplicate"]),
    ],
)
def test_equal_credits_without_numbers_are_told_by_occurrence(times, rows_here, expected):
    alike = {(1, DAY, 120_000): Alike(noon(DAY), False, 7, times)}
    sheet = draft(*(row(number="") for _ in range(rows_here)))
    judgement = judge(sheet, reference(posted=Posted(alike=alike)))
    assert [code for _, code in found(judgement)] == expected
    assert int(judgement.ready.sum()) == expected.count("one-more")


def test_each_numbered_row_may_be_the_one_that_stands_there_without_a_number():
    judgement = judge(draft(row(number="A"), row(number="B")), reference(posted=Posted(alike=LIKE)))
    assert [code for _, code in found(judgement)] == ["possible-duplicate"] * 2


@pytest.mark.parametrize(
    ("amounts", "waiting"),
    [
        (["10", "20", "30"], [2, 3, 4]),
        (["10", "20", "30", "7", "8", "9"], [2, 3, 4]),
        (["10", "20", "30", "6", "7", "8", "9"], []),
        (["10", "20"], []),
        (["10", "10", "20", "20"], []),
        (["10", "10", "20", "30"], [2, 4, 5]),
    ],
    ids=["all", "half", "less", "too few", "too few different ones", "as often as it stands there"],
)
def test_an_export_that_numbers_its_rows_anew_waits(amounts, waiting):
    alike = {(1, DAY, int(n) * 1000): Alike(noon(DAY), True, int(n)) for n in ("10", "20", "30")}
    sheet = draft(*(row(number=f"NEW-{n}", amount=amount) for n, amount in enumerate(amounts)))
    told = found(judge(sheet, reference(posted=Posted(alike=alike))))
    assert told == [(number, "possible-duplicate") for number in waiting]


def test_parts_of_one_number_are_told_with_the_first_and_the_first_alone_is_not_ready():
    sheet = draft(row(amount="100"), row(amount="50"), row(number="B"))
    judgement = judge(sheet, reference())
    assert found(judgement) == [(2, "split-number"), (3, "duplicate-in-sheet")]
    assert rows(judgement, judgement.ready) == [4]
    without = judge(sheet.apply(Changes(left_out=(3,))), reference())
    assert found(without) == [] and rows(without, without.ready) == [2, 4]
    same = judge(draft(row(amount="100"), row(amount="100.00")), reference())
    assert found(same) == [(3, "duplicate-in-sheet")], "an equal row is a row twice"


# --- lists


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("219", "Anybody", ("similar-code", "00219")),
        ("219.0", "Anybody", ("similar-code", "00219")),
        ("fl-219", "Anybody", ("similar-code", "FL219")),
        ("N1", "JARDIN AZUL", ("known-name", "00219")),
        ("N1", "Petal and Stem", ("known-name", "FL220")),
        ("Snowdrop Ltd", "Snowdrop Ltd", ("name-as-code", None)),
        ("verde vivo", "Verde Vivo SA", ("name-as-code", None)),
        ("Acme", "Acme", ("name-as-code", None)),
        ("Zimmermann", "Flowers", ("name-as-code", None)),  # longer than any code
        ("ACME", "Acme", None),
        ("NEW 01", "Fresh", None),
        ("new01", "Fresh", None),
        ("00219", "Jardín Azul", None),
    ],
)
def test_a_new_code_that_is_probably_none_waits(code, name, expected):
    headers = ("Customer Code", "Customer Name")
    judgement = judge(draft((code, name), type=CUSTOMERS, headers=headers), reference())
    assert [(i.code, i.suggestion) for i in judgement.all()] == ([expected] if expected else [])
    assert bool(judgement.to_confirm[0]) == bool(expected)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (("FL219", "Jardín Azul"), [("name-of-another", None)]),
        (("FL219", "ROSAS DEL VALLE."), []),  # its own
        (("FL219", "Rosas Blancas"), []),
        (("N1", "N/A"), [("stands-for-nothing", None)]),
        (("N1", "(none)"), [("stands-for-nothing", None)]),
        (("N1", "<null>"), [("stands-for-nothing", None)]),
        (("N1", "#N/A"), [("stands-for-nothing", None)]),
        (("N1", "Unknown"), [("stands-for-nothing", None)]),
        (("N1", "- sin nombre -"), [("stands-for-nothing", None)]),
        (("N1", "Unbekannt"), [("stands-for-nothing", None)]),
        (("[no code]", "Fresh"), [("stands-for-nothing", None)]),
        (("N1", "Unknown Flowers"), []),
        (("N1", "Flor"), []),
        (("Total", "2"), [("code-as-name", None)]),
        (("FL219", "fl219"), [("code-as-name", None)]),
        (("N1", "FL220"), [("code-as-name", None)]),
        (("N1", "1-800-Flowers"), []),
        (("N1", "花屋"), []),
        (("FL219", "Rosas del Valle", "NULL"), [("stands-for-nothing", None)]),
        (("FL219", "Rosas del Valle", "-"), [("stands-for-nothing", None)]),
        (("FL219", "Rosas del Valle", "0"), [("stands-for-nothing", None)]),
        (("FL219", "Rosas del Valle", "(none)"), []),
        (("FL219", "Rosas del Valle", "Nina"), []),
        (("FL219", "Rosas del Valle", "FL220"), []),  # no name of a customer
        (("FL219", "Rosas del Valle", "4711"), []),
        (("FL219", "JosÃ© Rosas"), [("garbled", "José Rosas")]),
        (("FL219", "Ã…kerblom â€“ Ã\x81ngel"), [("garbled", "Åkerblom – Ángel")]),
        (("FL219", "Jos\ufffd Rosas"), [("garbled", None)]),
        (("FL219", "José Ã Rosas"), []),  # no letters of UTF-8
        (("TBD", "Fresh"), [("stands-for-nothing", None)]),
        (("xxx", "Fresh"), [("stands-for-nothing", None)]),
        (("1.2E+05", "Fresh"), [("digits-lost", None)]),
    ],
)
def test_what_a_list_says_anew_and_nobody_probably_means_waits(line, expected):
    headers = ("Customer Code", "Customer Name", "Salesperson")[: len(line)]
    judgement = judge(draft(line, type=CUSTOMERS, headers=headers), reference())
    assert [(one.code, one.suggestion) for one in judgement.all()] == expected
    assert bool(judgement.to_confirm[0]) == bool(expected)


@pytest.mark.parametrize(
    ("number", "lost"),
    [("123456789012345", False), ("-123456789012345", False), ("1234567890123450", True)],
)
def test_a_number_of_more_digits_than_excel_keeps_has_lost_some(number, lost):
    assert odd_code(number, Held.NUMBER) == (
        Finding(number, code="digits-lost", basis=number) if lost else None
    )


def test_an_odd_name_that_is_known_already_waits_no_more():
    facts = reference()
    known = replace(facts.directory.customers["FL219"], name="N/A", salesperson="-")
    directory = replace(facts.directory, customers={**facts.directory.customers, "FL219": known})
    sheet = draft(
        ("FL219", "N/A", "-"), type=CUSTOMERS, headers=("Customer Code", "Customer Name", "Salesperson")
    )
    assert not list(judge(sheet, replace(facts, directory=directory)).all())


@pytest.mark.parametrize(
    ("codes", "waiting"),
    [
        (("42", "00042"), [3]),
        (("N 7", "N-7", "n.07"), [3, 4]),
        (("42", "43"), []),
        (("00219", "FL219"), []),  # both exist
        (("N7", "n7"), []),  # one code twice: no likeness besides
    ],
)
def test_new_codes_that_are_alike_wait(codes, waiting):
    headers = ("Customer Code", "Customer Name")
    lines = [(code, f"Name of {place}") for place, code in enumerate(codes)]
    judgement = judge(draft(*lines, type=CUSTOMERS, headers=headers), reference())
    assert [issue.row for issue in judgement.all() if issue.code == "similar-new-code"] == waiting
    assert rows(judgement, judgement.to_confirm) == (waiting or told_of_the_first(judgement))


@pytest.mark.parametrize(
    ("first", "second", "waits"),
    [
        ("Nueva Flor", "Nueva Flora", True),
        ("Nueva Flor", " Nueva Flor ", False),
        ("Nueva Flor", "", False),  # a blank cell says nothing
        ("", "Nueva Flor", False),
        (" ", "Nueva Flor", False),
    ],
)
def test_the_first_row_of_a_code_that_comes_twice_waits_where_they_say_different_things(first, second, waits):
    headers = ("Customer Code", "Customer Name")
    judgement = judge(draft(("N1", first), ("n1", second), type=CUSTOMERS, headers=headers), reference())
    assert told_of_the_first(judgement) == ([2] if waits else [])
    assert [issue.row for issue in judgement.all() if issue.code == "duplicate-in-sheet"] == [3]


def test_a_new_code_is_longer_than_any_where_it_is_longer_than_the_longest():
    facts = reference()
    short = replace(facts.directory.customers["FL219"], code="F2")
    directory = replace(facts.directory, customers={**facts.directory.customers, "F2": short})
    headers = ("Customer Code", "Customer Name")
    lines = [("bloom", "Azul"), ("blooms", "Verde")]
    judgement = judge(draft(*lines, type=CUSTOMERS, headers=headers), replace(facts, directory=directory))
    assert [issue.row for issue in judgement.all() if issue.code == "name-as-code"] == [3]


def told_of_the_first(judgement: Judgement) -> list[int]:
    return [issue.row for issue in judgement.all() if issue.code == "split-code"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([("N1", "Nueva Flor"), ("N2", "NUEVA  FLOR."), ("N3", "Otra")], [(3, "N1", 2)]),
        ([("N1", "Nueva Flor"), ("N2", "Nueva Flor"), ("N3", "nueva flor")], [(3, "N1", 2), (4, "N1", 2)]),
        ([("N1", "Müller & Co"), ("N2", "Muller and Co")], [(3, "N1", 2)]),
        ([("N1", ""), ("N2", "")], []),
        ([("N1", "Nueva Flor"), ("N2", "Nueva Flora")], []),
        ([("N2", "Otra"), ("FL219", "Otra")], [(2, "FL219", 3)]),  # that is renamed so in this list
        ([("FL219", "Otra"), ("FL220", "Otra")], []),  # both exist
        ([("N1", "Nueva Flor"), ("n1", "Nueva Flor")], []),  # one code twice
    ],
)
def test_a_new_code_with_the_name_of_another_row_waits(lines, expected):
    headers = ("Customer Code", "Customer Name")
    judgement = judge(draft(*lines, type=CUSTOMERS, headers=headers), reference())
    told = [i for i in judgement.all() if i.code == "same-new-name"]
    assert [(i.row, i.facts["like"], i.facts["other"]) for i in told] == expected
    assert all(row in rows(judgement, judgement.to_confirm) for row, _, _ in expected)


def test_a_new_code_that_is_alike_in_code_and_name_waits_once():
    headers = ("Customer Code", "Customer Name")
    lines = [("N1", "Nueva Flor"), ("N-01", "Nueva Flor")]
    judgement = judge(draft(*lines, type=CUSTOMERS, headers=headers), reference())
    assert found(judgement) == [(3, "similar-new-code")]
    known = draft(("N1", "Nueva Flor"), ("N-01", "Rosas del Valle"), type=CUSTOMERS, headers=headers)
    assert found(judge(known, reference())) == [(3, "known-name")], (
        "it is a known customer's name first of all"
    )
    sheet = draft(*lines, type=CUSTOMERS, headers=headers)
    assert found(judge(sheet.apply(Changes(left_out=(2,))), reference())) == [], (
        "an excluded row is like none"
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([("N1", "Nueva Flor"), ("N1", "Otra")], [(2, 3)]),
        ([("FL219", "Nueva Flor"), ("fl219", "Otra")], [(2, 3)]),
        ([("N1", "Nueva Flor"), ("N1", "Nueva Flor"), ("N1", "Otra")], [(2, 4)]),
        ([("N1", "Nueva Flor"), (" n1", "Nueva Flor ")], []),
        ([("N1", "Nueva Flor"), ("N1", "")], []),
    ],
)
def test_the_first_of_two_rows_of_one_code_waits_where_they_say_different_things(lines, expected):
    headers = ("Customer Code", "Customer Name")
    judgement = judge(draft(*lines, type=CUSTOMERS, headers=headers), reference())
    assert [(i.row, i.facts["other"]) for i in judgement.all() if i.code == "split-code"] == expected
    assert rows(judgement, judgement.to_confirm) == [row for row, _ in expected]


def test_judging_changed_rows_of_a_list_only_comes_to_the_same():
    headers = ("Customer Code", "Customer Name")
    sheet = draft(("N1", "Nueva"), ("N2", "Otra"), ("N3", "Otra"), type=CUSTOMERS, headers=headers)
    before = judge(sheet, reference())
    changed = sheet.apply(setting([(2, "Customer Name", "Nueva", "otra"), (4, "Customer Code", "N3", "N2")]))
    after = rejudge(before, changed, reference(), [0, 2])
    assert list(after.all()) == list(judge(changed, reference()).all())


def test_a_blank_cell_of_a_list_says_that_nothing_is_erased():
    headers = ("Customer Code", "Customer Name", "Location Codes", "Salesperson")
    sheet = draft(
        ("FL220", "Petal & Stem", "", ""), ("FL220x", "New", "", ""), type=CUSTOMERS, headers=headers
    )
    judgement = judge(sheet, reference())
    assert [(i.row, i.column, i.code, i.facts["kept"]) for i in judgement.all()] == [
        (2, "Location Codes", "kept-blank", "LAX:MIA")
    ]
    assert judgement.unchanged.tolist() == [True, False]


def test_each_note_that_names_another_customer_is_told_whatever_stands_between():
    lines = [
        row(number=f"N{n}", comments=note) for n, note in enumerate(("for FL220", "for FL219", "x FL220"))
    ]
    judgement = judge(draft(*lines), reference())
    assert [one.row for one in judgement.all() if one.code == OTHER_NAME] == [2, 4]
