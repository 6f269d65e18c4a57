"""History: every import that one may see, searched, filtered and page by page; and what of it is still open.

What an import holds is asked of the database, what became of its rejected rows of `ledger.corrections`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlencode
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from komet_import.access import roles
from komet_import.access.users import CurrentUser
from komet_import.clock import told_time
from komet_import.language import _, marked
from komet_import.ledger import balances, corrections, database
from komet_import.ledger.corrections import StillRejected
from komet_import.ledger.models import Adjustment, Batch, BatchStatus, User, now
from komet_import.refusal import Refusal
from komet_import.services.reports import Listed, standing_edits
from komet_import.services.rights import require_active
from komet_import.settings import settings
from komet_import.sheets.workbooks.listing import Cell, Listing, write_listing
from komet_import.types import ALL, ImportType
from komet_import.types.schema import from_thousandths

PAGE = 25
MOST = 50_000
"""Imports of one workbook: the newest."""
FINISHED = (BatchStatus.POSTED, BatchStatus.REVERSED)


class State(StrEnum):
    """What became of an import, in the words of the list."""

    COMPLETE = marked("All imported")
    OPEN = marked("Rejected rows open")
    CORRECTED = marked("Corrected")
    DROPPED = marked("Dropped")
    REVERSED = marked("Reversed")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which imports are wanted: None and blank mean any. `text` is looked for in the file's name, the codes
    and names of customers, and the numbers of documents; `since` and `until` are moments of the import.
    """

    text: str = ""
    type: str | None = None
    by: int | None = None
    state: State | None = None
    since: datetime | None = None
    until: datetime | None = None


EVERYTHING = Wanted()


@dataclass(frozen=True, kw_only=True)
class History:
    """A page of imports, newest first; `count` and `amount` (what still stands of their money, in
    thousandths) are those of all pages. `still_rejected` says which rows of an import on the page nobody has
    corrected, and whether they were dropped.
    """

    lines: tuple[Listed, ...]
    still_rejected: dict[str, StillRejected]
    count: int
    amount: int
    page: int

    @property
    def pages(self) -> int:
        """At least one, which may be empty."""
        return max(1, -(-self.count // PAGE))

    def state(self, line: Listed) -> State:
        """What became of one of these imports."""
        if line.batch.status == BatchStatus.REVERSED:
            return State.REVERSED
        if still := self.still_rejected.get(line.batch.id):
            return State.OPEN if still.rows else State.DROPPED
        return State.CORRECTED if line.batch.rows_rejected else State.COMPLETE


@dataclass(frozen=True, kw_only=True)
class Span:
    """What was imported from one moment to another, and still stands: documents and their money."""

    since: datetime
    imports: int
    documents: int
    amount: int


def history(user: CurrentUser, wanted: Wanted = EVERYTHING, *, page: int = 1) -> History:
    """A page of the imports that are wanted, of the types that the user may import; the last page where
    there are not so many. Raises Refusal `no-right`, as do the others here."""
    with database.reading() as session:
        types = _types(session, user)
        rejected = corrections.still_rejected(session, [type.slug for type in types])
        where = _where(session, types, wanted, rejected)
        sums = select(func.count(), func.sum(_standing(col(Batch.amount_posted), col(Batch.amount_reversed))))
        count, amount = session.execute(sums.where(*where)).one()
        page = min(max(1, page), max(1, -(-count // PAGE)))
        lines = tuple(_lines(session, user, where, most=PAGE, after=(page - 1) * PAGE))
    shown = {line.batch.id for line in lines}
    return History(
        lines=lines,
        still_rejected={id_: found for id_, found in rejected.items() if id_ in shown},
        count=count,
        amount=int(amount or 0),
        page=page,
    )


def anything_imported(user: CurrentUser) -> bool:
    """Whether there is any import that this user may see."""
    with database.reading() as session:
        where = _where(session, _types(session, user), EVERYTHING, {})
        return bool(session.execute(select(exists().where(*where))).scalar_one())


@dataclass(frozen=True, kw_only=True)
class OpenRows:
    """The rejected rows that nobody has corrected or dropped: in which imports, longest first; how many, and
    their money in thousandths. One that was rejected in several imports counts once.
    """

    imports: tuple[Listed, ...]
    rows: int
    amount: int


def open_rows(user: CurrentUser) -> OpenRows:
    """What is open of all imports of the types that the user may import."""
    with database.reading() as session:
        types = _types(session, user)
        rejected = corrections.still_rejected(session, [type.slug for type in types])
        where = _where(session, types, Wanted(state=State.OPEN), rejected)
        lines = tuple(_lines(session, user, where, most=MOST))
    amounts: dict[str, int] = {}
    for line in lines[::-1]:  # of what was rejected again, the newest amount
        amounts |= rejected[line.batch.id].open
    return OpenRows(imports=lines[::-1], rows=len(amounts), amount=sum(amounts.values()))


def people(user: CurrentUser) -> dict[int, str]:
    """Who has imported something that this user may see, by name."""
    with database.reading() as session:
        slugs = [type.slug for type in _types(session, user)]
        query = (
            select(col(User.id), col(User.name))
            .where(
                col(User.id).in_(
                    select(col(Batch.posted_by)).where(
                        col(Batch.status).in_(FINISHED), col(Batch.type).in_(slugs)
                    )
                )
            )
            .order_by(col(User.name))
        )
        return {id_: name for id_, name in session.execute(query) if id_ is not None}


def imported_in(user: CurrentUser, type: ImportType, moments: Sequence[datetime]) -> list[Span]:
    """What was imported of a type from each of these moments to the next one, and still stands."""
    with database.reading() as session:
        if type not in _types(session, user):
            return []
        query = select(
            col(Batch.posted_at),
            _standing(col(Batch.rows_posted), col(Batch.rows_reversed)),
            _standing(col(Batch.amount_posted), col(Batch.amount_reversed)),
        ).where(
            col(Batch.status).in_(FINISHED),
            col(Batch.type) == type.slug,
            col(Batch.posted_at) >= moments[0],
            col(Batch.posted_at) < moments[-1],
        )
        found = [(at.replace(tzinfo=UTC), rows, amount) for at, rows, amount in session.execute(query)]
    return [
        Span(
            since=since,
            imports=sum(1 for _ in inside),
            documents=sum(rows for rows, _ in inside),
            amount=sum(int(amount or 0) for _, amount in inside),
        )
        for since, until in pairwise(moments)
        for inside in [[(rows, amount) for at, rows, amount in found if since <= at < until]]
    ]


def weeks(zone: ZoneInfo | None, many: int) -> list[datetime]:
    """The Mondays on which the last so many weeks begin in that zone, and the one on which the next will."""
    today = now().astimezone(zone or UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = today - timedelta(days=today.weekday())
    return [monday + timedelta(weeks=1 - back) for back in range(many, -1, -1)]


def months(zone: ZoneInfo | None, many: int) -> list[datetime]:
    """The first days of the last so many months in that zone, and of the next one."""
    first = now().astimezone(zone or UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    found = [(first + timedelta(days=31)).replace(day=1), first]
    for _month in range(many - 1):
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[::-1]


def history_workbook(user: CurrentUser, address: str) -> bytes:
    """The imports that an address (`address_of`) names, as a workbook. Raises Refusal `not-found`."""
    wanted = wanted_of(address)
    with database.reading() as session:
        types = _types(session, user)
        if not types:
            raise Refusal("not-found", _("There is no such file, or you may not have it."))
        rejected = corrections.still_rejected(session, [type.slug for type in types])
        where = _where(session, types, wanted, rejected)
        lines = tuple(_lines(session, user, where, most=MOST))
    found = History(lines=lines, still_rejected=rejected, count=len(lines), amount=0, page=1)
    return write_listing(
        Listing(
            title=_("Imports"),
            about={
                _("Company"): settings().company,
                _("Made"): told_time(now()),
                _("By"): user.name,
                _("Filter"): _("none") if wanted == EVERYTHING else address,
                _("Imports"): f"{len(lines):,}",
            },
            headings=[
                (_("File"), 36),
                (_("Type"), 16),
                (_("State"), 20),
                (_("Imported rows"), 14),
                (_("Amount"), 16),
                (_("Rejected"), 10),
                (_("Still open"), 10),
                (_("Imported"), 22),
                (_("By"), 24),
            ],
            rows=(_row(found, line) for line in lines),
        )
    )


def _row(found: History, line: Listed) -> list[Cell]:
    """A line of the workbook."""
    batch, still = line.batch, found.still_rejected.get(line.batch.id)
    return [
        batch.file_name,
        _(line.type.title),
        str(found.state(line)),
        batch.rows_posted,
        "" if batch.amount_posted is None else from_thousandths(batch.amount_posted),
        batch.rows_rejected,
        still.rows if still else 0,
        told_time(batch.posted_at or batch.changed_at),
        line.posted_by,
    ]


def address_of(wanted: Wanted) -> str:
    """What is wanted as a part of an address; `wanted_of` reads it."""
    fields = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in vars(wanted).items()
        if value not in (None, "")
    }
    return urlencode(fields) or "all"


def wanted_of(address: str) -> Wanted:
    """What an address names. Raises Refusal `not-found` for one that names nothing."""
    try:
        named = parse_qs(address, strict_parsing=True) if address != "all" else {}
        fields = {name: value for name, (value,) in named.items()}
        moments = {
            name: datetime.fromisoformat(fields.pop(name)) for name in ("since", "until") if name in fields
        }
        wanted = replace(
            EVERYTHING,
            text=fields.pop("text", ""),
            type=fields.pop("type", None),
            by=int(fields.pop("by")) if "by" in fields else None,
            state=State(fields.pop("state")) if "state" in fields else None,
            **moments,
        )
        if fields or not address:  # what nobody knows must not mean everything
            raise ValueError(address)
        return wanted
    except (ValueError, OverflowError):
        raise Refusal("not-found", _("There is no such file, or you may not have it.")) from None


def _types(session: Session, user: CurrentUser) -> tuple[ImportType, ...]:
    """The types that the user may import. Raises Refusal `no-right` for who may not sign in any more."""
    return roles.types_for(require_active(session, user).roles)


def _standing(posted: Any, reversed_: Any) -> ColumnElement[int]:
    return func.coalesce(posted, 0) - func.coalesce(reversed_, 0)


def _where(
    session: Session,
    types: Sequence[ImportType],
    wanted: Wanted,
    rejected: dict[str, StillRejected],
) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [
        col(Batch.status).in_(FINISHED),
        col(Batch.type).in_([type.slug for type in types if wanted.type in (None, type.slug)]),
    ]
    if wanted.by is not None:
        where.append(col(Batch.posted_by) == wanted.by)
    if wanted.since:
        where.append(col(Batch.posted_at) >= wanted.since)
    if wanted.until:
        where.append(col(Batch.posted_at) < wanted.until)
    if wanted.state:
        where.append(_in_state(wanted.state, rejected))
    if text := wanted.text.strip():
        where.append(_says(session, text))
    return where


def _in_state(state: State, rejected: dict[str, StillRejected]) -> ColumnElement[bool]:
    gone, some = col(Batch.status) == BatchStatus.REVERSED, col(Batch.rows_rejected) > 0
    still = col(Batch.id).in_([id_ for id_, found in rejected.items() if found.rows])
    dropped = col(Batch.id).in_([id_ for id_, found in rejected.items() if not found.rows])
    match state:
        case State.REVERSED:
            return gone
        case State.OPEN:
            return and_(~gone, still)
        case State.CORRECTED:
            return and_(~gone, some, ~still, ~dropped)
        case State.DROPPED:
            return and_(~gone, dropped)
        case State.COMPLETE:
            return and_(~gone, ~some)


def _says(session: Session, text: str) -> ColumnElement[bool]:
    """Imports whose file is called so, or that hold a document of that number or of such a customer."""
    customers = balances.customers_saying(session, text)
    inside = select(col(Adjustment.batch_id)).where(
        or_(
            col(Adjustment.number).icontains(text, autoescape=True),
            col(Adjustment.customer_id).in_(customers),
        )
    )
    return or_(col(Batch.file_name).icontains(text, autoescape=True), col(Batch.id).in_(inside))


def _lines(
    session: Session, user: CurrentUser, where: Sequence[ColumnElement[bool]], *, most: int, after: int = 0
) -> Iterator[Listed]:
    poster = aliased(User)
    query = (
        select(Batch, col(User.name), col(poster.name), standing_edits())
        .join(User, col(User.id) == col(Batch.uploaded_by))
        .join(poster, col(poster.id) == col(Batch.posted_by))
        .where(*where)
        .order_by(col(Batch.posted_at).desc(), col(Batch.id))
        .limit(most)
        .offset(after)
    )
    for batch, name, by, edits in session.execute(query):
        session.expunge(batch)
        yield Listed(
            batch=batch,
            type=ALL[batch.type],
            uploaded_by=name,
            posted_by=by,
            edits=int(edits),
            mine=batch.uploaded_by == user.id,
        )
