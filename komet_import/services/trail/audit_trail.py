"""The audit trail, for an Admin: looked through, and taken away as a workbook."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC

from sqlmodel import Session

from komet_import.access import users
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.ledger import audit_trail as trail
from komet_import.ledger import database
from komet_import.ledger.audit_trail import PAGE_LINES, TrailFilter, TrailLine
from komet_import.ledger.list_pages import page_shown, pages_of
from komet_import.services.rights import require_admin
from komet_import.services.trail import audit_words
from komet_import.sheets.workbooks.audit import TrailRow, write_trail

MOST_ROWS = 100_000
"""Of a workbook: the newest."""


@dataclass(frozen=True, kw_only=True)
class TrailPage:
    """A page of the trail: its lines, the newest first, and how many there are on all `pages`. `people` are
    the names of all users, by ID: entries say of some only that."""

    lines: tuple[TrailLine, ...]
    entries: int
    page: int
    people: Mapping[int, str]

    @property
    def pages(self) -> int:
        """At least one, which may be empty."""
        return pages_of(self.entries, PAGE_LINES)


def audit_trail(user: CurrentUser, wanted: TrailFilter | None = None, *, page: int = 1) -> TrailPage:
    """A page of the entries that are wanted; the last one where there are not so many. Raises Refusal
    `no-right`.
    """
    chosen = wanted or TrailFilter()
    with database.reading() as session:
        require_admin(session, user)
        entries = trail.count(session, chosen)
        page = page_shown(page, pages=pages_of(entries, PAGE_LINES))
        found = trail.lines(session, chosen, after=(page - 1) * PAGE_LINES, most=PAGE_LINES)
        return TrailPage(lines=tuple(found), entries=entries, page=page, people=_people(session))


def _people(session: Session) -> dict[int, str]:
    return {one.id: one.name for one in users.all(session)}


def trail_workbook(user: CurrentUser, wanted: TrailFilter) -> bytes:
    """The entries that are wanted as a workbook, with their places in the chain and their seals. Raises
    Refusal `no-right`.
    """
    with database.reading() as session:
        require_admin(session, user)
        people = _people(session)
        found = [_row(line, people) for line in trail.lines(session, wanted, most=MOST_ROWS)]
    return write_trail(found)


def _row(line: TrailLine, people: Mapping[int, str]) -> TrailRow:
    said, changed = audit_words.facts(line.details, people), audit_words.changes(line.details)
    return TrailRow(
        entry=line.id,
        at=f"{line.at.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
        who=line.who,
        username=line.username,
        what=_(line.title),
        about=audit_words.about(line),
        details="\n".join(f"{name}: {text}" for name, text in said.items()),
        before="\n".join(f"{change.name}: {change.before}" for change in changed),
        after="\n".join(f"{change.name}: {change.after}" for change in changed),
        address=line.address,
        place=line.place,
        seal=line.seal,
    )
