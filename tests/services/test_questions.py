"""What is asked: columns whose header is doubtful, and which of several sheets is meant."""

import io
from functools import partial

import pytest
from openpyxl import Workbook

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.ledger.models import Batch, Edit
from komet_import.review.problem_list import problems
from komet_import.review.questions import questions
from komet_import.services.draft import answer_words
from komet_import.settings import settings
from komet_import.types import OPEN_CREDITS
from tests.services import workspace
from tests.services.workspace import HEADERS, People, credit, refused

DOUBTFUL = tuple("Cred Amt" if header == "Credit Balance" else header for header in HEADERS)


def asked(user, batch_id: str) -> list[tuple[str, str, list[str]]]:
    opened = services.view(user, batch_id)
    found = questions(opened.draft, opened.judgement, problems(opened.judgement))
    return [(q.kind, q.column, [option.words for option in q.options]) for q in found]


def test_a_doubtful_column_is_asked_answered_and_posted(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit(), headers=DOUBTFUL)
    refused("nothing-to-import", lambda: services.post(people.rita, batch_id))
    assert [kind for kind, *_ in asked(people.rita, batch_id)] == ["column"]
    services.answer(people.rita, batch_id, "column", "D", "Credit Balance")
    workspace.forget()
    assert asked(people.rita, batch_id) == []
    assert services.post(people.rita, batch_id).posted.amount == 120_000


def test_an_answer_is_undone_like_any_edit(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit(), headers=DOUBTFUL)
    services.answer(people.rita, batch_id, "column", "D", "Credit Balance")
    assert services.undo(people.rita, batch_id) == "Column D: Credit Balance"
    assert [kind for kind, *_ in asked(people.rita, batch_id)] == ["column"]


def test_a_row_that_does_not_count_quotes_its_column_without_the_blanks_around(people_here: People) -> None:
    rita = people_here.rita
    rows = [[*credit("A"), "Credit Memo "], [*credit("B"), " Invoice "]]
    batch_id = workspace.opened(rita, *rows, headers=(*HEADERS, "Type"))
    services.answer(rita, batch_id, "filter", "G", '["Credit Memo"]')
    aside = services.view(rita, batch_id).draft.aside
    assert [str(one.why) for one in aside.values()] == ["“Type” says Invoice"]


def test_two_columns_cannot_be_the_same(people: People) -> None:
    headers = [*HEADERS, "Cred Amt"]
    batch_id = workspace.opened(people.rita, [*credit(), "7"], headers=headers)
    refusal = refused(
        "column-taken", lambda: services.answer(people.rita, batch_id, "column", "G", "Credit Balance")
    )
    assert "D" in refusal.message


@pytest.mark.twin
def test_what_was_confirmed_of_a_layout_is_applied_when_it_comes_again_and_said(people: People) -> None:
    first = workspace.opened(people.rita, credit(), headers=DOUBTFUL)
    services.answer_all(people.rita, first, {("column", "D"): "Credit Balance"}, remember=True)
    turned = [DOUBTFUL[n] for n in (3, 0, 1, 2, 4, 5)]
    row = credit(amount="9")
    again = workspace.opened(people.carl, [row[n] for n in (3, 0, 1, 2, 4, 5)], headers=turned)
    assert asked(people.carl, again) == [], "whatever the order of its columns"
    opened = services.view(people.carl, again)
    assert opened.judgement.amounts.tolist() == [9_000]
    (step,) = opened.steps
    assert step.label.startswith("Read as on ") and step.label.endswith(", by Rita")
    assert opened.batch.reading["remembered"]["by"] == "Rita"
    services.undo(people.carl, again)
    assert [kind for kind, *_ in asked(people.carl, again)] == ["column"]


def test_how_texts_are_written_is_remembered_where_a_person_wants_it_only(people: People) -> None:
    written = {"amount": "1,234", "day": "03/04/2026"}
    for remember in (False, True):
        batch_id = workspace.opened(people.rita, credit(str(remember), **written))
        assert len(asked(people.rita, batch_id)) == 2
        given = {("order", "Credit Date"): "slash=dmy", ("mark", "Credit Balance"): "comma=thousands"}
        services.answer_all(people.rita, batch_id, given, remember=remember)
    known = workspace.opened(people.carl, credit("C", **written))
    assert asked(people.carl, known) == []
    assert str(services.view(people.carl, known).judgement.readings["Credit Date"][0]) == "2026-04-03"


def test_which_values_count_is_remembered_as_long_as_no_other_value_comes(people: People) -> None:
    def opened(user: CurrentUser, name: str, *values: str) -> str:
        rows = [[*credit(f"{name}-{value}"), value] for value in values]
        return workspace.opened(user, *rows, headers=[*HEADERS, "Status"])

    first = opened(people.rita, "A", "open", "paid")
    services.answer_all(people.rita, first, {("filter", "G"): '["open"]'}, remember=True)
    known, other = opened(people.carl, "B", "paid", "open"), opened(people.carl, "C", "open", "paid", "void")
    assert asked(people.carl, known) == []
    assert services.view(people.carl, known).figures.ready.rows == 1
    assert {kind for kind, *_ in asked(people.carl, other)} == {"filter"}, "nobody has said what void means"
    assert [row for row, _, code in workspace.found(people.carl, other) if code == "open-question"] == [3, 4]


def test_an_admin_sees_what_is_remembered_and_can_forget_it(people: People) -> None:
    first = workspace.opened(people.rita, credit(), headers=DOUBTFUL)
    services.answer_all(people.rita, first, {("column", "D"): "Credit Balance"}, remember=True)
    refused("no-right", lambda: services.remembered_layouts(people.rita))
    (kept,) = services.remembered_layouts(people.ada)
    assert (kept.by, kept.headings, kept.used_at) == ("Rita", tuple(DOUBTFUL), None)
    workspace.opened(people.carl, credit(amount="8"), headers=DOUBTFUL)
    (used,) = services.remembered_layouts(people.ada)
    assert used.used_at is not None
    refused("no-right", lambda: services.forget_layout(people.rita, kept.type, kept.layout))
    services.forget_layout(people.ada, kept.type, kept.layout)
    assert services.remembered_layouts(people.ada) == []
    again = workspace.opened(people.carl, credit(amount="9"), headers=DOUBTFUL)
    assert [kind for kind, *_ in asked(people.carl, again)] == ["column"]


def test_text_with_two_readings_is_answered_for_its_column_only(people: People) -> None:
    rows = [credit(amount="1,234", day="03/04/2026"), credit("CR-2", amount="2,500", day="05/06/2026")]
    batch_id = workspace.opened(people.rita, *rows)
    assert [(kind, column) for kind, column, _ in asked(people.rita, batch_id)] == [
        ("order", "Credit Date"),
        ("mark", "Credit Balance"),
    ]
    services.answer(people.rita, batch_id, "order", "Credit Date", "dmy")
    services.answer(people.rita, batch_id, "mark", "Credit Balance", ".")
    assert services.post(people.rita, batch_id).posted.amount == 3_734_000
    assert [str(line[2]) for line in workspace.ledger()] == ["2026-04-03", "2026-06-05"]


def two_sheets() -> bytes:
    made = Workbook()
    made.active.title = "March"
    for title, number in (("March", "CR-1"), ("April", "CR-2")):
        sheet = made[title] if title in made.sheetnames else made.create_sheet(title)
        sheet.append(list(HEADERS))
        sheet.append(credit(number))
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def test_another_sheet_that_fits_may_be_chosen(people: People) -> None:
    first = services.open_file(people.rita, OPEN_CREDITS, "two.xlsx", two_sheets())
    assert services.view(people.rita, first).draft.sheet.name == "March"
    chosen = services.choose_sheet(people.rita, first, "April")
    assert services.view(people.rita, chosen).draft.sheet.name == "April"
    refused("discarded", lambda: services.view(people.rita, first))


def test_each_sheet_of_a_file_is_imported_once(people: People) -> None:
    content = two_sheets()
    for name in ("March", "April"):
        batch_id = services.open_file(people.rita, OPEN_CREDITS, "two.xlsx", content)
        assert services.view(people.rita, batch_id).draft.sheet.name == name
        if name == "March":
            refused("nothing-to-import", partial(services.post, people.rita, batch_id))
            services.answer(people.rita, batch_id, "sheet", "", name)
        services.post(people.rita, batch_id)
    refused("already-imported", lambda: services.open_file(people.carl, OPEN_CREDITS, "two.xlsx", content))
    assert len(workspace.ledger()) == 2
    assert workspace.count(Batch) == 2


def test_the_limit_counts_the_rows_below_the_header(people_here: People, monkeypatch) -> None:
    monkeypatch.setenv("KOMET_MAX_ROWS", "2")
    settings.cache_clear()
    workspace.opened(people_here.rita, credit(), credit("CR-2"))
    refused("too-many-rows", lambda: workspace.opened(people_here.rita, *(credit(f"C-{n}") for n in "123")))


def test_rejected_rows_are_fixed_in_a_draft_of_their_own(people: People) -> None:
    first = workspace.opened(people.rita, credit(), credit("CR-2", amount="-5"))
    services.post(people.rita, first)
    draft = services.fix_rejected(people.rita, first)
    assert services.fix_rejected(people.rita, first) == draft, "begun once"
    assert workspace.found(people.rita, draft) == [(2, "Credit Balance", "not-positive")]
    services.set_cells(people.rita, draft, [(2, "Credit Balance", "-5", "5")])
    assert services.post(people.rita, draft).posted.amount == 5_000
    assert [line[1] for line in workspace.ledger()] == ["CR-1", "CR-2"]
    refused("nothing-rejected", lambda: services.fix_rejected(people.rita, draft))


def test_only_who_just_posted_is_spared_the_news(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit())
    assert not services.just_posted(people.rita, batch_id)
    services.post(people.rita, batch_id)
    assert services.just_posted(people.rita, batch_id)
    assert not services.just_posted(people.carl, batch_id)
    assert not services.just_posted(people.lou, batch_id)


def hidden_rows() -> bytes:
    """Rows 3 and 5 are hidden in Excel; row 6 is blank and hidden."""
    made = Workbook()
    made.active.append(list(HEADERS))
    for number in "ABCD":
        made.active.append(credit(number))
    for row in (3, 5, 6):
        made.active.row_dimensions[row].hidden = True
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def test_hidden_rows_are_left_out_in_one_step_or_count(people: People) -> None:
    batch_id = services.open_file(people.rita, OPEN_CREDITS, "hidden.xlsx", hidden_rows())
    services.leave_out(people.rita, batch_id, [5])
    assert services.answer(people.rita, batch_id, "hidden", "", "leave-out").changed == 1

    def out() -> list[bool]:
        return services.view(people.rita, batch_id).judgement.left_out.tolist()

    assert out() == [False, True, False, True]
    assert services.undo(people.rita, batch_id) == "Excluded row 3"
    assert out() == [False, False, False, True]
    assert services.answer(people.rita, batch_id, "hidden", "", "count").changed == 1
    assert out() == [False, False, False, True]
    assert services.undo(people.rita, batch_id) == "Hidden rows count"


def test_what_settles_nothing_is_no_answer(people_here: People) -> None:
    batch_id = workspace.opened(people_here.rita, credit(amount="1,234"))
    for question, given in (("mark", "dmy"), ("mark", ""), ("order", "."), ("order", "yearly")):
        refused(
            "no-such-answer",
            lambda q=question, g=given: services.answer(people_here.rita, batch_id, q, "Credit Balance", g),
        )
    assert services.view(people_here.rita, batch_id).steps == ()


def test_the_answers_about_a_column_add_up(people: People) -> None:
    rows = [credit("A", day="03/04/2026"), credit("B", day="05.06.2026")]
    batch_id = workspace.opened(people.rita, *rows)
    services.answer(people.rita, batch_id, "order", "Credit Date", "slash=dmy")
    services.answer(people.rita, batch_id, "order", "Credit Date", "dot=mdy")
    assert services.answer(people.rita, batch_id, "order", "Credit Date", "slash=dmy").changed == 0
    workspace.forget()
    services.post(people.rita, batch_id)
    assert [str(line[2]) for line in workspace.ledger()] == ["2026-04-03", "2026-05-06"]
    labels = [step.label for step in workspace.own(Edit)]
    assert labels == ["Credit Date: day first with a slash", "Credit Date: month first with a dot"]


@pytest.mark.parametrize(
    ("question", "about", "before", "after", "said"),
    [
        ("header", "", None, "row 4", ("headings", "as they were found", "row 4")),
        ("mark", "Credit Balance", None, ".",
            ("Credit Balance", "not answered", "comma for thousands, point for decimals")),
        ("order", "Credit Date", None, "slash=dmy",
            ("Credit Date", "not answered", "day first with a slash")),
        ("column", "C", "", "Credit #", ("column C", "not imported", "Credit #")),
        ("field", "Customer Code", "B", "", ("Customer Code", "column B", "none of the columns")),
        ("filter", "D", "[]", '["a", ""]', ("column D", "no value counts", "only a and blank")),
        ("filter", "D", '["*"]', '["one", "tw…', ("column D", "every value counts", "only one and …")),
        ("sign", "Credit Balance", "negative", "as-is",
            ("Credit Balance", "the negative amounts are imported", "amounts as they are")),
        ("sheet", "", None, "March", ("sheet", "not answered", "March")),
        ("beside", "", None, "this", ("table beside", "not answered", "not imported")),
        ("hidden", "", None, "keep", ("hidden rows", "not answered", "imported")),
    ],
)  # fmt: skip
def test_what_was_answered_is_told_in_words(
    question: str, about: str, before: str | None, after: str, said: tuple[str, str, str]
) -> None:
    assert answer_words.told(question, about, before, after) == said
