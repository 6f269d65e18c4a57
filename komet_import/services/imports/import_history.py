"""History: every import that one may see, searched, filtered and page by page; and what of it is still open.

What an import holds is asked of the database, what became of its rejected rows of `ledger.corrections`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from komet_import.access.users import CurrentUser
from komet_import.clock import told_time
from komet_import.language import _
from komet_import.ledger import corrections, database
from komet_import.ledger.corrections import StillRejected
from komet_import.ledger.list_pages import page_shown, pages_of
from komet_import.ledger.models import Batch, BatchStatus, User, now
from komet_import.ledger.receipt import Tally
from komet_import.ledger.states import FINISHED
from komet_import.review.tally import tally_of_amounts
from komet_import.services.batch_lists import Listed, standing_edits, still_standing
from komet_import.services.download_address import no_such_file
from komet_import.services.draft.stored import name_of
from komet_import.services.history_filter import (
    EVERYTHING,
    HistoryFilter,
    State,
    conditions,
    in_words,
    wanted_of,
)
from komet_import.services.rights import types_of
from komet_import.settings import settings
from komet_import.sheets.workbooks.listing import Cell, Listing, write_listing
from komet_import.types import ALL, ImportType
from komet_import.types.money import from_thousandths

PAGE = 25
MOST = 50_000
"""Imports of one workbook: the newest."""


@dataclass(frozen=True, kw_only=True)
class OpenRows:
    """The rejected rows that nobody has corrected or dropped: in which imports, longest first; how many, and
    the tally of those that are money, of each type. One that was rejected in several imports counts once.
    """

    imports: tuple[Listed, ...]
    rows: int
    money: Mapping[ImportType, Tally]


@dataclass(frozen=True, kw_only=True)
class History:
    """A page of imports, newest first; `count` and `money` (what still stands of each type) are those of all
    pages. `still_rejected` says which rows of an import on the page nobody has corrected, and whether they
    were dropped; `open` tells of those of all imports that the user may see, whatever was wanted.
    """

    lines: tuple[Listed, ...]
    still_rejected: dict[str, StillRejected]
    count: int
    money: Mapping[ImportType, Tally]
    page: int
    open: OpenRows

    @property
    def pages(self) -> int:
        """At least one, which may be empty."""
        return pages_of(self.count, PAGE)

    def state(self, line: Listed) -> State:
        """What became of one of these imports."""
        return _state(line.batch, self.still_rejected.get(line.batch.id))


def _state(batch: Batch, still: StillRejected | None) -> State:
    if batch.status == BatchStatus.REVERSED or (still and still.withdrawn):
        return State.REVERSED
    if still:
        return State.OPEN if still.rows else State.DROPPED
    return State.CORRECTED if batch.rows_rejected else State.COMPLETE


def history(user: CurrentUser, wanted: HistoryFilter = EVERYTHING, *, page: int = 1) -> History:
    """A page of the imports that are wanted, of the types that the user may import; the last page where
    there are not so many. Raises Refusal `no-right`, as do the others here."""
    with database.reading() as session:
        types = types_of(session, user)
        rejected = corrections.still_rejected(session, [type.slug for type in types])
        where = conditions(session, types, wanted, rejected)
        count, standing = _standing(session, where)
        page = page_shown(page, pages=pages_of(count, PAGE))
        lines = tuple(_lines(session, user, where, most=PAGE, after=(page - 1) * PAGE))
        waiting = _open_rows(session, user, types, rejected)
    shown = {line.batch.id for line in lines}
    return History(
        lines=lines,
        still_rejected={id_: found for id_, found in rejected.items() if id_ in shown},
        count=count,
        money=standing,
        page=page,
        open=waiting,
    )


def _standing(session: Session, where: Sequence[ColumnElement[bool]]) -> tuple[int, dict[ImportType, Tally]]:
    """How many imports there are, and what still stands of each type of money."""
    query = select(
        col(Batch.type),
        func.count(),
        func.sum(still_standing(col(Batch.rows_posted), col(Batch.rows_reversed))),
        func.sum(still_standing(col(Batch.amount_posted), col(Batch.amount_reversed))),
    ).group_by(col(Batch.type))
    found = {slug: sums for slug, *sums in session.execute(query.where(*where))}
    standing = {
        type: Tally(rows=int(found[slug][1] or 0), amount=int(found[slug][2] or 0))
        for slug, type in ALL.items()
        if type.summed and slug in found
    }
    return sum(sums[0] for sums in found.values()), standing


def _open_rows(
    session: Session, user: CurrentUser, types: Sequence[ImportType], rejected: dict[str, StillRejected]
) -> OpenRows:
    where = conditions(session, types, HistoryFilter(state=State.OPEN), rejected)
    lines = tuple(_lines(session, user, where, most=MOST))
    rows: dict[str, tuple[ImportType, int | None]] = {}
    for line in lines[::-1]:  # of what was rejected again, the newest amount
        rows |= {key: (line.type, amount) for key, amount in rejected[line.batch.id].open.items()}
    money = {
        type: tally_of_amounts([amount for own, amount in rows.values() if own is type], type.against_sign)
        for type in types
        if type.summed
    }
    return OpenRows(
        imports=lines[::-1],
        rows=len(rows),
        money={type: tally for type, tally in money.items() if tally.rows},
    )


def anything_imported(user: CurrentUser) -> bool:
    """Whether there is any import that this user may see."""
    with database.reading() as session:
        where = conditions(session, types_of(session, user), EVERYTHING, {})
        return bool(session.execute(select(exists().where(*where))).scalar_one())


def people(user: CurrentUser) -> dict[int, str]:
    """Who has imported something that this user may see, by name."""
    with database.reading() as session:
        slugs = [type.slug for type in types_of(session, user)]
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


def history_workbook(user: CurrentUser, address: str) -> bytes:
    """The imports that an address (`address_of`) names, as a workbook. Raises Refusal `not-found`."""
    wanted = wanted_of(address)
    with database.reading() as session:
        types = types_of(session, user)
        if not types:
            raise no_such_file()
        rejected = corrections.still_rejected(session, [type.slug for type in types])
        where = conditions(session, types, wanted, rejected)
        lines = tuple(_lines(session, user, where, most=MOST))
        by = "" if wanted.by is None else name_of(session, wanted.by)
    return write_listing(
        Listing(
            title=_("Imports"),
            about={
                _("Company"): settings().told_company,
                _("Made"): told_time(now()),
                _("By"): user.name,
                _("Filter"): in_words(wanted, by) or _("none"),
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
            rows=(_row(line, rejected.get(line.batch.id)) for line in lines),
        )
    )


def _row(line: Listed, still: StillRejected | None) -> list[Cell]:
    """A line of the workbook."""
    batch = line.batch
    return [
        batch.file_name,
        _(line.type.title),
        _(_state(batch, still)),
        batch.rows_posted,
        "" if batch.amount_posted is None else from_thousandths(batch.amount_posted),
        batch.rows_rejected,
        still.rows if still else 0,
        told_time(batch.posted_at or batch.changed_at),
        line.posted_by,
    ]


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
