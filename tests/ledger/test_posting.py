"""What the database itself makes sure of, whoever comes: posted once, never changed, never half."""

import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from komet_import import services
from komet_import.ledger import audit, database, posting
from komet_import.ledger.audit import Event
from komet_import.ledger.models import Adjustment, AuditEntry, Claim, Customer, Location, now
from komet_import.ledger.posting.claims import content_of
from komet_import.ledger.posting.shared import RowReadings
from komet_import.ledger.receipt import Receipt
from komet_import.ledger.reference import Moved
from komet_import.ledger.states import Move
from komet_import.review.reference import KnownCustomer, KnownLocation
from komet_import.services import Opened
from komet_import.types import CUSTOMERS, Meaning
from tests.services import threads, workspace
from tests.services.workspace import DAY, People, credit, refused


@pytest.fixture
def people(database_url: str) -> People:
    return workspace.fill()


def post(opened: Opened, user_id: int, *, late: bool = False) -> Receipt:
    """Post a judged draft in a transaction of its own, without the locks of one server."""
    wanted = posting.Posting(
        batch=opened.batch, draft=opened.draft, judgement=opened.judgement, user_id=user_id, at=now()
    )
    with database.connected() as connection:
        with database.reading(connection) as session:
            ready = posting.prepare(session, wanted)
            session.commit()
        with database.transaction(connection) as session:
            return posting.post(
                session,
                ready,
                revision=opened.batch.revision,
                stamp=opened.stamp,
                move=Move.POST,
                user_name="Rita",
                late=late,
            )


def test_of_four_servers_that_post_the_same_draft_one_does(people: People) -> None:
    opened = services.view(people.rita, workspace.opened(people.rita, *(credit(f"A{n}") for n in range(50))))
    outcomes = threads.together(*[lambda: post(opened, people.rita.id)] * 4)
    assert threads.codes(outcomes) == ["Moved"] * 3 + ["done"]
    refused("already-imported", lambda: services.post(people.rita, opened.batch.id))
    assert workspace.count(Adjustment) == 50


def test_of_four_servers_that_post_the_same_list_of_customers_one_does(people: People) -> None:
    """No claim of a file or a number holds them up: a list may come again, but a batch is posted once."""
    rows = [["N1", "New", "MIA"], ["FL219", "Rosas", "LAX"]]
    headers = ("Customer Code", "Customer Name", "Location Codes")
    batch_id = workspace.opened(people.ada, *rows, headers=headers, type=CUSTOMERS)
    opened = services.view(people.ada, batch_id)
    outcomes = threads.together(*[lambda: post(opened, people.ada.id)] * 4)
    assert threads.codes(outcomes) == ["Moved"] * 3 + ["done"]
    assert [e.action for e in workspace.own(AuditEntry) if e.subject == batch_id] == ["upload", "post"]
    refused("already-imported", lambda: services.post(people.ada, batch_id))


def test_a_posting_that_locks_late_says_of_a_posted_draft_that_it_is_posted(
    postgresql_database: str,
) -> None:
    """Its revision is still the one that was judged, and the facts are not compared yet."""
    people = workspace.fill()
    opened = services.view(people.rita, workspace.opened(people.rita, credit("A")))
    post(opened, people.rita.id)
    refused("already-imported", lambda: post(opened, people.carl.id, late=True))
    assert services.report(people.rita, opened.batch.id).receipt.posted_by == "Rita"
    assert workspace.count(Adjustment) == 1


def test_a_draft_that_was_judged_before_an_edit_is_not_posted(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"))
    stale = services.view(people.rita, batch_id)
    services.set_cells(people.rita, batch_id, [(2, "Comments", "", "late")])
    with pytest.raises(Moved):
        post(stale, people.rita.id)
    assert workspace.count(Adjustment) == 0


def test_a_discarded_draft_is_not_posted(people: People) -> None:
    batch_id = workspace.opened(people.rita, credit("A"))
    stale = services.view(people.rita, batch_id)
    services.discard(people.rita, batch_id)
    refused("discarded", lambda: post(stale, people.rita.id))


def test_a_number_that_was_taken_since_the_judgement_stops_the_posting_whole(people: People) -> None:
    first = services.view(people.rita, workspace.opened(people.rita, credit("A", amount=1)))
    second = services.view(
        people.carl, workspace.opened(people.carl, credit("B"), credit("a", amount=2), credit("", amount=3))
    )
    post(first, people.rita.id)
    before = workspace.everything()
    with pytest.raises(Moved):
        post(second, people.carl.id)
    assert workspace.everything() == before


@pytest.mark.parametrize("table", [Adjustment, AuditEntry], ids=["adjustment", "audit entry"])
def test_what_was_posted_cannot_be_changed_or_removed(
    people: People, table: type[Adjustment] | type[AuditEntry]
) -> None:
    services.post(people.rita, workspace.opened(people.rita, credit("A")))
    before = workspace.everything()
    name = table.__tablename__
    value = {"amount": 1} if table is Adjustment else {"action": "nothing"}
    statements = [update(table).values(**value), delete(table)]
    if database.engine().dialect.name == "postgresql":
        statements.append(text(f"TRUNCATE {name} CASCADE"))
    else:
        statements.append(text(f"INSERT OR REPLACE INTO {name} SELECT * FROM {name}"))
    for statement in statements:
        with (
            pytest.raises(DBAPIError, match="immutable"),
            database.engine().begin() as connection,
        ):
            connection.execute(statement)
    assert workspace.everything() == before


def test_a_claim_stands_once(people: People) -> None:
    services.post(people.rita, workspace.opened(people.rita, credit("A")))
    claims = [(claim.scope, claim.key, claim.batch_id) for claim in workspace.own(Claim)]
    assert sorted(scope for scope, _, _ in claims) == ["content", "file", "key"]
    for scope, key, batch_id in claims:
        with pytest.raises(IntegrityError), database.transaction() as session:
            session.execute(insert(Claim).values(scope=scope, key=key, batch_id=batch_id))


def test_a_transaction_that_raises_leaves_nothing(people: People) -> None:
    before = workspace.everything()
    with pytest.raises(RuntimeError), database.transaction() as session:
        audit.record(session, what=Event.STARTED, by=None)
        raise RuntimeError
    assert workspace.everything() == before


def test_what_a_sheet_says_is_claimed_in_the_words_in_which_databases_hold_it(people: People) -> None:
    """They outlive every version: with other words the same sheet saved anew would be other money."""
    services.post(people.rita, workspace.opened(people.rita, credit("A", comments="late")))
    ids = {
        table.__name__: {row.code: row.id for row in workspace.own(table)} for table in (Customer, Location)
    }
    fields = ["customer", "number", "date", "amount", "location", "comments"]
    row = [ids["Customer"]["FL219"], "A", DAY, 120_000, ids["Location"]["MIA"], "late"]
    said = "\x1e".join("\x1f".join(map(str, one)) for one in (fields, row))
    claims = {claim.scope: claim.key for claim in workspace.own(Claim)}
    assert claims["content"] == f"open-credits:{hashlib.sha256(said.encode()).hexdigest()}"
    assert claims["key"] == f"open-credits:{ids['Customer']['FL219']}:A"


def test_what_rows_say_has_the_hash_under_which_it_was_posted_before() -> None:
    """An import of last year is known by it: another way to write it would let the same rows in again."""
    rosas = KnownCustomer(id=7, code="FL201", name="Rosas", active=True, locations=frozenset({3}))
    miami = KnownLocation(id=3, code="MIA", name="Miami")
    said = RowReadings(
        numbers=[2, 3],
        columns={
            Meaning.PARTY: [rosas, replace(rosas, name="Rosas del Valle")],
            Meaning.DAY: [date(2026, 11, 3), date(2026, 11, 2)],
            Meaning.MONEY: [Decimal("7.00"), Decimal("7")],
            Meaning.LOCATION: [miami, None],
            Meaning.NOTE: ["late", ""],
        },
    )
    fields = "customer\x1fdate\x1famount\x1flocation\x1fcomments"
    lines = ["7\x1f2026-11-02\x1f7000\x1f\x1f", "7\x1f2026-11-03\x1f7000\x1f3\x1flate"]
    assert content_of(said) == hashlib.sha256("\x1e".join([fields, *lines]).encode()).hexdigest()
    assert content_of(RowReadings(numbers=[], columns={})) == ""
