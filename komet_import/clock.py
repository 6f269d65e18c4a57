"""The time: the one seam that may be faked, by tests and by the demo's past."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_earlier: ContextVar[timedelta] = ContextVar("earlier", default=timedelta())
_readers: ContextVar[tzinfo | None] = ContextVar("readers", default=None)


def now() -> datetime:
    """The current time in UTC."""
    return datetime.now(UTC) - _earlier.get()


def today() -> date:
    """The server's own day: how far a day is from it only moves a warning or a question."""
    return now().astimezone().date()


@contextmanager
def earlier(by: timedelta) -> Iterator[None]:
    """Inside, it is earlier than it is; for this thread only."""
    token = _earlier.set(_earlier.get() + by)
    try:
        yield
    finally:
        _earlier.reset(token)


@contextmanager
def telling_in(zone: tzinfo | None) -> Iterator[None]:
    """Inside, times are told in the zone of the one who reads them; for this thread only."""
    token = _readers.set(zone)
    try:
        yield
    finally:
        _readers.reset(token)


def tell_in(zone: tzinfo | None) -> None:
    """From now on times are told in that zone, in this thread: it draws the page of one reader."""
    _readers.set(zone)


def reader_zone() -> tzinfo | None:
    """The zone of the one who reads, where it is known."""
    return _readers.get()


def zone_named(name: str) -> ZoneInfo | None:
    """The zone of a name such as `America/Bogota`; None for one that there is not, as a browser may say."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def told_day(moment: datetime) -> str:
    """The day of a moment for a sentence: `2026-03-02` in its reader's zone. Where that is not known, as in a
    mail or the terminal, the sentence says which zone it means: `2026-03-02 UTC`.
    """
    return _told(moment, "%Y-%m-%d")


def told_time(moment: datetime) -> str:
    """The same with the time of day: `2026-03-02 10:42`, `2026-03-02 15:42 UTC`."""
    return _told(moment, "%Y-%m-%d %H:%M")


def _told(moment: datetime, form: str) -> str:
    zone = reader_zone()
    return moment.astimezone(zone).strftime(form) if zone else f"{moment.astimezone(UTC):{form}} UTC"
