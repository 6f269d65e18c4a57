"""Questions about whole columns, and what their answers do."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from komet_import.review.draft import Draft
from komet_import.review.edits import Answer, Changes, setting
from komet_import.review.judge import judge
from komet_import.review.problem_list import problems
from komet_import.review.questions import questions
from komet_import.review.questions.answer_changes import answered as changed_by_answer
from komet_import.review.questions.question import Option, Question
from komet_import.sheets.layout.row_kinds import Aside, RowKind
from komet_import.sheets.worksheet import Held
from komet_import.types import CUSTOMERS, OPEN_CREDITS
from tests.review.drafting import HEADERS, draft, opened, reference, row, worksheet


def asked(sheet: Draft) -> list[tuple[str, str]]:
    judged = judge(sheet, reference())
    found = questions(sheet, judged, problems(judged))
    return [(question.kind, question.column) for question in found]


def answered(question: str, column: str, after: str) -> Changes:
    return Changes(answers=(Answer(question, column, None, after),))


def test_an_unclear_amount_is_asked_once_for_its_column():
    sheet = draft(row(amount="1,234"), row(number="CR-2", amount="2,500"), row(number="CR-3", amount="7.5"))
    assert asked(sheet) == [("mark", "Credit Balance")]
    judged = judge(sheet, reference())
    (question,) = questions(sheet, judged, problems(judged))
    assert "1 of 3" in question.evidence, question.evidence
    point = sheet.apply(answered("mark", "Credit Balance", "."))
    assert judge(point, reference()).amounts.tolist() == [1_234_000, 2_500_000, 7_500]
    assert asked(point) == []


def test_unclear_dates_are_asked_once_and_the_answer_can_be_taken_back():
    sheet = draft(row(date="03/04/2026"), row(number="CR-2", date="05/03/2026"))
    assert asked(sheet) == [("order", "Credit Date")]
    changes = answered("order", "Credit Date", "dmy")
    fixed = sheet.apply(changes)
    days = [str(day) for day in judge(fixed, reference()).readings["Credit Date"]]
    assert days == ["2026-04-03", "2026-03-05"]
    assert asked(fixed.apply(changes.inverse())) == [("order", "Credit Date")]


def test_hidden_rows_are_asked_about_and_may_count():
    sheet = draft(row(), row(number="CR-2"), hidden=(3,))
    assert asked(sheet) == [("hidden", "")]
    counted = sheet.apply(answered("hidden", "", "count"))
    assert asked(counted) == []
    assert not judge(counted, reference()).warnings.any()


AMT = worksheet(
    ("Customer Code", "Credit #", "Credit Date", "Cred Amt", "Location Code", "Comments"),
    row(),
    row(number="CR-2", amount="9.50"),
)


@pytest.mark.parametrize(("heading", "usual"), [("Currency", "USD"), ("Status", "Open"), ("Ledger", "AR")])
def test_rows_that_say_nothing_wait_and_count_with_the_usual_ones_or_not(heading, usual):
    """Of one value beside blank all rows are the usual ones and the blank ones."""
    lines = [(*row(number=f"CR-{n}"), said) for n, said in enumerate((usual, "", usual))]
    made = opened(worksheet((*HEADERS, heading), *lines))
    assert asked(made) == [("filter", "G")]
    judged = judge(made, reference())
    assert judged.ready.tolist() == [True, False, True]
    (question,) = questions(made, judged, problems(judged))
    assert [option.answer for option in question.options] == [f'["{usual}"]', f'["{usual}", ""]']
    for option, ready in zip(question.options, (2, 3), strict=True):
        settled = made.apply(answered("filter", "G", option.answer))
        assert asked(settled) == [] and int(judge(settled, reference()).ready.sum()) == ready


def test_a_doubtful_column_is_asked_beside_its_first_values():
    sheet = opened(AMT)
    judged = judge(sheet, reference())
    (question,) = questions(sheet, judged, problems(judged))
    assert (question.kind, question.column) == ("column", "D")
    assert "Credit Balance" in question.text and "120.00, 9.50" in question.evidence


def test_no_row_is_ready_before_a_required_column_is_answered():
    judgement = judge(opened(AMT), reference())
    assert not judgement.ready.any()
    assert {issue.code for issue in judgement.all()} == {"open-question"}, "and no wall of blank cells"


def test_an_answered_column_brings_its_cells_and_edits_stay():
    sheet = opened(AMT).apply(setting([(2, "Comments", "late truck", "fixed")]))
    mapped = sheet.apply(answered("column", "D", "Credit Balance"))
    assert judge(mapped, reference()).amounts.tolist() == [120_000, 9_500]
    assert mapped.rows["Comments"].tolist() == ["fixed", "late truck"]
    assert list(mapped.rows.columns)[:6] == [c.name for c in OPEN_CREDITS.columns]
    back = mapped.apply(answered("column", "D", "Credit Balance").inverse())
    assert not judge(back, reference()).ready.any()
    assert back.rows["Comments"].tolist() == ["fixed", "late truck"]


@pytest.mark.parametrize("given", ["", "Credit Balance"])
def test_an_answered_column_is_not_asked_again(given):
    assert asked(opened(AMT).apply(answered("column", "D", given))) == []


# --- each question in full


def found(sheet: Draft) -> list[Question]:
    judged = judge(sheet, reference())
    return questions(sheet, judged, problems(judged))


def amounts(*texts: str, **more: Any) -> Draft:
    return draft(*(row(number=f"N{n}", amount=text) for n, text in enumerate(texts)), **more)


def days(*texts: str, **more: Any) -> Draft:
    return draft(*(row(number=f"N{n}", date=text) for n, text in enumerate(texts)), **more)


def test_a_question_about_amounts_in_full():
    (question,) = found(amounts("7.5", "1,234", "2,500", "1,234", "3,000", "7,5"))
    assert question == Question(
        kind="mark",
        column="Credit Balance",
        text="Credit Balance: how much is “1,234”?",
        evidence="1 of 6 amounts only works with a decimal point, "
        "1 of 6 amounts only works with a decimal comma.",
        options=(
            Option(answer="comma=thousands", words="1,234 is $1,234.00 and 2,500 is $2,500.00"),
            Option(answer="comma=decimals", words="1,234 is $1.234 and 2,500 is $2.50"),
        ),
    )


@pytest.mark.parametrize(
    ("texts", "options"),
    [
        (["1.234"], [("point=decimals", "1.234 is $1.234"), ("point=thousands", "1.234 is $1,234.00")]),
        (["-1,234"], [("comma=thousands", "-1,234 is −$1,234.00"), ("comma=decimals", "-1,234 is −$1.234")]),
        (
            ["1.234", "2,500", "9,999"],
            [
                ("point=decimals comma=thousands", "1.234 is $1.234 and 2,500 is $2,500.00"),
                ("point=thousands comma=decimals", "1.234 is $1,234.00 and 2,500 is $2.50"),
                ("point=thousands comma=thousands", "1.234 is $1,234.00 and 2,500 is $2,500.00"),
            ],
        ),
        (["7", "n/a", "€1,234", ""], []),
    ],
)
def test_an_amount_may_be_read_with_either_mark_and_two_marks_are_asked_about_together(texts, options):
    asked_for = [[(o.answer, o.words) for o in q.options] for q in found(amounts(*texts))]
    assert asked_for == ([options] if options else [])


def test_of_a_date_with_a_time_the_day_that_would_be_offered_is_shown():
    (question,) = found(days("03/04/2026 10:30"))
    assert [option.words for option in question.options] == [
        "03/04/2026 10:30 is 3 April 2026",
        "03/04/2026 10:30 is March 4, 2026",
    ]


def test_real_numbers_and_typed_values_are_no_evidence():
    held = {(n, "Credit Balance"): Held.NUMBER for n in (3, 4)}
    (question,) = found(amounts("1,234", "7.5", "8.5", "9.5", "", held=held))
    assert question.evidence == "1 of 2 amounts only works with a decimal point."
    typed = amounts("1,234", "7.5").apply(setting([(3, "Credit Balance", "7.5", "7,5")]))
    assert found(typed)[0].evidence == "1 of 2 amounts only works with a decimal point.", (
        "as the sheet had it"
    )


def test_a_question_about_dates_in_full():
    sheet = days(
        "25/02/2026", "03/04/2026", "03/04/2026", "05/06/2026", "07/08/2026", "25.02.2026", "1/13/2026"
    )
    (question,) = found(sheet)
    assert question == Question(
        kind="order",
        column="Credit Date",
        text="Credit Date: is “03/04/2026” in April or in March?",
        evidence="1 of 6 dates only works as day/month, 1 of 6 dates only works as month/day.",
        options=(
            Option(answer="slash=dmy", words="03/04/2026 is 3 April 2026 and 25/02/2026 is 25 February 2026"),
            Option(answer="slash=mdy", words="03/04/2026 is March 4, 2026 and 1/13/2026 is January 13, 2026"),
        ),
        part="slash",
    )


def test_dates_that_are_one_day_either_way_are_not_what_tells_the_readings_apart():
    (question,) = found(days("10/10/2026", "04/04/2026", "11/10/2026", "12/10/2026"))
    assert question.text == "Credit Date: is “11/10/2026” in October or in November?"
    assert [option.words for option in question.options] == [
        "11/10/2026 is 11 October 2026 and 12/10/2026 is 12 October 2026",
        "11/10/2026 is November 10, 2026 and 12/10/2026 is December 10, 2026",
    ]
    (question,) = found(days("04/04/2026", "11/10/2026"))
    assert question.options[0].words == "11/10/2026 is 11 October 2026"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["03/04/2026"], [("slash", ["03/04/2026 is 3 April 2026", "03/04/2026 is March 4, 2026"])]),
        (["03-04-2026"], [("dash", ["03-04-2026 is 3 April 2026", "03-04-2026 is March 4, 2026"])]),
        (["03 04 2026"], [("space", ["03 04 2026 is 3 April 2026", "03 04 2026 is March 4, 2026"])]),
        (
            ["03.04.2026", "05/06/2026", "25/02/2026", "26/02/2026"],
            [
                ("dot", ["03.04.2026 is 3 April 2026", "03.04.2026 is March 4, 2026"]),
                (
                    "slash",
                    [
                        "05/06/2026 is 5 June 2026 and 25/02/2026 is 25 February 2026",
                        "05/06/2026 is May 6, 2026",
                    ],
                ),
            ],
        ),
        (
            ["03/04/2026", "05/06/2026", "07/08/2026"],
            [
                (
                    "slash",
                    [
                        "03/04/2026 is 3 April 2026 and 05/06/2026 is 5 June 2026",
                        "03/04/2026 is March 4, 2026 and 05/06/2026 is May 6, 2026",
                    ],
                )
            ],
        ),
        (["25/02/2026", "2026-03-02", "soon", "3 Mar 2026"], []),  # one reading, or none
    ],
)
def test_each_way_of_writing_dates_is_asked_about_apart(texts, expected):
    asked_for = [({o.answer for o in q.options}, [o.words for o in q.options]) for q in found(days(*texts))]
    assert asked_for == [({f"{way}=dmy", f"{way}=mdy"}, words) for way, words in expected]


@pytest.mark.parametrize(
    ("texts", "count", "words"),
    [
        (["46083"], "1 value is a number.", "Yes: 46083 is 2 March 2026"),
        (["46083", "46083"], "1 value is a number.", "Yes: 46083 is 2 March 2026"),
        (
            ["46083", "46084", "46085"],
            "3 values are numbers.",
            "Yes: 46083 is 2 March 2026 and 46084 is 3 March 2026",
        ),
    ],
)
def test_a_question_about_numbers_of_days_in_full(texts, count, words):
    held = {(2, "Credit Date"): Held.NUMBER}
    assert found(days(*texts, held=held)) == [
        Question(
            kind="order",
            column="Credit Date",
            text="Credit Date: is “46083” Excel's number of a day?",
            evidence=count,
            options=(Option(answer="number=serial", words=words),),
            part="number",
        )
    ]


def test_many_numbers_of_days_are_counted_with_a_comma_and_one_with_a_time_is_not_asked_about():
    many = [str(45_000 + n) for n in range(1_234)]
    assert found(days(*many))[0].evidence == "1,234 values are numbers."
    assert found(days("46083.5")) == []
    assert found(days("46083.5", "46084"))[0].text == "Credit Date: is “46084” Excel's number of a day?"


@pytest.mark.parametrize(
    ("hidden", "text", "evidence", "words"),
    [
        ((3,), "1 row is hidden in Excel. Import it?", "It is marked in the grid.", "Import it"),
        ((3, 4), "2 rows are hidden in Excel. Import them?", "They are marked in the grid.", "Import them"),
        (
            tuple(range(2, 1_502)),
            "1,500 rows are hidden in Excel. Import them?",
            "They are marked in the grid.",
            "Import them",
        ),
    ],
)
def test_a_question_about_hidden_rows_in_full(hidden, text, evidence, words):
    sheet = amounts(*("1" for _ in range(max(hidden))), hidden=hidden)
    assert found(sheet) == [
        Question(
            kind="hidden",
            column="",
            text=text,
            evidence=evidence,
            options=(
                Option(answer="count", words=words),
                Option(answer="leave-out", words="Exclude"),
            ),
        )
    ]


def test_questions_come_columns_first_then_in_the_order_of_the_columns_hidden_rows_last():
    sheet = draft(row(amount="1,234", date="03/04/2026"), row(number="B", date="46083"), hidden=(2,))
    sheet = replace(
        sheet, sheet=replace(sheet.sheet, header=replace(sheet.sheet.header, doubtful={"H": "Comments"}))
    )
    assert asked(sheet) == [
        ("column", "H"),
        ("order", "Credit Date"),
        ("order", "Credit Date"),
        ("mark", "Credit Balance"),
        ("hidden", ""),
    ]


def test_rows_that_do_not_count_are_not_asked_about():
    sheet = amounts("1,234", "5").apply(Changes(left_out=(2,)))
    assert found(sheet) == []


def test_a_column_that_a_list_does_not_have_is_not_asked_about():
    headers = ("Customer Code", "Customer Name")
    sheet = draft(("C1", "1,234"), type=CUSTOMERS, headers=headers)
    assert found(sheet) == []
    without_number = ("Customer Code", "Credit Date", "Credit Balance")
    sheet = draft(("FL219", "2026-03-02", "1,234"), headers=without_number)
    assert [question.column for question in found(sheet)] == ["Credit Balance"], "those after it are"


# --- doubtful columns

DOUBTFUL = worksheet(
    ("Credits", "", "", "", "", ""),
    ("Customer Code", "Credit #", "Credit Date", "Cred Amt", "Location Code", "Comments"),
    row(amount=" 120.00 "),
    row(number="B", amount=""),
    row(number="C", amount="120.00"),
    row(number="D", amount="9.50"),
    row(number="E", amount="7"),
    row(number="F", amount="8"),
)


def column_question(sheet: Draft) -> Question:
    (question,) = (q for q in found(sheet) if q.kind == "column")
    return question


def test_a_question_about_a_column_in_full():
    assert column_question(opened(DOUBTFUL)) == Question(
        kind="column",
        column="D",
        text="Match “Cred Amt” to Credit Balance?",
        evidence="Heading resembles the column's name. First values: 120.00, 9.50, 7.",
        rows=6,
        suggested="Credit Balance",
        options=(
            Option(answer="Credit Balance", words="Yes, it is Credit Balance"),
            Option(answer="", words="Don't import it"),
        ),
    )


def test_a_doubtful_column_without_values_is_said_to_be_blank():
    lines = DOUBTFUL.text.to_numpy().tolist()
    blank = [line if n < 2 else [*line[:3], " ", *line[4:]] for n, line in enumerate(lines)]
    assert (
        column_question(opened(worksheet(*map(tuple, blank)))).evidence
        == "Heading resembles the column's name. The column is blank."
    )


def test_without_the_worksheet_no_values_are_shown():
    sheet = opened(DOUBTFUL)
    assert column_question(replace(sheet, worksheet=None)).evidence == "Heading resembles the column's name."
    gone = replace(DOUBTFUL, text=DOUBTFUL.text[["A", "B"]], held=DOUBTFUL.held[:, :2])
    assert column_question(replace(sheet, worksheet=gone)).evidence == "Heading resembles the column's name."
    header = replace(sheet.sheet.header, headers={})
    nameless = replace(sheet, sheet=replace(sheet.sheet, header=header))
    assert column_question(nameless).text == "Match “column D” to Credit Balance?"


# --- real dates that Excel swapped

REAL = {"A": "2026-05-10", "B": "2026-06-10", "C": "2026-03-03"}


def swapped(*texts: str, later: tuple[str, ...] = ()) -> Draft:
    """Real dates up to the 12th beside these texts, and real ones `later` in the month."""
    days = [*REAL.values(), *later, *texts]
    real = len(days) - len(texts)
    rows = [row(number=f"N{n}", date=day, amount=str(n + 1)) for n, day in enumerate(days)]
    return draft(*rows, held={(2 + n, "Credit Date"): Held.DATE for n in range(real)})


@pytest.mark.parametrize(
    ("texts", "evidence"),
    [
        (("13/10/2026", "27/10/2026"), "2 of 2 dates only work as day/month."),
        (("10/13/2026", "05/06/2026"), "1 of 2 dates only works as month/day."),
        (("13-10-26",), "1 of 1 dates only works as day/month."),
        (("27.10.2026 10:00",), "1 of 1 dates only works as day/month."),
    ],
)
def test_real_dates_beside_texts_of_one_order_wait_until_it_is_said_whether_excel_swapped_them(
    texts, evidence
):
    sheet = swapped(*texts)
    judgement = judge(sheet, reference())
    assert judgement.numbers[judgement.to_confirm].tolist() == [2, 3], "2026-03-03 is the same either way"
    question = next(q for q in found(sheet) if q.options[0].answer == "real=swapped")
    assert question == Question(
        kind="order",
        column="Credit Date",
        text="Credit Date: did Excel swap day and month of “2026-05-10”?",
        evidence=evidence,
        options=(
            Option(
                answer="real=swapped", words="2026-05-10 is 5 October 2026 and 2026-06-10 is 6 October 2026"
            ),
            Option(answer="real=kept", words="2026-05-10 is 10 May 2026 and 2026-06-10 is 10 June 2026"),
        ),
        part="real",
    )


@pytest.mark.parametrize(
    ("answer", "days"),
    [
        ("real=swapped", ["2026-10-05", "2026-10-06", "2026-03-03"]),
        ("real=kept", ["2026-05-10", "2026-06-10", "2026-03-03"]),
    ],
)
def test_the_answer_settles_every_real_date_of_the_column(answer, days):
    after = swapped("13/10/2026").apply(answered("order", "Credit Date", answer))
    judgement = judge(after, reference())
    assert [str(day) for day in judgement.readings["Credit Date"][:3]] == days
    assert {i.code for i in judgement.waiting()} <= {"unusual-date"} and found(after) == []


@pytest.mark.parametrize("texts", [(), ("2026-10-13",), ("05/06/2026",), ("soon",), ("13 Oct 2026",)])
def test_real_dates_beside_texts_that_say_nothing_of_an_order_are_taken_as_they_are(texts):
    judgement = judge(swapped(*texts), reference())
    assert {i.code for i in judgement.all() if i.row < 5} <= {"unusual-date"}


def test_real_dates_after_the_twelfth_speak_for_the_others_which_are_told_and_do_not_wait():
    sheet = swapped("13/10/2026", later=("2026-03-27",))
    judgement = judge(sheet, reference())
    assert [(i.row, i.code) for i in judgement.all() if i.row < 6] == [
        (2, "perhaps-swapped"),
        (3, "perhaps-swapped"),
    ]
    assert judgement.ready[:4].all()
    assert [q.options[0].answer for q in found(sheet)] == ["real=swapped"]


def test_a_real_date_with_a_time_may_be_two_days_until_the_answer():
    sheet = draft(
        row(date="2026-05-10 14:00:00"),
        row(number="B", date="13/10/2026"),
        row(number="C", date="2026-06-10"),
        held={(2, "Credit Date"): Held.DATE, (4, "Credit Date"): Held.DATE},
    )
    (first, *_) = judge(sheet, reference()).of(0)
    assert (first.code, str(first.facts["readings"])) == ("ambiguous-date", "2026-05-10 or as 2026-10-05")
    assert (first.facts["first"], first.facts["second"]) == ("2026-05-10", "2026-10-05"), "as it is offered"
    (question,) = found(sheet)
    assert (
        question.options[0].words == "2026-06-10 is 6 October 2026 and 2026-05-10 14:00:00 is 5 October 2026"
    )
    after = sheet.apply(answered("order", "Credit Date", "real=swapped"))
    (then,) = judge(after, reference()).of(0)
    assert (then.code, then.suggestion) == ("has-time", "2026-10-05")


def test_a_date_that_a_person_typed_is_not_doubted():
    sheet = swapped("13/10/2026").apply(setting([(2, "Credit Date", "2026-05-10", "2026-05-11")]))
    assert [issue.code for issue in judge(sheet, reference()).of(0)] == ["unusual-date"]


def test_a_doubted_date_in_a_closed_month_is_asked_about_and_never_confirmed():
    facts = reference(closed=(date(2026, 5, 1),))
    judgement = judge(swapped("13/10/2026"), facts)
    assert [issue.code for issue in judgement.of(0)] == ["ambiguous-date"] and judgement.rejected[0]
    asked_for = questions(swapped("13/10/2026"), judgement, problems(judgement))
    assert asked_for[0].options[0].answer == "real=swapped"
    after = swapped("13/10/2026").apply(answered("order", "Credit Date", "real=swapped"))
    assert [issue.code for issue in judge(after, facts).of(0)] == ["unusual-date"]


def test_while_it_is_asked_whether_the_year_comes_first_no_other_reading_is_offered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("komet_import.sheets.layout.values.date_forms.today", lambda: date(2026, 11, 29))
    texts = ("25/11/26", "26/11/03", "24/11/27")
    sheet = draft(*(row(number=f"CR-{n}", date=text) for n, text in enumerate(texts)))
    judged = judge(sheet, reference())
    (question,) = questions(sheet, judged, problems(judged))
    assert (question.suggested, len(question.options)) == (None, 2)
    assert {issue.code for issue in judged.all()} == {"ambiguous-date"}
    read = judge(sheet.apply(answered("order", "Credit Date", "slash-short=ymd")), reference())
    assert [str(day) for day in read.readings["Credit Date"]] == ["2025-11-26", "2026-11-03", "2024-11-27"]


def test_what_may_be_totals_and_what_may_be_another_table_is_asked_about_apart():
    perhaps = {
        3: Aside(kind=RowKind.TOTAL, certain=False, why="comes to row 2"),
        4: Aside(kind=RowKind.OTHER_TABLE, certain=False, why="stands below “Paid”"),
        5: Aside(kind=RowKind.OTHER_TABLE, certain=False, why="stands below “Paid”"),
        6: Aside(kind=RowKind.SUBTOTAL, certain=True, why="labelled “Total”"),
    }
    rows = [row(number=f"N{n}", amount=str(n + 1)) for n in range(5)]
    sheet = draft(*rows, aside=perhaps)
    totals, tables = found(sheet)
    assert (totals.id, totals.rows, totals.suggested) == ("totals", 1, "aside")
    assert totals.text == "Is 1 row ($2.00) a total, or a credit to import?"
    assert totals.evidence == "Row 3 comes to row 2."
    assert (tables.id, tables.rows, tables.suggested) == ("tables", 2, None)
    assert tables.text == "Are 2 rows ($7.00) another table, or credits to import?"
    assert tables.evidence == "Row 4 stands below “Paid”; row 5 stands below “Paid”."
    assert [option.answer for option in tables.options] == ["aside", "count"]
    excluded = sheet.apply(Changes(left_out=(4,)))
    assert [(one.id, one.rows) for one in found(excluded)] == [("totals", 1), ("tables", 1)]
    counted = sheet.apply(Changes(admitted=(4, 5)))
    assert [one.id for one in found(counted)] == ["totals"]
    judged = judge(sheet, reference())
    assert changed_by_answer(sheet, judged, "totals", "", "aside").left_out == (3,)
    assert changed_by_answer(sheet, judged, "tables", "", "aside").left_out == (4, 5)
    assert changed_by_answer(sheet, judged, "tables", "", "count").admitted == (4, 5)
    assert changed_by_answer(excluded, judged, "tables", "", "aside").left_out == (5,)


@pytest.mark.parametrize(("heading", "suggested"), [("Amt", "Credit Balance"), ("Amount EUR", None)])
def test_of_a_heading_in_another_currency_nothing_is_suggested(heading, suggested):
    headers = ("Customer Code", "Credit #", "Credit Date", heading)
    lines = [(code, f"C{n}", "2026-03-02", f"{n}.50") for n, code in enumerate(("FL219", "FL220"), start=1)]
    sheet = opened(worksheet(headers, *lines))
    judged = judge(sheet, reference())
    (question,) = [one for one in questions(sheet, judged, problems(judged)) if one.column == "D"]
    assert (question.kind, question.suggested) == ("column", suggested)


def test_hidden_rows_that_count_are_not_asked_about_again():
    sheet = draft(row(), row(number="B"), hidden=(3,))
    assert asked(sheet) == [("hidden", "")]
    assert asked(sheet.apply(answered("hidden", "", "count"))) == []


def test_the_values_that_are_usual_are_suggested_of_their_own_column():
    headers = ("Customer Code", "Credit Date", "Credit Balance", "Currency", "Status")
    lines = [
        ("FL219", "2026-03-02", f"{n}.50", code, "Void") for n, code in enumerate(("USD", "EUR"), start=1)
    ]
    sheet = opened(worksheet(headers, *lines))
    judged = judge(sheet, reference())
    suggested = {one.column: one.suggested for one in questions(sheet, judged, problems(judged))}
    assert suggested == {"D": '["USD"]', "E": None}
