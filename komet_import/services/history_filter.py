"""Which imports are wanted: what a person filters the history by, in an address and in a query."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import parse_qs, urlencode

from sqlalchemy import ColumnElement, and_, or_, select
from sqlmodel import Session, col

from komet_import.clock import told_time
from komet_import.language import _, marked
from komet_import.ledger import balances
from komet_import.ledger.corrections import StillRejected
from komet_import.ledger.models import Adjustment, Batch, BatchStatus
from komet_import.ledger.states import FINISHED
from komet_import.services.download_address import EVERYWHERE, no_such_file
from komet_import.types import ALL, ImportType


class State(StrEnum):
    """What became of an import, in the words of the list."""

    COMPLETE = marked("All imported")
    OPEN = marked("Rejected rows open")
    CORRECTED = marked("Corrected")
    DROPPED = marked("Dropped")
    REVERSED = marked("Reversed")


@dataclass(frozen=True, kw_only=True)
class HistoryFilter:
    """Which imports are wanted: None and blank mean any. `text` is looked for in the file's name, the codes
    and names of customers, and the numbers of documents; `since` and `until` are moments of the import.
    """

    text: str = ""
    type: str | None = None
    by: int | None = None
    state: State | None = None
    since: datetime | None = None
    until: datetime | None = None


EVERYTHING = HistoryFilter()


def address_of(wanted: HistoryFilter) -> str:
    """What is wanted as a part of an address; `wanted_of` reads it."""
    fields = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in vars(wanted).items()
        if value not in (None, "")
    }
    return urlencode(fields) or EVERYWHERE


def wanted_of(address: str) -> HistoryFilter:
    """What an address names. Raises Refusal `not-found` for one that names nothing."""
    try:
        named = parse_qs(address, strict_parsing=True) if address != EVERYWHERE else {}
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
        raise no_such_file() from None


def in_words(wanted: HistoryFilter, by: str) -> str:
    """What is wanted, for a reader, with the name of who imported it; blank where that is everything."""
    said = {
        _("Search"): wanted.text,
        _("Type"): _(ALL[wanted.type].title) if wanted.type in ALL else wanted.type or "",
        _("By"): by,
        _("State"): _(wanted.state) if wanted.state else "",
        _("From"): told_time(wanted.since) if wanted.since else "",
        _("Before"): told_time(wanted.until) if wanted.until else "",
    }
    return " · ".join(f"{name}: {value}" for name, value in said.items() if value)


def conditions(
    session: Session,
    types: Sequence[ImportType],
    wanted: HistoryFilter,
    rejected: dict[str, StillRejected],
) -> list[ColumnElement[bool]]:
    """The conditions of a query of batches; `rejected` are the rows that are still rejected, by batch."""
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
    # PostgreSQL takes no NUL, and no database half a sign; nothing that is kept holds either.
    if text := wanted.text.replace("\x00", "").encode(errors="ignore").decode().strip():
        where.append(_says(session, text))
    return where


def _in_state(state: State, rejected: dict[str, StillRejected]) -> ColumnElement[bool]:
    withdrawn = col(Batch.id).in_([id_ for id_, found in rejected.items() if found.withdrawn])
    gone, some = or_(col(Batch.status) == BatchStatus.REVERSED, withdrawn), col(Batch.rows_rejected) > 0
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
