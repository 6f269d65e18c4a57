"""Whatever judgement reads of the database moves the stamp that posting compares: nothing old is trusted."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import event, text
from sqlmodel import SQLModel

from komet_import import services
from komet_import.ledger import database, reference
from komet_import.ledger.alone import posted_alone
from komet_import.ledger.models import Batch
from komet_import.review.draft import Draft
from komet_import.services.draft.desk import traced
from komet_import.services.draft.facts import facts_now
from tests.services import workspace
from tests.services.workspace import DAY, People, credit

TOLD = {"app_user": "names beside a fact, which nothing hangs on"}
"""What is read of other tables, and why it need not move the stamp."""


@pytest.fixture
def people(database_url: str) -> People:
    workspace.forget()
    return workspace.fill()


def facts(batch_id: str, draft: Draft) -> tuple[object, set[str]]:
    """All that is read of the database to judge a draft, and the tables that it is read from."""
    asked: list[str] = []

    def listen(_c: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    with database.reading() as session:
        batch = session.get_one(Batch, batch_id)
        kept = services.Opened(
            batch=batch, type=draft.type, uploaded_by="", draft=draft, judgement=None, reference=None,
            stamp=reference.stamp(session), steps=(),
        )  # fmt: skip
        event.listen(database.engine(), "before_cursor_execute", listen)
        try:
            directory = reference.load_directory(session)
            found, judgement = facts_now(session, traced(session, kept), directory)
            known = (
                traced(session, kept).origins,
                found.directory,
                found.posted,
                posted_alone(session, batch),
            )
        finally:
            event.remove(database.engine(), "before_cursor_execute", listen)
    tables = {name for said in asked for name in re.findall(r"(?:FROM|JOIN) (\w+)", said)}
    return (known, list(judgement.all())), tables & SQLModel.metadata.tables.keys()


def test_everything_that_judgement_reads_moves_the_stamp(people: People) -> None:
    rows = (credit("A", amount=50), credit("B", amount=-1), credit("C", amount=-2))
    posted = workspace.opened(people.rita, *rows)
    services.answer(people.rita, posted, "sign", "Credit Balance", "as-they-are")
    services.post(people.rita, posted)
    draft_id = services.fix_rejected(people.rita, posted)
    services.set_cells(people.rita, draft_id, [(2, "Credit Balance", "-1", "60")])
    draft = services.view(people.rita, draft_id).draft
    month = (DAY - timedelta(days=400)).replace(day=1)

    def run(statement: str) -> Callable[[], object]:
        def act() -> None:
            with database.engine().begin() as connection:
                connection.execute(text(statement))

        return act

    def another(**of: object) -> Callable[[], object]:
        return lambda: services.post(people.carl, workspace.opened(people.carl, credit(**of)))

    acts: dict[str, Callable[[], object]] = {
        "customer": lambda: workspace.change_customer("FL219", name="Otherwise"),
        "customer_location": run(
            "INSERT INTO customer_location (customer_id, location_id) "
            "SELECT c.id, l.id FROM customer c, location l WHERE c.code = 'FL219' AND l.code = 'LAX'"
        ),
        "location": lambda: workspace.add_location("BOG"),
        "closed_month": lambda: services.close_period(people.ada, month, note="done"),
        "closed_month again": lambda: services.reopen_period(people.ada, month, note="not done"),
        "dropped_row": lambda: services.drop_rows(people.rita, posted, [3], reason="a test"),
        "dropped_row again": lambda: services.take_back_rows(people.rita, posted, [3]),
        "claim": another(number="B", amount=70),  # the number of the draft
        "adjustment": another(number="", amount=60),  # the customer, day and amount of the draft
        "unposted_row": lambda: services.post(
            people.rita, workspace.opened(people.rita, credit("X", amount=9), credit("B", amount=-1))
        ),
        "batch": lambda: services.reverse(people.carl, posted, reason="a test"),
    }
    before, read = facts(draft_id, draft)
    assert read == {name.split()[0] for name in acts} | TOLD.keys()
    for name, act in acts.items():
        with database.reading() as session:
            judged = reference.stamp(session)
        act()
        with database.reading() as session:
            now_ = reference.stamp(session)
        assert (now_.directory, now_.ledger) != (judged.directory, judged.ledger), name
        after, _ = facts(draft_id, draft)
        assert after != before or name == "unposted_row", f"{name}: nothing that is read was changed"
        before = after
