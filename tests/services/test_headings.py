"""Another row as the headings: a step like any answer, with nothing lost unseen."""

from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlmodel import col

from komet_import import services
from komet_import.ledger import database
from komet_import.ledger.models import Adjustment
from komet_import.services import Opened
from tests.services import workspace
from tests.services.workspace import HEADERS, People, credit, refused

DOUBTFUL = tuple("Cred Amt" if header == "Credit Balance" else header for header in HEADERS)
LAST_YEAR = [credit("CR-1", amount=Decimal(100)), credit("CR-2", amount=Decimal(200))]
THIS_YEAR = [credit("CR-3", amount=Decimal(3)), credit("CR-4", amount=Decimal(4))]


@pytest.fixture
def batch_id(people: People) -> str:
    """Headings in row 1 above two rows, and doubtful ones in row 4 above two more."""
    return workspace.opened(people.rita, *LAST_YEAR, DOUBTFUL, *THIS_YEAR)


def numbers(opened: Opened) -> list[int]:
    """The Excel rows that count, or wait."""
    judgement = opened.judgement
    return judgement.numbers[~judgement.out].tolist()  # type: ignore[no-any-return]


def choose(people: People, batch_id: str, row: str) -> None:
    services.answer(people.rita, batch_id, "header", "", row)


@pytest.mark.twin
def test_rows_above_the_headings_that_were_chosen_are_titles(people: People, batch_id: str) -> None:
    assert services.view(people.rita, batch_id).draft.sheet.header.row == 1
    choose(people, batch_id, "4")
    workspace.forget()
    opened = services.view(people.rita, batch_id)
    assert (opened.draft.sheet.header.row, numbers(opened)) == (4, [5, 6])
    assert opened.steps[-1].label == "Headings in row 4"
    services.answer(people.rita, batch_id, "column", "D", "Credit Balance")
    assert services.post(people.rita, batch_id).posted.amount == 7_000
    with database.reading() as session:
        posted = select(col(Adjustment.row)).where(col(Adjustment.batch_id) == batch_id)
        assert sorted(session.execute(posted).scalars()) == [5, 6]


def test_the_headings_are_a_step_that_is_undone_with_what_was_said_of_the_columns(
    people: People, batch_id: str
) -> None:
    services.answer(people.rita, batch_id, "column", "F", "")
    before = numbers(services.view(people.rita, batch_id))
    choose(people, batch_id, "4")
    assert not services.view(people.rita, batch_id).draft.answers.columns
    assert services.undo(people.rita, batch_id) == "Headings in row 4"
    for _ in range(2):
        opened = services.view(people.rita, batch_id)
        assert (opened.draft.sheet.header.row, numbers(opened)) == (1, before)
        assert opened.draft.answers.columns == {"F": ""}
        workspace.forget()
    assert services.redo(people.rita, batch_id) == "Headings in row 4"
    assert numbers(services.view(people.rita, batch_id)) == [5, 6]


def test_who_goes_back_to_the_headings_that_were_found_has_chosen_none(people: People, batch_id: str) -> None:
    found = services.view(people.rita, batch_id).draft
    choose(people, batch_id, "4")
    choose(people, batch_id, "1")
    again = services.view(people.rita, batch_id).draft
    assert (again.answers, again.sheet.header) == (found.answers, found.sheet.header)


def test_other_headings_are_refused_where_edits_would_be_lost(people: People, batch_id: str) -> None:
    services.set_cells(people.rita, batch_id, [(3, "Comments", "", "late")])
    refusal = refused("edited-below", lambda: choose(people, batch_id, "4"))
    assert "row 1" in refusal.message
    services.undo(people.rita, batch_id)
    services.leave_out(people.rita, batch_id, [2])
    refused("edited-below", lambda: choose(people, batch_id, "4"))
    services.undo(people.rita, batch_id)
    choose(people, batch_id, "4")
    services.set_cells(people.rita, batch_id, [(5, "Comments", "", "late")])
    refused("touched-later", lambda: services.take_back(people.rita, batch_id, 1 + 4))


def test_headings_and_columns_are_said_at_once_and_back_again(people: People, batch_id: str) -> None:
    services.answer_all(people.rita, batch_id, {("header", ""): "4", ("column", "F"): ""})
    opened = services.view(people.rita, batch_id)
    assert "Comments" not in opened.draft.columns and numbers(opened) == [5, 6]
    choose(people, batch_id, "1")
    opened = services.view(people.rita, batch_id)
    assert opened.draft.sheet.header.row == 1 and "Comments" in opened.draft.columns
    services.undo(people.rita, batch_id)
    assert "Comments" not in services.view(people.rita, batch_id).draft.columns


def test_no_row_without_headings_can_be_chosen(people: People, batch_id: str) -> None:
    for row in ("0", "x", "99", "-1", "99999999999"):
        refused("no-such-answer", lambda row=row: choose(people, batch_id, row))
    refused("missing-column", lambda: choose(people, batch_id, "2"))
    refused("no-rows", lambda: choose(people, batch_id, "6"))
    assert services.view(people.rita, batch_id).draft.sheet.header.row == 1


def test_what_is_proposed_follows_the_headings_that_are_chosen(people: People, batch_id: str) -> None:
    opened, seen = services.propose(people.rita, batch_id, {"header": "4"})
    assert (opened.draft.sheet.header.row, seen.draft.sheet.header.row) == (1, 4)
    assert [question.id for question in seen.asked] == ["column:D"]
    assert seen.answers == {("header", ""): "4", ("column", "D"): "Credit Balance"}
