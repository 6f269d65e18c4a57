"""Rows that wait for an answer: an open question holds back what it is about, and nothing else."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from komet_import.refusal import Refusal
from komet_import.review.catalogue import OPEN_QUESTION
from komet_import.review.draft import Draft
from komet_import.review.edits import Changes
from komet_import.review.held_rows import holds, unread
from komet_import.review.judge import judge, rejudge
from komet_import.review.problem_list import problems
from komet_import.review.questions import questions
from komet_import.review.questions.answer_changes import all_answered, answered
from komet_import.review.questions.proposal import proposal
from komet_import.review.questions.question import Question
from komet_import.sheets.layout import arrangement
from komet_import.sheets.layout.modifiers import Modifier, Modifies
from komet_import.sheets.layout.notes import OTHER_SHEETS
from komet_import.sheets.worksheet import Held, Note, SheetName, Worksheet
from komet_import.types import OPEN_CREDITS
from komet_import.types.open_invoices import OPEN_INVOICES
from tests.review.drafting import draft, opened, reference, row, worksheet

HEADINGS = ("Customer Code", "Credit #", "Credit Date", "Credit Balance", "Location Code", "Comments", "Curr")


def with_header(sheet: Draft, **changed: Any) -> Draft:
    """The draft as if its header had been read so."""
    assert sheet.worksheet is not None
    arranged = arrangement.arrange(sheet.worksheet, replace(sheet.found, **changed), OPEN_CREDITS)
    return Draft.of(arranged, OPEN_CREDITS, multi_location=True, worksheet=sheet.worksheet)


def in_currencies(*words: str) -> Draft:
    """A sheet with one good row in each of these currencies."""
    lines = [(*row(number=f"N{n}", amount="10"), word) for n, word in enumerate(words)]
    numbers = {(n + 2, "D"): Held.NUMBER for n in range(len(lines))}
    sheet = opened(worksheet(HEADINGS, *lines, held=numbers))
    counts = tuple((word, words.count(word)) for word in dict.fromkeys(words))
    says = Modifier(
        letter="G", header="Curr", modifies=Modifies.CURRENCY, values=counts, usual=frozenset({"usd", ""})
    )
    return with_header(sheet, modifiers=(says,))


def waiting(sheet: Draft) -> list[int]:
    """The Excel rows that wait for an answer."""
    return sorted({issue.row for issue in judge(sheet, reference()).all() if issue.code == OPEN_QUESTION})


def asked(sheet: Draft) -> list[Question]:
    judgement = judge(sheet, reference())
    return questions(sheet, judgement, problems(judgement))


def say(sheet: Draft, kind: str, column: str, given: str) -> Draft:
    return sheet.apply(answered(sheet, judge(sheet, reference()), kind, column, given))


def test_rows_in_another_currency_wait_until_somebody_says_which_count():
    sheet = in_currencies("USD", "COP", "", "usd ", "EUR")
    assert waiting(sheet) == [3, 6]
    assert judge(sheet, reference()).ready.tolist() == [True, False, True, True, False]
    (question,) = asked(sheet)
    assert (question.id, question.rows) == ("filter:G", 2)
    assert [option.answer for option in question.options] == ['["USD", ""]'], "never all of them"
    settled = say(sheet, "filter", "G", '["USD", ""]')
    assert (waiting(settled), asked(settled)) == ([], [])
    judgement = judge(settled, reference())
    assert judgement.set_aside.tolist() == [False, True, False, False, True]
    said = [(issue.row, issue.code, issue.message) for issue in judgement.all()]
    assert said == [
        (3, "filtered-row", "Row 3: “Curr” says COP; it is not imported."),
        (6, "filtered-row", "Row 6: “Curr” says EUR; it is not imported."),
    ], "the grid and the terminal say what each row is"
    assert judge(settled, reference()).ready.tolist() == [True, False, True, True, False]


def test_a_row_that_was_set_aside_by_its_value_can_be_taken_in():
    settled = say(in_currencies("USD", "COP"), "filter", "G", '["USD"]')
    back = settled.apply(Changes(admitted=(3,)))
    assert judge(back, reference()).ready.tolist() == [True, True]


def test_what_stands_in_rows_that_are_none_to_import_is_not_asked_about():
    others = ("Customer Code", "Invoice #", "Invoice Date", "Invoice Balance", "", "")
    sheet = opened(worksheet(HEADINGS[:6], row(number="A1"), row(number="A2"), others, row(number="I1")))
    assert [modifier.letter for modifier in sheet.found.modifiers] == ["B"], (
        "“Invoice #” is no credit's number"
    )
    assert asked(sheet) == [] and judge(sheet, reference()).ready.tolist() == [True, True, False, False]


def test_where_every_value_is_usual_nothing_is_asked():
    assert asked(in_currencies("USD", "usd", "")) == []


@pytest.mark.parametrize(("several", "told"), [(5, "EUR 1, GBP 1, COP 1."), (6, "EUR 1, GBP 1, COP 1 ….")])
def test_the_first_values_are_counted_and_it_is_said_where_there_are_more(several: int, told: str):
    (question,) = asked(in_currencies(*("USD", "CAD", "EUR", "GBP", "COP", "MXN")[:several]))
    assert question.evidence == f"Rows by value: USD 1, CAD 1, {told}"


@pytest.mark.parametrize("kind", [Modifies.KIND, Modifies.STATUS, Modifies.SIDE])
def test_where_no_value_is_usual_each_all_and_none_are_offered(kind: Modifies):
    sheet = in_currencies("Nota", "Factura", "Nota")
    (says,) = sheet.found.modifiers
    (question,) = asked(with_header(sheet, modifiers=(replace(says, modifies=kind, usual=frozenset()),)))
    answers = [json.loads(option.answer) for option in question.options]
    assert answers == [["Nota"], ["Factura"], ["Nota", "Factura"], []]
    assert question.evidence == "Rows by value: Nota 2, Factura 1."


RIVALS = worksheet(
    ("Customer Code", "Credit #", "Credit Date", "Amount", "Location Code", "Open Amount"),
    ("FL219", "A", "2026-03-02", "500", "MIA", "45"),
    ("FL219", "B", "2026-03-02", "60", "MIA", ""),
    held={(n, letter): Held.NUMBER for n in (2, 3) for letter in "DF"},
)


def rivals() -> Draft:
    base = opened(RIVALS)
    columns = {letter: name for letter, name in base.found.columns.items() if name != "Credit Balance"}
    return with_header(base, columns=columns, doubtful={}, rivals={"Credit Balance": ("D", "F")}, ignored=())


def test_of_two_columns_of_equal_right_neither_is_taken_before_somebody_says_which():
    sheet = rivals()
    assert unread(sheet) == {"Credit Balance"}
    assert [hold.id for hold in holds(sheet)] == ["field:Credit Balance"]
    assert waiting(sheet) == [2, 3]
    (question,) = asked(sheet)
    assert [option.answer for option in question.options] == ["D", "F", ""]
    assert question.text == "Which column is Credit Balance: “Amount” or “Open Amount”?"


@pytest.mark.parametrize("kind", ["field", "column"])
def test_what_is_chosen_of_two_columns_is_taken_and_the_other_is_not_imported(kind: str):
    column, given = ("Credit Balance", "F") if kind == "field" else ("F", "Credit Balance")
    settled = say(rivals(), kind, column, given)
    assert settled.rows["Credit Balance"].tolist() == ["45", ""]
    assert "D" in settled.sheet.header.ignored and not settled.sheet.header.rivals
    assert judge(settled, reference()).ready.tolist() == [True, False]


def test_an_optional_column_holds_only_the_rows_in_which_it_says_something():
    lines = [(*row(number=""), "CR-7"), (*row(number="", amount="11"), "")]
    sheet = opened(worksheet((*HEADINGS[:6], "Memo Nr"), *lines))
    columns = {letter: name for letter, name in sheet.found.columns.items() if name != "Credit #"}
    sheet = with_header(sheet, columns=columns, doubtful={"G": "Credit #"}, ignored=("B",))
    assert waiting(sheet) == [2]


def numbered(*numbers: str) -> Draft:
    """A sheet of good rows with these numbers."""
    return opened(worksheet(HEADINGS[:6], *(row(number=number) for number in numbers)))


def test_rows_whose_number_names_another_paper_wait_and_are_set_aside_by_what_it_says():
    sheet = numbered("CM-1", "CM-2", "INV-7", "")
    (question,) = asked(sheet)
    assert (question.id, waiting(sheet)) == ("filter:B", [4])
    assert question.evidence == "Rows by value: CM 2, INV 1, other numbers 1."
    assert question.options[0].words == "Only “CM” and other numbers"
    settled = say(sheet, "filter", "B", question.options[0].answer)
    assert (waiting(settled), settled.set_aside.tolist()) == ([], [False, False, True, False])
    assert str(settled.aside[2].why) == "“Credit #” says INV"
    whole = say(sheet, "filter", "B", question.options[1].answer)
    assert (waiting(whole), whole.set_aside.any()) == ([], False)


def test_a_whole_column_of_numbers_of_another_paper_waits():
    sheet = numbered("INV-1", "INV-2")
    assert waiting(sheet) == [2, 3]
    everything, none = asked(sheet)[0].options
    assert (everything.words, none.words) == ("All rows", "None of these")
    settled = say(sheet, "filter", "B", none.answer)
    assert (waiting(settled), settled.set_aside.tolist()) == ([], [True, True])
    assert str(settled.aside[0].why) == "“Credit #” says INV"


def test_where_no_value_usually_counts_none_of_them_is_an_answer_and_where_one_does_it_is_not():
    sheet = in_currencies("EUR", "COP")
    words = [option.words for option in asked(sheet)[0].options]
    assert words == ["Only “EUR”", "Only “COP”", "None of these"]
    settled = say(sheet, "filter", "G", "[]")
    assert {str(aside.why) for aside in settled.aside.values()} == {"“Curr” says EUR", "“Curr” says COP"}
    assert "None of these" not in {option.words for option in asked(in_currencies("USD", "COP"))[0].options}


@pytest.mark.parametrize("kind", [Modifies.TAX, Modifies.APPLIED, Modifies.RATE, Modifies.SHARE])
def test_of_amounts_beside_the_amount_none_alone_is_an_answer(kind: Modifies):
    sheet = in_currencies("10", "5", "10")
    (says,) = sheet.found.modifiers
    (question,) = asked(with_header(sheet, modifiers=(replace(says, modifies=kind, usual=frozenset()),)))
    assert [option.words for option in question.options] == ["All rows", "None of these"]
    assert question.text == (
        "“Curr” may change the amounts. Which credits should be imported with the amount as it is?"
    )


def test_where_every_credit_has_expired_none_of_them_is_an_answer(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(
        "komet_import.sheets.layout.modifiers.modifier_values.today", lambda: date(2026, 11, 29)
    )
    lines = [(*row(number=f"N{n}"), "2026-10-01") for n in range(2)]
    sheet = opened(worksheet((*HEADINGS[:6], "Valid until"), *lines))
    assert [option.words for option in asked(sheet)[0].options] == ["All rows", "None of these"]
    assert say(sheet, "filter", "G", "[]").set_aside.all()


def test_a_column_of_numbers_that_is_not_imported_asks_nothing():
    assert not holds(say(numbered("CM-1", "INV-7"), "column", "B", ""))


def test_credits_whose_last_day_is_past_wait_whatever_day_it_is(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(
        "komet_import.sheets.layout.modifiers.modifier_values.today", lambda: date(2026, 11, 29)
    )
    days = ("2026-12-31", "2026-11-01", "2026-10-01", "")
    lines = [(*row(number=f"N{n}"), day) for n, day in enumerate(days)]
    sheet = opened(worksheet((*HEADINGS[:6], "Valid until"), *lines))
    (question,) = asked(sheet)
    assert (question.id, waiting(sheet)) == ("filter:G", [3, 4])
    assert question.text == "Some credits have expired (“Valid until”). Import them?"
    assert [option.words for option in question.options] == ["Only not expired and blank", "All rows"]
    settled = say(sheet, "filter", "G", question.options[0].answer)
    assert (waiting(settled), settled.set_aside.tolist()) == ([], [False, True, True, False])
    assert {str(aside.why) for aside in settled.aside.values()} == {"“Valid until” is past"}


def test_credits_whose_first_day_is_to_come_wait():
    lines = [(*row(number=f"N{n}"), day) for n, day in enumerate(("2999-12-31", "2026-11-01", ""))]
    sheet = opened(worksheet((*HEADINGS[:6], "Post on"), *lines))
    (question,) = asked(sheet)
    assert (question.id, waiting(sheet)) == ("filter:G", [2])
    assert question.text == "Some credits are for a later day (“Post on”). Import them?"
    assert [option.words for option in question.options] == ["Only valid already and blank", "All rows"]
    settled = say(sheet, "filter", "G", question.options[0].answer)
    assert {str(aside.why) for aside in settled.aside.values()} == {"“Post on” is a later day"}


def sheets(*names: str, active: str) -> Worksheet:
    made = worksheet(HEADINGS[:6], row())
    known = tuple(SheetName(name=n, visible=True, rows=2, cells=9, active=n == active) for n in names)
    others = tuple(name for name in names if name != "Credits")
    note = Note(code=OTHER_SHEETS, count=len(others), where=others)
    return replace(made, sheets=known, notes=(note,))


@pytest.mark.parametrize(("active", "suggested"), [("Credits", "Credits"), ("Cover", None), ("", None)])
def test_of_sheets_that_fit_none_is_posted_before_somebody_says_which(active: str, suggested: str | None):
    """The one that Excel had open is offered: the others would else be passed over in silence."""
    sheet = opened(sheets("Credits", "May", "Cover", active=active))
    (question,) = asked(sheet)
    assert (question.id, question.rows, waiting(sheet)) == ("sheet", 1, [2])
    assert [option.answer for option in question.options] == ["Credits", "May", "Cover"]
    assert question.suggested == suggested
    seen = proposal(sheet, judge(sheet, reference()), reference(), {})
    assert (seen.answers.get(("sheet", "")), len(seen.open)) == (suggested, suggested is None)
    settled = say(sheet, "sheet", "", "Credits")
    assert (waiting(settled), asked(settled)) == ([], [])
    with pytest.raises(Refusal, match="no answer"):
        say(sheet, "sheet", "", "May")  # that is another draft


def amounts(*texts: str) -> Draft:
    return draft(*(row(number=f"N{n}", amount=text) for n, text in enumerate(texts)))


def test_many_negative_amounts_are_one_question_and_the_positive_ones_wait():
    sheet = amounts("-45.50", "550", "-20", "7", "-1")
    assert waiting(sheet) == [3, 5]
    (question,) = asked(sheet)
    assert (question.id, question.rows) == ("sign:Credit Balance", 5)
    assert question.text == "Are the 3 negative amounts the credits?"
    assert question.evidence == "3 amounts come to −$66.50, 2 have the other sign."
    assert question.options[0].words == "Yes, import 3 credits; exclude 2 credits of the other sign"
    settled = say(sheet, "sign", "Credit Balance", "negative")
    judgement = judge(settled, reference())
    assert judgement.ready.tolist() == [True, False, True, False, True]
    assert judgement.amounts[judgement.ready].tolist() == [45_500, 20_000, 1_000]
    assert judgement.left_out.tolist() == [False, True, False, True, False]
    assert asked(settled) == []


@pytest.mark.parametrize(
    ("texts", "held"),
    [
        (["1", "2", "3", "-1", "-2", "-3"], [2, 3, 4]),  # as many of the one as of the other
        (["1", "2", "3", "4", "-1", "-2", "-3"], []),
        (["1", "2", "-1", "-2"], []),
    ],
)
def test_three_negative_amounts_are_asked_about_where_they_are_half_of_all(texts: list[str], held: list[int]):
    assert waiting(amounts(*texts)) == held


@pytest.mark.parametrize(
    ("negative", "positive", "held"),
    [(4, 5, 5), (4, 12, 12), (25, 75, 75), (4, 13, 0), (3, 4, 0), (24, 76, 0)],
)
def test_a_quarter_of_negative_amounts_may_be_the_credits_among_invoices(
    negative: int, positive: int, held: int
):
    sheet = amounts(*[f"-{n}" for n in range(1, negative + 1)], *[str(n) for n in range(1, positive + 1)])
    assert len(waiting(sheet)) == held
    assert [(one.id, one.suggested) for one in asked(sheet)] == (
        [("sign:Credit Balance", None)] if held else []
    )


def test_a_quarter_of_negative_amounts_is_no_question_where_customers_owe():
    headings = ("Customer Code", "Invoice #", "Invoice Date", "Invoice Balance", "Location Code")
    said = ("-1", "-2", "-3", "-4", "5", "6", "7", "8", "9")
    lines = [row(number=f"N{n}", amount=text)[:5] for n, text in enumerate(said)]
    sheet = opened(worksheet(headings, *lines), OPEN_INVOICES)
    judgement = judge(sheet, reference())
    assert [one.id for one in questions(sheet, judgement, problems(judgement))] == []
    assert waiting(sheet) == []
    assert judgement.amounts.tolist() == [1_000 * int(text) for text in said], "they are read as amounts"


@pytest.mark.parametrize(
    ("texts", "held"), [(["-1", "-2", "3"], [4]), (["3", "-1", "-2"], [2]), (["0", "-1", "-2", "3"], [5])]
)
def test_one_positive_amount_waits_where_the_most_are_negative(texts: list[str], held: list[int]):
    sheet = amounts(*texts)
    assert waiting(sheet) == held
    (question,) = asked(sheet)
    assert question.id == "sign:Credit Balance"
    settled = say(sheet, "sign", "Credit Balance", "negative")
    assert judge(settled, reference()).ready.tolist() == [text.startswith("-") for text in texts]


@pytest.mark.parametrize(
    "texts",
    [["-1"], ["-1", "-2"], ["-1", "3"], ["-1", "-2", "3", "4"], ["-1", "-2", "-4", *("3",) * 4], ["1"]],
)
def test_a_few_negative_amounts_are_slips_and_hold_nobody_back(texts: list[str]):
    sheet = amounts(*texts)
    assert (waiting(sheet), [q.kind for q in asked(sheet)]) == ([], [])


def test_amounts_that_are_as_they_are_hold_nothing_back():
    settled = say(amounts("-1", "-2", "-4", "3"), "sign", "Credit Balance", "as-they-are")
    assert judge(settled, reference()).ready.tolist() == [False, False, False, True]


def test_judging_changed_rows_only_comes_to_the_same_where_the_sign_is_asked():
    sheet = amounts("-1", "-2", "-4", "3")
    before = judge(sheet, reference())
    changed = say(sheet, "sign", "Credit Balance", "negative")
    after = rejudge(before, changed, reference(), range(4))
    fresh = judge(changed, reference())
    assert list(after.all()) == list(fresh.all()) and after.ready.tolist() == fresh.ready.tolist()


def test_several_answers_are_one_step_whatever_their_order():
    sheet = amounts("-1,234", "-2,500", "-1", "3")
    given = {("sign", "Credit Balance"): "negative", ("mark", "Credit Balance"): "."}
    settled = sheet.apply(all_answered(sheet, judge(sheet, reference()), reference(), given))
    judgement = judge(settled, reference())
    assert judgement.amounts[judgement.ready].tolist() == [1_234_000, 2_500_000, 1_000]


def test_what_is_said_of_a_column_is_said_of_it_under_the_headings_that_are_chosen_with_it():
    below = (*HEADINGS[:2], "Credit Balance", "Posted", *HEADINGS[4:6])
    second = ("FL219", "CR-2", "120.00", "2026-03-02", "MIA", "")
    sheet = opened(worksheet(HEADINGS[:6], row(), below, second))
    given = {("column", "D"): "Credit Date", ("header", ""): "3"}
    settled = sheet.apply(all_answered(sheet, judge(sheet, reference()), reference(), given))
    judgement = judge(settled, reference())
    assert (judgement.numbers.tolist(), judgement.ready.tolist()) == ([4], [True])


@pytest.mark.parametrize(
    ("kind", "column", "given"),
    [
        ("filter", "G", "USD"),
        ("filter", "G", "[]"),
        ("filter", "G", "[ ]"),
        ("filter", "G", "[1]"),
        ("filter", "A", '["USD"]'),
        ("field", "Credit Balance", "D"),
        ("column", "Q", "Comments"),
        ("column", "A", "Nothing"),
        ("sign", "Comments", "negative"),
        ("sign", "Credit Balance", "maybe"),
        ("mark", "Nothing", "."),
        ("totals", "", "x"),
        ("hidden", "", "x"),
    ],
)
def test_what_settles_nothing_is_no_answer(kind: str, column: str, given: str):
    sheet = in_currencies("USD", "COP")
    with pytest.raises(Refusal) as wrong:
        say(sheet, kind, column, given)
    assert wrong.value.code == "no-such-answer"
