"""The facts that a sheet is judged against, read from the database."""

from collections.abc import Container, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any, NamedTuple
from urllib.parse import quote

from sqlalchemy import BigInteger, ColumnElement, Date, Integer, Select, Text, and_, func, select
from sqlmodel import Session, col

from komet_import.clock import today
from komet_import.ledger import corrections, dropped_rows, party_history, portions
from komet_import.ledger.models import (
    OWN_OPPOSITE,
    Adjustment,
    Batch,
    Claim,
    ClosedMonth,
    Customer,
    CustomerLocation,
    Facts,
    Location,
    Opposite,
    now,
)
from komet_import.ledger.models.postings import numbered
from komet_import.review.draft import Draft
from komet_import.review.judgement import Judgement
from komet_import.review.reference import (
    Alike,
    Directory,
    KnownCustomer,
    KnownLocation,
    Numbered,
    Posted,
    Reference,
)
from komet_import.review.sameness import Parts, numbers_alike, parts
from komet_import.settings import settings
from komet_import.types import ImportType, Meaning
from komet_import.types.money import to_thousandths

KEY_CLAIM = "key"
LONGEST_KEY = 90
"""A longer key is claimed by its SHA-256."""
MOST_NUMBERS = 50
"""Of so many equal documents the numbers are compared with that of a row."""


class Stamp(NamedTuple):
    """What changes whenever customers, locations and closed months (`directory`), the ledger, or the day
    change."""

    directory: int
    ledger: int
    day: date


class Moved(Exception):
    """The facts are other ones than those that were judged with: judge again. Never shown to anybody."""


def stamp(session: Session) -> Stamp:
    """The stamp of now. Asked for before the facts are read, it is never newer than they are."""
    directory, ledger = session.execute(select(col(Facts.directory), col(Facts.ledger))).one()
    return Stamp(directory, ledger, today())


def hold(session: Session, judged: Stamp) -> None:
    """Let no other posting in until the end of the transaction. Raises Moved where one came before.

    SQLite has one writer anyhow.
    """
    query = select(col(Facts.directory), col(Facts.ledger)).with_for_update()
    if tuple(session.execute(query).one()) != (judged.directory, judged.ledger):
        raise Moved


def load_directory(session: Session) -> Directory:
    """Every customer and location, and the months that are closed."""
    belongs: dict[int, set[int]] = {}
    for customer_id, location_id in session.execute(
        select(col(CustomerLocation.customer_id), col(CustomerLocation.location_id))
    ):
        belongs.setdefault(customer_id, set()).add(location_id)
    customers = {
        key: KnownCustomer(id_, code, name, active, frozenset(belongs.get(id_, ())), *further)
        for key, id_, code, name, active, *further in session.execute(
            select(
                col(Customer.code_key),
                col(Customer.id),
                col(Customer.code),
                col(Customer.name),
                col(Customer.active),
                col(Customer.accounting_code),
                col(Customer.customer_type),
                col(Customer.salesperson),
            )
        )
    }
    locations = {
        key: KnownLocation(id_, code, name)
        for key, id_, code, name in session.execute(
            select(col(Location.code_key), col(Location.id), col(Location.code), col(Location.name))
        )
    }
    closed = frozenset(session.execute(select(col(ClosedMonth.month))).scalars())
    return Directory(customers=customers, locations=locations, closed=closed)


def load(directory: Directory, posted: Posted) -> Reference:
    """The facts of now."""
    return Reference(
        directory=directory,
        posted=posted,
        ceiling=to_thousandths(settings().amount_ceiling),
        today=today(),
        currency=settings().currency,
    )


def key_claim(type: ImportType, key: Parts) -> str:
    """The key under which a document is claimed; only its last part may hold the mark between the parts."""
    *first, last = key
    said = ":".join([*(quote(part) if isinstance(part, str) else str(part) for part in first), str(last)])
    return f"{type.slug}:{said if len(said) <= LONGEST_KEY else sha256(said.encode()).hexdigest()}"


def load_posted(
    session: Session,
    draft: Draft,
    judgement: Judgement,
    rows: Sequence[int] | None = None,
    *,
    known: Container[int] = (),
) -> Posted:
    """What the ledger holds that rows of this draft (positions; None: all) may collide with, and what stands
    for their customers, those aside of whom it is `known`. What became of the rows that these come from is
    asked of all rows only: no edit changes it."""
    type = draft.type
    origins = [] if rows is not None else [origin.key for origin in draft.origins.values()]
    if type.summed is None:
        return Posted(dropped=dropped_rows.dropped(session, origins))
    keys = parts(type, type.key, judgement.readings, rows)
    alike = parts(type, type.likeness, judgement.readings, rows)
    numbers = numbers_alike(type, judgement.readings, rows, keys=keys)
    whose = parts(type, [Meaning.PARTY], judgement.readings, rows)
    return Posted(
        corrected=corrections.corrected(session, origins),
        dropped=dropped_rows.dropped(session, origins),
        keys=_keys(session, {key_claim(type, key): key for key in keys if key}),
        alike=_alike(session, type, {one for one in alike if one}),
        numbers=_numbers(session, type, {one for one in numbers if one}),
        standing=party_history.of(
            session, {int(str(one[0])) for one in whose if one and one[0] not in known}
        ),
    )


def _keys(session: Session, wanted: dict[str, Parts]) -> dict[Parts, datetime]:
    """When documents of these keys were posted, as far as they stand."""
    if not wanted:
        return {}
    rows, (key,) = portions.asked(session, ([key] for key in wanted), [Text])
    query = (
        select(col(Claim.key), col(Batch.posted_at))
        .select_from(rows)
        .outerjoin(Claim, (col(Claim.scope) == KEY_CLAIM) & (col(Claim.key) == key))
        .outerjoin(Batch, col(Batch.id) == col(Claim.batch_id))
        .where(func.coalesce(col(Claim.key), "") != "")
    )
    return {wanted[key]: posted_at or now() for key, posted_at in session.execute(query)}


_KEPT: dict[Meaning, tuple[Any, Any]] = {
    Meaning.PARTY: (col(Adjustment.customer_id), Integer),
    Meaning.DAY: (col(Adjustment.credit_date), Date),
    Meaning.MONEY: (col(Adjustment.amount), BigInteger),
    Meaning.LOCATION: (col(Adjustment.location_id), Integer),
}
"""Where the ledger keeps what two documents are compared by, and as what."""


def _alike(session: Session, type: ImportType, wanted: set[Parts]) -> dict[Parts, Alike]:
    """The standing documents of a type that say what is asked for: found on one index, so that it takes as
    long whatever else the ledger holds. What was reversed does not stand, and a reversal is none.
    """
    if not wanted:
        return {}
    money = type.likeness.index(Meaning.MONEY)
    kept = [_KEPT[meaning] for meaning in type.likeness]
    rows, values = portions.asked(
        session, (_in_ledger(type, money, said) for said in wanted), [t for _, t in kept]
    )
    same = [column == value for (column, _), value in zip(kept, values, strict=True)]
    query = _standing(
        select(
            col(Adjustment.number),
            col(Adjustment.posted_at),
            col(Adjustment.id),
            *(column for column, _ in kept),
        ).select_from(rows),
        [col(Adjustment.type) == type.slug, *same],
    )
    found: dict[Parts, Alike] = {}
    for number, posted_at, newest, *said in session.execute(query):
        said[money] = type.in_balance(said[money])
        earlier = found.get(tuple(said))
        numbered = bool(number) and (earlier is None or earlier.numbered)
        times, numbers = (earlier.times + 1, earlier.numbers) if earlier else (1, ())
        if number and len(numbers) < MOST_NUMBERS:
            numbers = (*numbers, number)
        found[tuple(said)] = Alike(posted_at, numbered, newest, times, numbers)
    return found


def _standing(
    asked: Select[*tuple[Any, ...]], same: Sequence[ColumnElement[bool]]
) -> Select[*tuple[Any, ...]]:
    """Of what is asked for by a row each, the documents that are the same and stand, as they were posted.

    All of `same` is in the join, the type too: in `where` it would make it an inner one (`portions.asked`).
    """
    return (
        asked.outerjoin(Adjustment, and_(*same))
        .outerjoin(Opposite, OWN_OPPOSITE)
        .where(
            func.coalesce(col(Adjustment.id), 0) > 0,
            col(Adjustment.reverses_id).is_(None),
            col(Opposite.id).is_(None),
        )
        .order_by(col(Adjustment.id))
    )


def _numbers(session: Session, type: ImportType, wanted: set[Parts]) -> dict[Parts, tuple[Numbered, ...]]:
    """The standing documents whose numbers are like those that are asked for, with their parties: found on an
    index of these forms."""
    if not wanted:
        return {}
    rows, (whose, like) = portions.asked(session, wanted, [Integer, Text])
    same = [
        col(Adjustment.customer_id) == whose,
        numbered(Adjustment),
        col(Adjustment.number_key) == like,
        col(Adjustment.type) == type.slug,
    ]
    query = _standing(
        select(
            col(Adjustment.customer_id),
            col(Adjustment.number_key),
            col(Adjustment.number),
            col(Adjustment.posted_at),
            col(Adjustment.id),
        ).select_from(rows),
        same,
    )
    found: dict[Parts, tuple[Numbered, ...]] = {}
    for party, key, number, at, id in session.execute(query):
        one = Numbered(number, at, id)
        found[party, key] = (*found.get((party, key), ()), one)
    return found


def _in_ledger(type: ImportType, money: int, said: Parts) -> list[Any]:
    """Parts of a sheet as the ledger has them, written for the database; its money is in that place."""
    written: list[Any] = [str(part) if isinstance(part, date) else part for part in said]
    written[money] = type.in_balance(written[money])
    return written
