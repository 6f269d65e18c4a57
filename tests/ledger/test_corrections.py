"""Which earlier row a row is: one that was rejected, of the same type, file and sheet, or named by a key."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import Session, select

from komet_import.ledger import audit, corrections, database, portions
from komet_import.ledger.audit import Event
from komet_import.ledger.models import Adjustment, Batch, BatchStatus, Claim, Customer, UnpostedRow
from komet_import.review.reference import Corrected, Origin
from komet_import.sheets.row_keys import RowKey, read_keys, row_key
from tests.services import workspace
from tests.services.workspace import People

SHA, OTHER = "a" * 64, "b" * 64
FIRST, SECOND, THIRD = "a" * 26, "b" * 26, "c" * 26
DRAFT = Batch(id="d" * 26, type="open-credits", file_name="d.xlsx", sha256=SHA, reading={}, uploaded_by=1)


@pytest.fixture
def people(database_url: str) -> People:
    return workspace.fill()


def rejected(
    people: People,
    batch_id: str = FIRST,
    *,
    status: str = "posted",
    day: int = 1,
    claims: Sequence[tuple[str, str, int]] = (),
    **values: Any,
) -> str:
    """A batch of the past with one row that was not posted, row 5; `claims` are scope, key and row."""
    said = {"type": "open-credits", "sha256": SHA, "sheet": "March", "outcome": "rejected"} | values
    with database.transaction() as session:
        batch = Batch(
            id=batch_id,
            type=said["type"],
            file_name=f"{batch_id[0]}.xlsx",
            sha256=said["sha256"],
            reading={"sheet": said["sheet"]},
            uploaded_by=people.rita.id,
        )
        session.add(batch)
        session.flush()
        session.add(
            UnpostedRow(
                batch_id=batch_id,
                row=5,
                outcome=said["outcome"],
                cells={},
                issues=[],
                origin=said.get("origin"),
            )
        )
        session.add_all(Claim(scope=s, key=key, batch_id=batch_id, row=row) for s, key, row in claims)
        session.flush()
        if status == "reversed":
            posted = _adjustment(session, people, batch_id, 100)
            batch.rows_posted, batch.amount_posted = 1, 100
        if status in ("posted", "reversed"):
            at = datetime(2026, 3, day, tzinfo=UTC)
            audit.record(session, what=Event.POSTED, by=people.rita.id, about=batch_id, at=at)
            session.flush()
            batch.status, batch.posted_by, batch.posted_at = BatchStatus.POSTED, people.rita.id, at
            session.flush()
        if status == "reversed":
            _adjustment(session, people, batch_id, -100, reverses_id=posted.id)
            at = datetime(2026, 3, 9, tzinfo=UTC)
            audit.record(session, what=Event.REVERSED, by=people.rita.id, about=batch_id, at=at)
            batch.rows_reversed, batch.amount_reversed = 1, 100
            batch.changed_at, batch.reversed_at, batch.reversed_by = at, at, people.rita.id
        batch.status = status
    return batch_id


def _adjustment(
    session: Session, people: People, batch_id: str, amount: int, *, reverses_id: int | None = None
) -> Adjustment:
    """Row 6 of a batch, or its opposite."""
    made = Adjustment(
        batch_id=batch_id,
        type="open-credits",
        row=6,
        customer_id=session.exec(select(Customer.id).where(Customer.code == "FL219")).one() or 0,
        credit_date=date(2026, 3, 1),
        amount=amount,
        posted_by=people.rita.id,
        reverses_id=reverses_id,
    )
    session.add(made)
    session.flush()
    return made


def keys(**rows: str) -> dict[int, RowKey]:
    """Keys as they are read: row 7 says that it is row 5 of a batch, as `row_7=FIRST`."""
    return read_keys(
        (int(name.removeprefix("row_")), row_key(batch_id, 5, SHA)) for name, batch_id in rows.items()
    )


def found(named: dict[int, RowKey] | None = None) -> dict[int, Origin]:
    with database.reading() as session:
        return corrections.origins(session, DRAFT, ("March",), named or {})


KEY = corrections.origin_key("open-credits", SHA, "March", 5)


@pytest.mark.parametrize("status", ["posted", "reversed"])
def test_the_row_of_the_same_sheet_of_the_same_file_is_the_same_row(people: People, status: str) -> None:
    rejected(people, status=status)
    assert found() == {5: Origin(KEY, "a.xlsx", 5, FIRST)}
    assert found(keys(row_7=FIRST)) == dict.fromkeys((5, 7), Origin(KEY, "a.xlsx", 5, FIRST))


@pytest.mark.parametrize(
    ("values", "by_key"),
    [
        ({"type": "customers"}, False),
        ({"outcome": "left-out"}, False),
        ({"outcome": "set-aside"}, False),
        ({"status": "draft"}, False),
        ({"status": "discarded"}, False),
        ({"sheet": "April"}, True),
    ],
    ids=lambda value: str(value),
)
def test_what_was_not_rejected_there_is_another_row(
    people: People, values: dict[str, Any], by_key: bool
) -> None:
    rejected(people, **values)
    rejected(people, SECOND, sha256=OTHER)
    assert found() == {}
    assert list(found(keys(row_7=FIRST))) == ([7] if by_key else [])


def test_a_key_holds_for_the_file_that_it_was_written_for(people: People) -> None:
    rejected(people, sha256=OTHER)
    assert found(keys(row_7=FIRST)) == {}
    named = read_keys([(7, row_key(FIRST, 5, OTHER)), (8, row_key(FIRST, 6, OTHER))])
    assert found(named) == {
        7: Origin(corrections.origin_key("open-credits", OTHER, "March", 5), "a.xlsx", 5, FIRST)
    }


@pytest.mark.parametrize("days", [{FIRST: 1, SECOND: 2, THIRD: 3}, {FIRST: 3, SECOND: 1, THIRD: 2}])
@pytest.mark.parametrize("order", [(FIRST, SECOND, THIRD), (THIRD, SECOND, FIRST)])
def test_where_a_row_was_rejected_several_times_the_first_one_is_named(
    people: People, days: dict[str, int], order: tuple[str, ...]
) -> None:
    for batch_id in order:
        rejected(people, batch_id, day=days[batch_id])
    first = min(days, key=lambda batch_id: days[batch_id])
    assert found()[5].file_name == f"{first[0]}.xlsx"


def test_a_row_that_came_back_keeps_its_first_identity(people: People) -> None:
    rejected(people, origin="of-before")
    assert found()[5].key == found(keys(row_7=FIRST))[7].key == "of-before"


def test_rows_are_told_apart_by_type_file_sheet_and_place() -> None:
    told = ("open-credits", SHA, "March", 5)
    others = (
        ("customers", SHA, "March", 5),
        ("open-credits", OTHER, "March", 5),
        ("open-credits", SHA, "April", 5),
        ("open-credits", SHA, "March", 6),
    )
    assert corrections.origin_key(*told) == KEY
    assert len({KEY, *(corrections.origin_key(*other) for other in others)}) == 5


def test_however_many_are_asked_for_each_is_found(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "PORTION", 2)
    batches = [f"{letter * 26}" for letter in "abcde"]
    for place, batch_id in enumerate(batches):
        claim = (corrections.CLAIM, f"key-{place}", 20 + place)
        rejected(people, batch_id, sheet=batch_id[0], claims=[claim])
    named = keys(**{f"row_{place}": batch_id for place, batch_id in enumerate(batches, start=11)})
    assert [origin.file_name for origin in found(named).values()] == [f"{letter}.xlsx" for letter in "abcde"]
    with database.reading() as session:
        corrected = corrections.corrected(session, [f"key-{place}" for place in (4, 1, 1, 0, 3, 2)])
    assert corrected == {
        f"key-{place}": Corrected(batch_id, f"{batch_id[0]}.xlsx", 20 + place)
        for place, batch_id in enumerate(batches)
    }


def test_only_what_was_claimed_as_a_rejected_row_was_corrected(people: People) -> None:
    rejected(people, claims=[("credit-number", KEY, 9), (corrections.CLAIM, "another", 9)])

    def corrected(session: Session) -> dict[str, Corrected]:
        return corrections.corrected(session, [KEY])

    with database.reading() as session:
        assert corrected(session) == {}
    rejected(people, SECOND, sha256=OTHER, claims=[(corrections.CLAIM, KEY, 8)])
    with database.reading() as session:
        assert corrected(session) == {KEY: Corrected(SECOND, "b.xlsx", 8)}
