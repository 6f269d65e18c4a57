"""What is suggested for many rows at once is what is suggested for each of them, and is said of all."""

from dataclasses import replace
from datetime import date
from string import Formatter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from komet_import.review import fixes
from komet_import.review.catalogue import CATALOGUE, TYPE_WORDS
from komet_import.review.edits import Changes, setting
from komet_import.review.issues import Issue
from komet_import.review.judge import judge
from komet_import.review.judgement import Judgement
from komet_import.review.problem_list import Problem, kinds, problems
from komet_import.review.reference import (
    Alike,
    Corrected,
    Directory,
    KnownCustomer,
    KnownLocation,
    Origin,
    Posted,
)
from komet_import.sheets.layout.row_kinds import Aside, RowKind
from komet_import.sheets.worksheet import Held
from komet_import.types import ALL, CUSTOMERS, OPEN_CREDITS, Sign
from komet_import.types.codes import code_key
from tests.properties import tries
from tests.review.drafting import HEADERS, draft, noon, reference, row

PLACES = ("MIA", "LAX", "BOG", "AMS")
LOCATIONS = tuple(KnownLocation(number, code, code.title()) for number, code in enumerate(PLACES, start=1))
DIRECTORIES = st.builds(
    lambda homes, active: Directory(
        customers={
            code_key(f"FL{n}00"): KnownCustomer(n, f"FL{n}00", f"Flowers {n}", n in active, frozenset(at))
            for n, at in enumerate(homes, start=1)
        },
        locations={code_key(known.code): known for known in LOCATIONS},
    ),
    st.lists(
        st.sets(st.sampled_from([1, 2, 3, 4]), min_size=1, max_size=1) | st.sets(st.sampled_from([1, 2])),
        min_size=5,
        max_size=5,
    ),
    st.sets(st.sampled_from([1, 2, 3, 4, 5]), min_size=4),
)
FOUND = ("FL100", "FL200", "FL300", "FL400", "FL500")
CODES = ("FL100", "FL200", "fl300", "FL400", "FL500", "FL1O0", "FL10", "", "X" * 21, "FL\u200b100")
PLACED = ("MIA", "mia", " MIA ", "LAX", "MlA", "BOG", "", "Nowhere")
CREDITS = {
    "Customer Code": CODES,
    "Credit #": ("CR-1", "cr-1 ", "CR-2", "", "C" * 21, "CR\x01-1", "N/A", "1.6E+09"),
    "Credit Date": (
        "2026-03-02",
        "25/02/2026",
        "03/04/2026",
        "45992",
        "2019-01-01",
        "soon",
        "2026-03-02 08:00",
        "Tue 02/03/2026",
        "Thu 03/03/2026",
    ),
    "Credit Balance": (
        "120.00",
        "$120.00",
        "-5",
        " -5",
        "1,234",
        "n/a",
        "€5",
        "12.",
        "1.23456",
        "99999999",
        "5%",
        "5 CR",
        " 5 CR",
        "5 DR",
    ),
    "Location Code": PLACED,
    "Comments": ("", "late truck", "VOID", "wait for Jim", "move to FL901", "only 5.00 left", "x" * 501),
}
LISTED = {
    "Customer Code": CODES,
    "Customer Name": ("Rosas", "do.", ""),
    "Location Codes": ("MIA", "MIA:LAX1", "LAX:MlA", "MlA : BOG", "Nowhere:AMS", ""),
    "Customer Type": ("retailer", "Retailr", "Whole saler", "?"),
    "Active": ("yes", "perhaps"),
}
DEBITS = replace(OPEN_CREDITS, sign=Sign.NEGATIVE)
POSTED = Posted(
    keys={(n, "CR-1"): noon(date(2026, 2, n)) for n in (1, 2, 3)},
    alike={(n, date(2026, 3, 2), 120_000): Alike(noon(date(2026, 2, n)), False) for n in (1, 2, 4)},
)
HELD = st.dictionaries(
    st.tuples(st.integers(2, 9), st.sampled_from(HEADERS)),
    st.sampled_from([Held.NUMBER, Held.DATE, Held.ERROR, Held.VEILED]),  # a formula's text is none of these
    max_size=3,
)


def cells(columns: dict[str, tuple[str, ...]]) -> st.SearchStrategy[tuple[str, ...]]:
    """Rows of which a few values come again and again; customers are found more often than not."""
    found = {"Customer Code": st.sampled_from(FOUND), "Location Code": st.sampled_from(PLACES)}
    return st.tuples(
        *(
            found[name] | st.sampled_from(texts) if name in found else st.sampled_from(texts)
            for name, texts in columns.items()
        )
    )


@st.composite
def judged(drawn: st.DrawFn):
    """A sheet of either type with its judgement and the facts."""
    facts = replace(reference(), directory=drawn(DIRECTORIES))
    if drawn(st.booleans()):
        facts = replace(facts, posted=POSTED)
        rows = drawn(st.lists(cells(CREDITS), min_size=8, max_size=8))
        few = {"hidden": (3, 4), "totals": (9,)} if drawn(st.booleans()) else {}
        sheet = draft(*rows, held=drawn(HELD), type=drawn(st.sampled_from((OPEN_CREDITS, DEBITS))), **few)
    else:
        rows = drawn(st.lists(cells(LISTED), min_size=8, max_size=8))
        sheet = draft(*rows, type=CUSTOMERS, headers=tuple(LISTED))
    sheet = sheet.apply(Changes(left_out=tuple(drawn(st.sets(st.integers(2, 9), max_size=2)))))
    return sheet, judge(sheet, facts), facts


def issues_of(judgement: Judgement, problem: Problem) -> list[Issue]:
    """The issues of a problem's rows, found row by row."""
    places = {int(number): place for place, number in enumerate(judgement.numbers)}
    return [
        issue
        for row_number in problem.rows
        for issue in judgement.of(places[row_number])
        if (issue.column, issue.code, issue.value.strip()) == (problem.column, problem.code, problem.value)
    ]


SLOW = settings(max_examples=tries(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(judged())
def test_a_suggestion_for_many_rows_gives_each_row_its_own(drawn):
    sheet, judgement, facts = drawn
    for problem in problems(judgement):
        if problem.suggestion is None:
            continue
        own = {(issue.row, issue.suggestion) for issue in issues_of(judgement, problem)}
        assert own == {(number, problem.suggestion) for number in problem.rows}
        changes = fixes.take_suggestions(sheet, judgement, [problem])
        given_to = {(cell.row, cell.column, cell.after) for cell in changes.cells}
        assert given_to == {(number, problem.column, problem.suggestion) for number in problem.rows}
        fixed = judge(sheet.apply(changes), facts)
        again = {(i.row, i.column, i.code, i.value.strip()) for i in fixed.all()}
        left = {(number, problem.column, problem.code, problem.value) for number in problem.rows}
        assert not again & left, "what is suggested fixes it"


@SLOW
@given(judged())
def test_every_row_is_counted_once_and_what_is_said_of_many_is_true_of_each(drawn):
    sheet, judgement, _ = drawn
    found = problems(judgement)
    kept, waiting = (
        set(judgement.numbers[chosen].tolist()) for chosen in (~judgement.out, judgement.to_confirm)
    )
    counted = sorted((p.column, p.code, number) for p in found for number in p.rows)
    assert counted == sorted(
        (i.column, i.code, i.row)
        for i in judgement.all()
        if i.row in (waiting if i.confirmable else kept)  # what is to be confirmed waits for nothing else
    )
    for problem in found:
        said_of_each(problem.message, issues_of(judgement, problem))
        if problem.code not in ("hidden-row", "struck-through"):
            texts = sheet.rows[problem.column].loc[problem.rows].str.strip()
            assert set(texts) == {problem.value}, "else a fix of many rows would not find its cells"
    for kind in kinds(found):
        said_of_each(kind.message, [i for problem in kind.problems for i in issues_of(judgement, problem)])


def said_of_each(message: str, issues: list[Issue]) -> None:
    """It is each row's own sentence, or the one about several that names no fact of a single row."""
    assert message and "{" not in message
    own = {issue.message.replace(issue.value, issue.value.strip()) for issue in issues}
    if len(own) > 1:
        values = {issue.value.strip() for issue in issues}
        (value,) = values if len(values) == 1 else ("",)
        cells_named = f"{issues[0].column} “{value}”" if value else issues[0].column
        assert message == CATALOGUE[issues[0].code].several.format(
            **{**issues[0].facts, "cells": cells_named}
        )


@pytest.mark.parametrize("code", CATALOGUE)
def test_the_sentence_about_several_rows_names_nothing_that_belongs_to_one(code):
    named = {name for _, name, _, _ in Formatter().parse(CATALOGUE[code].several) if name}
    assert named <= {"cells", *TYPE_WORDS}


NOT_FROM_TEXT = {
    "shown-rounded", "amount-as-date", "one-or-two-numbers", "partly-struck", "struck-cell", "closed-period",
    "open-question", "dropped-row", "cut-value",
    "unusual-amount", "one-more", "similar-number", "similar-posted", "split-number", "similar-code",
    "similar-new-code", "same-new-name", "split-code",
    "no-locations", "no-customers", "other-name",
    "known-name", "name-as-code", "code-as-name", "kept-blank", "name-of-another", "garbled", "made-a-date",
    "shared-amount",
}  # fmt: skip
"""What hangs on how Excel shows a cell, or on other rows and records: each has its case in
`test_catalogue`."""


def test_the_random_sheets_meet_every_rule():
    """Else the tests above would say nothing of a rule: each code of the catalogue comes up in these."""
    facts = replace(
        reference(posted=POSTED),
        directory=Directory(
            customers={
                code_key(f"FL{n}00"): KnownCustomer(n, f"FL{n}00", "", n != 5, frozenset({n % 4 + 1}))
                for n in range(1, 6)
            },
            locations={code_key(known.code): known for known in LOCATIONS},
        ),
    )
    good = dict(zip(HEADERS, ("FL100", "CR-9", "2026-03-02", "1.00", "LAX", ""), strict=True))
    credits = [tuple({**good, c: text}.values()) for c in CREDITS for text in CREDITS[c]]
    alike = [tuple({**good, "Credit #": "", "Credit Balance": "7"}.values())] * 2
    last = len(credits) + 2
    bare = tuple("1" if name == "Credit Balance" else "" for name in HEADERS)
    sheet = draft(
        *credits,
        *alike,
        bare,
        row(amount="#N/A"),
        row(amount="=A1"),
        row(amount="12.5"),
        *[row()] * (len(RowKind) + 2),
        held={
            (last + 3, "Credit Balance"): Held.ERROR,
            (last + 4, "Credit Balance"): Held.UNCALCULATED,
            (last + 5, "Credit Balance"): Held.VEILED,
        },
        hidden=(2,),
        struck=(2,),
        totals=(last + 2,),
        aside={
            row: Aside(kind=kind, certain=certain, why="stands there")
            for row, (kind, certain) in enumerate(
                [(kind, True) for kind in RowKind] + [(RowKind.TOTAL, False), (RowKind.OTHER_TABLE, False)],
                start=last + 6,
            )
        },
    )
    listed = [tuple({**dict.fromkeys(LISTED, ""), c: text}.values()) for c in LISTED for text in LISTED[c]]
    customers = draft(*listed, type=CUSTOMERS, headers=tuple(LISTED))
    origins = {
        2: Origin("k1", "march.xlsx", 7),
        3: Origin("k2", "march.xlsx", 8),
        4: Origin("k2", "march.xlsx", 8),
    }
    again = replace(draft(row(), row(number="CR-2"), row(number="CR-3")), origins=origins)
    corrected = replace(facts, posted=Posted(corrected={"k1": Corrected("b", "april.xlsx", 3)}))
    dates = [
        row(number=f"N{n}", date=day) for n, day in enumerate(("2026-03-01", "13/02/2026", "2026-02-27"))
    ]
    real = {(2, "Credit Date"): Held.DATE, (4, "Credit Date"): Held.DATE}
    judged_all = (
        judge(draft(*dates, held=real), facts),
        judge(draft(*dates[:2], held={(2, "Credit Date"): Held.DATE}), facts),
        judge(sheet, facts),
        judge(customers, replace(facts, posted=Posted())),
        judge(again, corrected),
        judge(replace(sheet, type=DEBITS), facts),
    )
    found = [issue for judgement in judged_all for issue in judgement.all()]
    assert {issue.code for issue in found} | NOT_FROM_TEXT == set(CATALOGUE)
    kinds_met = {column.kind for type in (OPEN_CREDITS, CUSTOMERS) for column in type.columns}
    assert {column.kind for type in ALL.values() for column in type.columns} == kinds_met


def test_one_customers_location_is_not_offered_for_the_others():
    sheet = draft(
        *(row(customer=code, number=f"CR-{n}", location="MIA") for n, code in enumerate(("00219", "FL219"))),
        *(
            row(customer=code, number=f"CR-{n}", location="LAX")
            for n, code in enumerate(("FL219", "00219"), 5)
        ),
        row(customer="00219", number="CR-9", location="mia"),
        row(customer="00219", number="CR-10", location="MIA"),
    )
    found = [(p.value, p.suggestion, p.rows) for p in problems(judge(sheet, reference()))]
    assert found == [("MIA", "LAX", [2, 7]), ("LAX", "MIA", [4]), ("mia", "LAX", [6])]


def four_that_belong_elsewhere():
    """The same location in four rows, of customers that belong to four others."""
    directory = Directory(
        customers={
            code: KnownCustomer(n, code, code, True, frozenset({n % 4 + 2}))
            for n, code in enumerate(FOUND[:4], start=0)
        },
        locations={known.code: known for known in (*LOCATIONS, KnownLocation(5, "GYE", "Guayaquil"))},
    )
    rows = [row(customer=code, number=f"CR-{n}", location="MIA") for n, code in enumerate(FOUND[:4])]
    return draft(*rows), replace(reference(), directory=directory)


def test_what_is_offered_for_four_rows_is_offered_one_by_one_where_it_differs():
    sheet, facts = four_that_belong_elsewhere()
    found = problems(judge(sheet, facts))
    assert [(p.suggestion, p.rows) for p in found] == [("LAX", [2]), ("BOG", [3]), ("AMS", [4]), ("GYE", [5])]
    (kind,) = kinds(found)
    assert not any(code in kind.message for code in ("LAX", "FL100")), "nothing of one row alone"


def test_a_suggestion_that_no_longer_holds_is_not_taken():
    sheet = draft(row(location="LAX"), row(number="CR-2", location="LAX"))
    (problem,) = problems(judge(sheet, reference()))
    assert (problem.code, problem.suggestion, problem.rows) == ("not-at-location", "MIA", [2, 3])
    moved = sheet.apply(setting([(3, "Customer Code", "FL219", "00219")]))
    changes = fixes.take_suggestions(moved, judge(moved, reference()), [problem])
    assert [(cell.row, cell.after) for cell in changes.cells] == [(2, "MIA")]


def test_one_location_of_several_is_fixed_and_the_others_stay():
    sheet = draft(("C1", "Rosas", "LAX:MlA"), type=CUSTOMERS, headers=tuple(LISTED)[:3])
    (problem,) = problems(judge(sheet, reference()))
    assert problem.suggestion == "LAX:MIA"
