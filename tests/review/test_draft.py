"""Drafts as values: edits applied, undone, and what Excel held."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from komet_import.review.draft import Draft
from komet_import.review.edits import Answer, CellChange, Changes, Confirmation, setting
from komet_import.review.given_answers import Answers, header_with
from komet_import.review.reference import Origin
from komet_import.sheets.layout.sheet import Header
from komet_import.sheets.worksheet import Held
from komet_import.types import OPEN_CREDITS
from tests.review.drafting import GOOD, HEADERS, draft, opened, row, worksheet

NUMBER = {(2, "Credit Balance"): Held.NUMBER}


def same(one, other) -> bool:
    return (
        one.rows.equals(other.rows)
        and np.array_equal(one.held, other.held)
        and np.array_equal(one.left_out, other.left_out)
        and np.array_equal(one.set_aside, other.set_aside)
        and one.confirmed == other.confirmed
        and one.answers == other.answers
    )


@pytest.mark.parametrize("held", [Held.NUMBER, Held.DATE, Held.BOOLEAN, Held.ERROR, Held.UNCALCULATED])
def test_an_edited_cell_holds_text_until_the_original_comes_back(held):
    marked = {(2, "Credit Balance"): held}
    sheet = draft(GOOD, held=marked)
    place = HEADERS.index("Credit Balance")
    edited = sheet.apply(setting([(2, "Credit Balance", "120.00", "1.234")]))
    assert edited.held[0, place] == Held.TEXT
    back = edited.apply(setting([(2, "Credit Balance", "1.234", "120.00")]))
    assert back.held[0, place] == held
    assert same(sheet, draft(GOOD, held=marked)), "the draft before stays as it was"


CHANGES = st.builds(
    Changes,
    cells=st.lists(
        st.tuples(st.sampled_from([2, 3, 4]), st.sampled_from(HEADERS), st.just(""), st.text(max_size=5)),
        max_size=5,
    ).map(lambda cells: tuple(CellChange(*cell) for cell in cells)),
    left_out=st.sets(st.sampled_from([2, 3])).map(tuple),
    admitted=st.sets(st.just(5)).map(tuple),
)


@given(CHANGES)
def test_the_inverse_takes_everything_back(wanted):
    total = ("Total", "", "", "360.00", "", "")
    sheet = draft(row(), row(number="CR-2"), row(number="CR-3"), total, held=NUMBER, totals=(5,))
    cells = {(c.row, c.column): c.after for c in wanted.cells}
    changes = Changes(
        cells=tuple(CellChange(r, c, str(sheet.rows.at[r, c]), after) for (r, c), after in cells.items()),
        left_out=wanted.left_out,
        admitted=wanted.admitted,
        confirmations=(Confirmation(3, "possible-duplicate", None, "what was seen"),),
        answers=(Answer("mark", "Credit Balance", None, ","),),
    )
    assert same(sheet.apply(changes).apply(changes.inverse()), sheet)
    stored = Changes.from_json(changes.to_json())
    assert same(sheet.apply(stored), sheet.apply(changes))


def test_a_journal_of_before_total_rows_and_confirmations_is_read():
    stored = {"cells": {}, "left_out": [3], "taken_in": [], "answers": []}
    assert Changes.from_json(stored) == Changes(left_out=(3,))


def test_a_row_or_column_that_is_not_there_is_an_error():
    with pytest.raises(KeyError):
        draft(GOOD).apply(setting([(99, "Comments", "", "x")]))
    with pytest.raises(KeyError):
        draft(GOOD).apply(setting([(2, "Nonsense", "", "x")]))


def test_setting_a_cell_twice_keeps_the_first_before_and_the_last_after():
    (cell,) = setting([(2, "A", "1", "2"), (2, "A", "2", "3")]).cells
    assert cell == CellChange(2, "A", "1", "3")
    assert not setting([(2, "A", "1", "2"), (2, "A", "2", "1")])


# --- answers


def test_an_answer_is_kept_under_its_question_and_its_column():
    answers = Answers()
    for question, column, answer in (
        ("mark", "Credit Balance", ","), ("mark", "Other", "."), ("order", "Credit Date", "dmy"),
        ("column", "D", ""), ("hidden", "", "count"),
    ):  # fmt: skip
        answers = answers.with_answer(question, column, answer)
    assert answers == Answers(
        marks={"Credit Balance": ",", "Other": "."}, orders={"Credit Date": "dmy"}, columns={"D": ""},
        hidden={"": "count"},
    )  # fmt: skip
    assert [dict(answers.to(q)) for q in ("mark", "order", "column", "hidden")] == [
        {"Credit Balance": ",", "Other": "."}, {"Credit Date": "dmy"}, {"D": ""}, {"": "count"}
    ]  # fmt: skip
    changed = answers.with_answer("mark", "Credit Balance", ".")
    assert changed.marks == {"Credit Balance": ".", "Other": "."}
    assert answers.marks["Credit Balance"] == ",", "the answers before stay as they were"
    assert changed.with_answer("mark", "Credit Balance", None).marks == {"Other": "."}
    assert answers.with_answer("order", "No answer", None) == answers
    for unknown in (lambda: answers.to("why"), lambda: answers.with_answer("why", "", "x")):
        with pytest.raises(KeyError):
            unknown()


# --- a sheet becomes a draft


def test_columns_that_are_none_of_the_types_stay_and_cannot_be_edited():
    sheet = draft((*GOOD, "x"), headers=(*HEADERS, "Remark"))
    assert sheet.columns == list(HEADERS) and "Remark" in sheet.rows.columns
    swapped = draft(tuple(reversed(GOOD)), headers=tuple(reversed(HEADERS)))
    assert swapped.columns == list(HEADERS), "in the type's order"


def test_a_row_without_anything_of_ours_comes_with_the_column_that_says_something_in_it():
    names = ("Customer Code", "Credit Date", "Amount", "Amt")
    good = ("FL219", "2026-03-02", "1", "")
    sheet = opened(worksheet(names, good, ("", "", "", "9"), good))
    assert sheet.rows.index.tolist() == [2, 4] and sheet.sheet.header.ignored == ("D",)
    out = sheet.apply(Changes(left_out=(4,)))
    given = (Answer("column", "C", None, ""), Answer("column", "D", None, "Credit Balance"))
    other = out.apply(Changes(answers=given))
    assert other.rows.index.tolist() == [2, 3, 4]
    assert other.left_out.tolist() == [False, False, True]
    edited = other.apply(setting([(3, "Credit Balance", "9", "8")]))
    back = edited.apply(Changes(answers=given).inverse())
    assert back.rows.index.tolist() == [2, 3, 4], "a row that a person has edited stays"


# --- steps


def test_a_step_changes_what_it_names_and_leaves_the_draft_before_as_it_was():
    before = draft(row(), row(number="CR-2"), row(number="CR-3"), held={(3, "Credit Balance"): Held.NUMBER})
    out = before.apply(Changes(left_out=(2, 4)))
    assert out.left_out.tolist() == [True, False, True]
    back = out.apply(Changes(taken_in=(4,)))
    assert back.left_out.tolist() == [True, False, False]
    assert back.apply(Changes(left_out=(4,), taken_in=(2,))).left_out.tolist() == [False, False, True]
    edited = out.apply(setting([(3, "Credit Balance", "120.00", "7"), (2, "Comments", "late truck", "")]))
    assert edited.rows["Credit Balance"].tolist() == ["120.00", "7", "120.00"]
    assert edited.rows["Comments"].tolist() == ["", "late truck", "late truck"]
    assert edited.left_out.tolist() == [True, False, True]
    place = HEADERS.index("Credit Balance")
    assert (before.held[1, place], edited.held[1, place]) == (Held.NUMBER, Held.TEXT)
    assert same(
        before,
        draft(row(), row(number="CR-2"), row(number="CR-3"), held={(3, "Credit Balance"): Held.NUMBER}),
    )
    assert out.left_out.tolist() == [True, False, True]


def test_only_the_cells_of_a_step_lose_what_excel_held():
    held = {(n, c): Held.NUMBER for n in (2, 3) for c in ("Credit Balance", "Credit #")}
    sheet = draft(row(), row(), held=held)
    edited = sheet.apply(setting([(2, "Credit Balance", "120.00", "7"), (3, "Credit #", "CR-1", "CR-1 ")]))
    money, number = HEADERS.index("Credit Balance"), HEADERS.index("Credit #")
    assert edited.held[:, money].tolist() == [Held.TEXT, Held.NUMBER]
    assert edited.held[:, number].tolist() == [Held.NUMBER, Held.TEXT]
    same_text = sheet.apply(Changes(cells=(CellChange(2, "Credit Balance", "x", "120.00"),)))
    assert same_text.held[:, money].tolist() == [Held.NUMBER, Held.NUMBER]


def test_a_confirmation_is_kept_replaced_and_taken_back():
    def given(after: str | None, *, code: str = "possible-duplicate", number: int = 2) -> Changes:
        return Changes(confirmations=(Confirmation(number, code, None, after),))

    sheet = draft(row(), row())
    one = sheet.apply(given("a")).apply(given("b", number=3)).apply(given("c", code="repeated-row"))
    assert one.confirmed == {
        (2, "possible-duplicate"): "a", (3, "possible-duplicate"): "b", (2, "repeated-row"): "c"
    }  # fmt: skip
    assert one.apply(given("z")).confirmed[2, "possible-duplicate"] == "z"
    taken = one.apply(given(None))
    assert taken.confirmed == {(3, "possible-duplicate"): "b", (2, "repeated-row"): "c"}
    assert taken.apply(given(None)).confirmed == taken.confirmed, "what was not confirmed stays so"
    assert len(one.confirmed) == 3 and sheet.confirmed == {}
    assert one.apply(Changes(left_out=(2,))).confirmed == one.confirmed


def test_positions_are_found_in_the_order_that_is_asked_and_a_strange_row_is_an_error():
    sheet = draft(row(), row(), row())
    assert sheet.positions([4, 2, 4]).tolist() == [2, 0, 2]
    assert sheet.positions(number for number in (3,)).tolist() == [1]
    assert sheet.positions([]).tolist() == []
    for strange in ([5], [2, 1], [2, 99, 3]):
        with pytest.raises(KeyError):
            sheet.positions(strange)
    for changes in (Changes(left_out=(9,)), Changes(taken_in=(9,))):
        with pytest.raises(KeyError):
            sheet.apply(changes)


# --- columns that a person says what they are

FOUND = Header(
    row=3,
    columns={"A": "Customer Code", "B": "Credit #"},
    headers={"A": "Code", "B": "No", "C": "Amt", "D": "Day", "E": "Remark"},
    ignored=("E",),
    doubtful={"C": "Credit Balance", "D": "Credit Date"},
)


@pytest.mark.parametrize(
    ("said", "meant", "doubtful", "ignored"),
    [
        ({}, {}, "CD", "E"),
        ({"C": "Credit Balance"}, {"C": "Credit Balance"}, "D", "E"),
        ({"C": ""}, {}, "D", "CE"),
        ({"C": "", "D": ""}, {}, "", "CDE"),
        ({"C": "Comments"}, {"C": "Comments"}, "D", "E"),
        ({"E": "Credit Balance"}, {"E": "Credit Balance"}, "D", "C"),  # it is found, so C is not asked about
        ({"A": ""}, {"A": ""}, "CD", "AE"),
        ({"B": "Comments"}, {"B": "Comments"}, "CD", "E"),
    ],
)
def test_the_header_is_what_a_person_says_and_what_is_left_is_asked_or_ignored(
    said, meant, doubtful, ignored
):
    header = header_with(FOUND, Answers(columns=said))
    expected = {letter: name for letter, name in {**FOUND.columns, **meant}.items() if name}
    assert header.columns == expected
    assert header.doubtful == {letter: FOUND.doubtful[letter] for letter in doubtful}
    assert header.ignored == tuple(ignored)
    assert (header.row, header.headers) == (3, FOUND.headers)


RIVALS = replace(FOUND, doubtful={}, rivals={"Credit Balance": ("C", "D", "E")}, ignored=())


@pytest.mark.parametrize(
    ("answers", "meant", "left", "ignored"),
    [
        (Answers(), {}, "CDE", ""),
        (Answers(columns={"D": ""}), {}, "CE", "D"),
        (Answers(columns={"D": "Comments"}), {"D": "Comments"}, "CE", ""),
        (Answers(columns={"C": "", "D": "", "E": ""}), {}, "", "CDE"),
        (Answers(columns={"D": "Credit Balance"}), {"D": "Credit Balance"}, "", "CE"),
        (Answers(fields={"Credit Balance": "D"}), {"D": "Credit Balance"}, "", "CE"),
        (Answers(fields={"Credit Balance": ""}), {}, "", "CDE"),
        (Answers(fields={"Comments": "B"}), {"B": "Comments"}, "CDE", ""),
    ],
)
def test_of_columns_that_claim_the_same_those_that_nobody_has_spoken_of_are_asked_about(
    answers: Answers, meant: dict[str, str], left: str, ignored: str
) -> None:
    header = header_with(RIVALS, answers)
    assert header.columns == {**FOUND.columns, **meant}
    assert header.rivals == ({"Credit Balance": tuple(left)} if left else {})
    assert header.ignored == tuple(ignored)


LINES = (
    ("Customer Code", "Credit #", "Credit Date", "Cred Amt", "Location Code", "Comments"),
    row(),
    row(number="CR-2", amount="9.50"),
    row(number="CR-3", amount="7"),
)


def say(column: str, before: str | None, after: str | None) -> Changes:
    return Changes(answers=(Answer("column", column, before, after),))


def test_a_column_that_gets_its_meaning_brings_its_cells_and_keeps_what_was_edited():
    sheet = opened(
        worksheet(*LINES, held={(2, "D"): Held.NUMBER, (3, "B"): Held.NUMBER, (4, "B"): Held.NUMBER})
    )
    edited = sheet.apply(
        setting(
            [
                (2, "Comments", "late truck", "fixed"),
                (3, "Credit #", "CR-2", "CR-9"),
                (4, "Credit Balance", "", "5"),
            ]
        )
    ).apply(Changes(left_out=(4,), confirmations=(Confirmation(2, "hidden-row", None, "x"),)))
    said = edited.apply(say("D", None, "Credit Balance"))
    assert said.rows["Credit Balance"].tolist() == ["120.00", "9.50", "5"]
    assert said.rows["Comments"].tolist() == ["fixed", "late truck", "late truck"]
    assert said.rows["Credit #"].tolist() == ["CR-1", "CR-9", "CR-3"]
    money, number = (list(said.rows.columns).index(c) for c in ("Credit Balance", "Credit #"))
    assert said.held[:, money].tolist() == [Held.NUMBER, Held.TEXT, Held.TEXT]
    assert said.held[:, number].tolist() == [Held.TEXT, Held.TEXT, Held.NUMBER]
    assert said.left_out.tolist() == [False, False, True] and said.confirmed == edited.confirmed
    assert said.sheet.header.columns["D"] == "Credit Balance" and not said.sheet.header.doubtful
    assert said.found == sheet.found == sheet.sheet.header
    assert said.sheet.rows["Credit #"].tolist() == ["CR-1", "CR-2", "CR-3"], "the sheet as it came"
    as_it_came = said.apply(setting([(3, "Credit #", "CR-9", "CR-2")]))
    assert as_it_came.held[:, number].tolist() == [Held.TEXT, Held.NUMBER, Held.NUMBER]
    back = said.apply(say("D", "Credit Balance", None))
    assert same(back, edited)
    assert back.sheet.header == sheet.sheet.header


def test_a_column_that_means_nothing_is_blank_where_it_is_needed_and_gone_where_not():
    sheet = opened(worksheet(*LINES)).apply(setting([(2, "Comments", "late truck", "fixed")]))
    no_customers = sheet.apply(say("A", None, ""))
    assert no_customers.rows["Customer Code"].tolist() == [""] * 3
    no_comments = sheet.apply(say("F", None, ""))
    assert "Comments" not in no_comments.columns
    again = no_comments.apply(say("F", "", "Comments"))
    assert again.rows["Comments"].tolist() == ["late truck"] * 3


def test_an_answer_about_texts_leaves_the_columns_alone():
    sheet = draft(row())
    marked = sheet.apply(Changes(answers=(Answer("mark", "Credit Balance", None, ","),)))
    assert marked.answers.marks == {"Credit Balance": ","} and marked.sheet is sheet.sheet
    both = sheet.apply(
        Changes(
            answers=(Answer("mark", "Credit Balance", None, ","), Answer("order", "Credit Date", None, "dmy"))
        )
    )
    assert (both.answers.marks, both.answers.orders) == ({"Credit Balance": ","}, {"Credit Date": "dmy"})


def test_without_its_worksheet_a_draft_cannot_get_other_columns():
    with pytest.raises(KeyError, match="worksheet"):
        draft(row()).apply(say("A", None, "Comments"))


def test_what_the_rows_were_before_goes_with_the_draft():
    source = draft(row())
    origins = {2: Origin("k", "march.xlsx", 7)}
    sheet = Draft.of(source.sheet, OPEN_CREDITS, multi_location=True, origins=origins)
    assert sheet.origins == origins == sheet.origins_here
    gone = Draft.of(source.sheet, OPEN_CREDITS, multi_location=True, origins={**origins, 9: origins[2]})
    assert gone.origins_here == origins, "of rows that the draft has not, nothing is told"
    assert opened(worksheet(*LINES)).worksheet is not None


def test_a_company_with_one_location_needs_no_column_of_locations_after_an_answer_either():
    lines = tuple(tuple(line[n] for n in (0, 1, 2, 3, 5)) for line in LINES)
    sheet = opened(worksheet(*lines))
    assert "Location Code" in sheet.apply(say("D", None, "Credit Balance")).columns
    one = replace(sheet, multi_location=False)
    assert "Location Code" not in one.apply(say("D", None, "Credit Balance")).columns


@pytest.mark.parametrize(
    ("changes", "edited"),
    [
        (Changes(), False),
        (Changes(left_out=(2,)), True),
        (Changes(admitted=(3,)), True),
        (Changes(confirmations=(Confirmation(2, "unusual-date", None, "2026-03-02"),)), True),
        (setting([(2, "Comments", "late truck", "short")]), True),
        (Changes(answers=(Answer("mark", "Credit Balance", None, ","),)), False),
    ],
)
def test_a_draft_is_edited_once_a_cell_or_a_row_is_not_as_the_file_has_it(changes, edited):
    sheet = draft(row(), ("Total", "", "", "120.00", "", ""), totals=(3,))
    assert sheet.apply(changes).is_edited is edited
