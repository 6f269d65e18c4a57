"""The dialog that fixes many rows: what it refuses, and what it says that it has done."""

from functools import partial

import pytest

from komet_import import services
from komet_import.web.review import bulk_edit
from komet_import.web.review.look import OVERTAKEN, Reviewing
from tests.services import workspace
from tests.services.workspace import People, credit


@pytest.fixture
def people(sqlite_database: str) -> People:
    workspace.forget()
    return workspace.fill()


def fill(column: str, text: str) -> bulk_edit.Fix:
    plan = partial(bulk_edit._fill, column=column, text=text, reach=None)
    return bulk_edit._in_rows(plan, f"Fill {column} with {text}", f"Filled {column} with {text}")


def replace(column: str, value: str, text: str) -> bulk_edit.Fix:
    plan = partial(bulk_edit._replace, column=column, value=value, text=text, reach=None)
    return bulk_edit._in_rows(plan, f"{column}: “{value}” → “{text}”", f"{column}: “{value}” → “{text}”")


def journal(user, batch_id: str) -> list[str]:
    return [step.label for step in services.view(user, batch_id).steps]


@pytest.mark.parametrize(
    ("code", "fix", "message"),
    [
        (
            "not-a-date",
            fill("Credit Date", "yesterday"),
            "Credit Date must be a date as YYYY-MM-DD, not “yesterday”.",
        ),
        (
            "date-format",
            fill("Credit Date", "25/02/2026"),
            "Credit Date “25/02/2026” must be written as YYYY-MM-DD: 2026-02-25.",
        ),
        (
            "unknown-customer",
            replace("Customer Code", "FL219", "FL22O"),
            "Customer Code “FL22O” is not a customer; use the code of an existing customer. "
            "Perhaps FL220 is meant.",
        ),
    ],
)
def test_what_the_column_would_reject_is_refused_with_a_sentence(
    people: People, code: str, fix: bulk_edit.Fix, message: str
) -> None:
    batch_id = workspace.opened(people.rita, credit(), credit("CR-2", day=None))
    opened = services.view(people.rita, batch_id)
    assert workspace.refused(code, lambda: fix.plan(opened)).message == message
    looking = Reviewing(batch_id, people.rita.id)
    looking.doing(lambda: bulk_edit._apply(people.rita, looking, fix))()
    looking.do()
    assert [notice["text"] for notice in looking.notices] == [message]
    assert journal(people.rita, batch_id) == []


def test_what_was_filled_in_stands_in_the_list_of_edits_with_the_rows_that_it_went_into(
    people: People,
) -> None:
    batch_id = workspace.opened(
        people.rita, credit(day=None), credit("CR-2", day=None), credit("CR-3", day=None)
    )
    fix = fill("Credit Date", "2026-03-02")
    seen = fix.plan(services.view(people.rita, batch_id))
    assert fix.to_do(seen) == "Fill Credit Date with 2026-03-02 in 3 rows"
    services.set_cells(people.carl, batch_id, [(3, "Credit Date", "", "2026-03-05")])
    looking = Reviewing(batch_id, people.rita.id)
    bulk_edit._apply(people.rita, looking, fix)
    done = "Filled Credit Date with 2026-03-02 in 2 rows"
    assert journal(people.rita, batch_id)[1:] == [done], "as many as it really were"
    assert [notice["text"] for notice in looking.notices] == [f"{done}. Undo takes it back."]
    bulk_edit._apply(people.rita, looking, fix)
    assert len(journal(people.rita, batch_id)) == 2
    assert looking.notices[-1]["text"] == OVERTAKEN
