"""The dialog that fixes many rows: what it refuses, and what it says that it has done."""

from datetime import date, timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from komet_import import services
from komet_import.ledger import reference
from komet_import.review.judge import judge
from komet_import.review.months import before, month_of
from komet_import.review.problem_list import kinds, problems
from komet_import.services import OVERTAKEN
from komet_import.web.review.dialogs import bulk_edit, bulk_fixes
from komet_import.web.review.look import Reviewing
from komet_import.web.review.wish import FILL, REDATE, Wish
from tests.review import drafting
from tests.review.drafting import draft, row
from tests.services import workspace
from tests.services.workspace import People, credit


@pytest.fixture
def people(sqlite_database: str) -> People:
    workspace.forget()
    return workspace.fill()


def fill(column: str, text: str) -> bulk_fixes.Fix:
    return bulk_fixes.filling(column, text, None)


def replace(column: str, value: str, text: str) -> bulk_fixes.Fix:
    return bulk_fixes.replacing(column, value, text, None)


def word_for(people: People, batch_id: str, fix: bulk_fixes.Fix) -> str:
    """What the button of the dialog says of a draft as it stands."""
    return bulk_edit._said(fix, fix.plan(services.view(people.rita, batch_id)))


def apply(people: People, looking: Reviewing, fix: bulk_fixes.Fix, said: str) -> None:
    """Rita clicks on the button that said that."""
    looking.later(lambda: bulk_edit._apply(people.rita, looking, fix, said))()
    looking.run_next()


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
    people: People, code: str, fix: bulk_fixes.Fix, message: str
) -> None:
    batch_id = workspace.opened(people.rita, credit(), credit("CR-2", day=None))
    opened = services.view(people.rita, batch_id)
    assert workspace.refused(code, lambda: fix.plan(opened)).message == message
    looking = Reviewing(batch_id, people.rita.id)
    apply(people, looking, fix, "")
    assert [notice["text"] for notice in looking.notices] == [message]
    assert journal(people.rita, batch_id) == []


def test_what_was_filled_in_stands_in_the_list_of_edits_with_the_rows_that_it_went_into(
    people: People,
) -> None:
    batch_id = workspace.opened(
        people.rita, credit(day=None), credit("CR-2", day=None), credit("CR-3", day=None)
    )
    fix = fill("Credit Date", "2026-03-02")
    looking, said = Reviewing(batch_id, people.rita.id), word_for(people, batch_id, fix)
    services.set_cells(people.carl, batch_id, [(3, "Credit Date", "", "2026-03-05")])
    for _ in range(2):
        apply(people, looking, fix, said)
        assert len(journal(people.rita, batch_id)) == 1, "the button said 3 rows"
        assert looking.notices[-1]["text"] == OVERTAKEN
    apply(people, looking, fix, word_for(people, batch_id, fix))
    done = "Filled Credit Date with 2026-03-02 in 2 rows"
    assert journal(people.rita, batch_id)[1:] == [done]
    assert looking.notices[-1]["text"] == f"{done}."


def test_what_was_typed_for_it_is_forgotten_once_it_is_done_and_not_before(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit(day=None), credit("CR-2", day=None))
    fix, looking = fill("Credit Date", "2026-03-02"), Reviewing(batch_id, people.rita.id)
    fields = bulk_edit._Fields(looking.typed, Wish(what=FILL, column="Credit Date"))
    other = Wish(what=FILL, column="Comments").field("text")
    looking.typed |= {**dict.fromkeys(fields.names, "2026-03-02"), other: "late"}
    before = dict(looking.typed)
    for said, left in (("what it said once", before), (word_for(people, batch_id, fix), {other: "late"})):
        looking.later(partial(bulk_edit._apply, people.rita, looking, fix, said, fields.names))()
        looking.run_next()
        assert looking.typed == left


def test_a_bulk_edit_of_as_many_rows_that_are_others_is_told_and_not_done(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit(day=None), credit("CR-2"), credit("CR-3", day=None))
    fix, looking = fill("Credit Date", "2026-03-02"), Reviewing(batch_id, people.rita.id)
    said = word_for(people, batch_id, fix)
    services.set_cells(
        people.carl,
        batch_id,
        [(2, "Credit Date", "", "2026-03-05"), (3, "Credit Date", str(workspace.DAY), "")],
    )
    apply(people, looking, fix, said)
    assert looking.notices[-1]["text"] == OVERTAKEN and len(journal(people.rita, batch_id)) == 1


def test_rows_of_a_closed_month_are_dated_the_first_open_day_and_the_words_say_which(people: People) -> None:
    this = month_of(reference.today())
    last = before(this)
    rows = [credit(f"A{place}", day=last + timedelta(days=place)) for place in range(3)]
    batch_id = workspace.opened(people.rita, *rows, credit("B", day=before(last)))
    services.close_period(people.ada, last, note="Done")
    opened = services.view(people.rita, batch_id)
    (kind,) = kinds(problems(opened.judgement))
    shown = [row for problem in kind.problems for row in problem.rows]
    assert (kind.title, sorted(shown)) == ("Closed period", [2, 3, 4])
    assert bulk_edit._offered(opened, Wish())[-3] == REDATE
    fix = bulk_fixes.dating(opened, (2, 3, 5))
    assert fix.offered(fix.plan(opened)) == f"Date 2 rows {this}, the first open day"
    looking = Reviewing(batch_id, people.rita.id)
    apply(people, looking, fix, word_for(people, batch_id, fix))
    assert journal(people.rita, batch_id) == [f"Dated 2 rows {this}, the first open day"]
    assert list(workspace.texts(people.rita, batch_id, "Credit Date").values())[:2] == [str(this)] * 2
    services.close_period(people.ada, before(last), note="Done")
    later = bulk_fixes.dating(services.view(people.rita, batch_id), None)
    assert later.offered(later.plan(services.view(people.rita, batch_id))) == (
        f"Date 2 rows {this}, the first open day"
    )


def test_the_words_name_no_day_where_rows_of_several_closed_months_get_several() -> None:
    sheet = draft(row(date="2026-02-10"), row(number="B", date="2025-12-05"), row(number="C"))
    facts = drafting.reference(closed=(date(2026, 2, 1), date(2025, 12, 1)))
    opened: Any = SimpleNamespace(draft=sheet, judgement=judge(sheet, facts))
    told = [bulk_fixes.dating(opened, reach).offer for reach in ((2,), (3,), (2, 3), None)]
    assert told == [bulk_fixes.DATING, bulk_fixes.DATING, bulk_fixes.DATING_APART, bulk_fixes.DATING_APART]


def test_the_words_of_the_fix_stay_offered_where_the_month_was_opened_again(people: People) -> None:
    """The dialog that was opened for it is drawn until it is closed."""
    opened = services.view(people.rita, workspace.opened(people.rita, credit("A")))
    assert REDATE not in bulk_edit._offered(opened, Wish())
    wish = Wish(what=REDATE)
    assert wish.what in bulk_edit._offered(opened, wish)
    assert not bulk_fixes.dating(opened, None).plan(opened)
