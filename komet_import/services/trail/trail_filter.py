"""Which entries of the audit trail are wanted: what an Admin filters them by, in an address and in words."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlencode

from komet_import.clock import told_time
from komet_import.language import _
from komet_import.ledger.audit import TITLES, Event
from komet_import.ledger.audit_trail import NOBODY, TrailFilter
from komet_import.refusal import Refusal
from komet_import.services import history_filter
from komet_import.services.download_address import EVERYWHERE, no_such_file

_FIELDS = frozenset({"by", "kind", "since", "until", "text"})


def address_of(wanted: TrailFilter) -> str:
    """A filter as a part of an address; `filter_of` reads it."""
    fields: list[tuple[str, object]] = [("kind", str(kind)) for kind in wanted.kinds]
    if wanted.by is not None:
        fields.append(("by", wanted.by))
    fields += [(name, moment.isoformat()) for name in ("since", "until") if (moment := getattr(wanted, name))]
    if wanted.text:
        fields.append(("text", wanted.text))
    return urlencode(fields) or EVERYWHERE


def filter_of(address: str) -> TrailFilter:
    """The filter that an address names. Raises Refusal `not-found` for what names none."""
    try:
        fields = {} if address == EVERYWHERE else parse_qs(address, strict_parsing=True)
        if not _FIELDS.issuperset(fields):  # what nobody knows must not mean everything
            raise ValueError(address)
        return TrailFilter(
            by=int(fields["by"][0]) if "by" in fields else None,
            kinds=tuple(Event(kind) for kind in fields.get("kind", ())),
            since=_moment(fields.get("since")),
            until=_moment(fields.get("until")),
            text=fields.get("text", [""])[0],
        )
    except (ValueError, OverflowError):
        raise no_such_file() from None


def _moment(given: Sequence[str] | None) -> datetime | None:
    if given is None:
        return None
    moment = datetime.fromisoformat(given[0])
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def in_words(address: str, people: Mapping[int, str]) -> str:
    """What the filter of a file was, of the audit trail or of the history, with the names of `people` by the
    ID of their user. What names no filter is told as it is."""
    try:
        history = history_filter.wanted_of(address)
        return history_filter.in_words(history, _who(history.by, people)) or _("everything")
    except Refusal:
        pass
    try:
        wanted = filter_of(address)
    except Refusal:
        return address
    said = {
        _("Person"): _who(wanted.by, people),
        _("What was done"): ", ".join(_(TITLES[kind]) for kind in wanted.kinds),
        _("From"): told_time(wanted.since) if wanted.since else "",
        _("Before"): told_time(wanted.until) if wanted.until else "",
        _("Search"): wanted.text,
    }
    return " · ".join(f"{name}: {value}" for name, value in said.items() if value) or _("everything")


def _who(by: int | None, people: Mapping[int, str]) -> str:
    if by is None:
        return ""
    return _("Terminal and server") if by == NOBODY else people.get(by, str(by))
