"""The audit trail, for an Admin: looked through, and taken away as a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlencode

from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.ledger import audit_trail as trail
from komet_import.ledger import database
from komet_import.ledger.audit import Event
from komet_import.ledger.audit_trail import PAGE_LINES, TrailFilter, TrailLine
from komet_import.refusal import Refusal
from komet_import.services import audit_words
from komet_import.services.rights import require_admin
from komet_import.sheets.workbooks.audit import TrailRow, write_trail

MOST_ROWS = 100_000
"""Of a workbook: the newest."""


@dataclass(frozen=True, kw_only=True)
class TrailPage:
    """A page of the trail: its lines, the newest first, and how many there are on all `pages`."""

    lines: tuple[TrailLine, ...]
    entries: int
    page: int

    @property
    def pages(self) -> int:
        """At least one, which may be empty."""
        return max(1, -(-self.entries // PAGE_LINES))


def audit_trail(user: CurrentUser, wanted: TrailFilter | None = None, *, page: int = 1) -> TrailPage:
    """A page of the entries that are wanted; the last one where there are not so many. Raises Refusal
    `no-right`.
    """
    chosen = wanted or TrailFilter()
    with database.reading() as session:
        require_admin(session, user)
        entries = trail.count(session, chosen)
        page = min(max(1, page), max(1, -(-entries // PAGE_LINES)))
        found = trail.lines(session, chosen, after=(page - 1) * PAGE_LINES, most=PAGE_LINES)
        return TrailPage(lines=tuple(found), entries=entries, page=page)


def address_of(wanted: TrailFilter) -> str:
    """A filter as a part of an address; `filter_of` reads it."""
    fields: list[tuple[str, object]] = [("kind", str(kind)) for kind in wanted.kinds]
    if wanted.by is not None:
        fields.append(("by", wanted.by))
    fields += [(name, moment.isoformat()) for name in ("since", "until") if (moment := getattr(wanted, name))]
    if wanted.text:
        fields.append(("text", wanted.text))
    return urlencode(fields) or "all"


def filter_of(address: str) -> TrailFilter:
    """The filter that an address names. Raises Refusal `not-found` for what names none."""
    fields = {} if address == "all" else parse_qs(address, keep_blank_values=True)
    try:
        return TrailFilter(
            by=int(fields["by"][0]) if "by" in fields else None,
            kinds=tuple(Event(kind) for kind in fields.get("kind", ())),
            since=_moment(fields.get("since")),
            until=_moment(fields.get("until")),
            text=fields.get("text", [""])[0],
        )
    except (ValueError, OverflowError):
        raise Refusal("not-found", _("There is no such file, or you may not have it.")) from None


def _moment(given: Sequence[str] | None) -> datetime | None:
    if given is None:
        return None
    moment = datetime.fromisoformat(given[0])
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def trail_workbook(user: CurrentUser, wanted: TrailFilter) -> bytes:
    """The entries that are wanted as a workbook, with their places in the chain and their seals. Raises
    Refusal `no-right`.
    """
    with database.reading() as session:
        require_admin(session, user)
        found = [_row(line) for line in trail.lines(session, wanted, most=MOST_ROWS)]
    return write_trail(found)


def _row(line: TrailLine) -> TrailRow:
    changed = audit_words.changes(line.details)
    return TrailRow(
        entry=line.id,
        at=f"{line.at.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
        who=line.who,
        username=line.username,
        what=_(line.title),
        about=line.file_name or line.about,
        details="\n".join(f"{name}: {said}" for name, said in audit_words.facts(line.details).items()),
        before="\n".join(f"{change.name}: {change.before}" for change in changed),
        after="\n".join(f"{change.name}: {change.after}" for change in changed),
        address=line.address,
        place=line.place,
        seal=line.seal,
    )
