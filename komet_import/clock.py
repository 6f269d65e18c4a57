"""The time: the one seam that may be faked, by tests and by the demo's past."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

_earlier: ContextVar[timedelta] = ContextVar("earlier", default=timedelta())


def now() -> datetime:
    """The current time in UTC."""
    return datetime.now(UTC) - _earlier.get()


@contextmanager
def earlier(by: timedelta) -> Iterator[None]:
    """Inside, it is earlier than it is; for this thread only."""
    token = _earlier.set(_earlier.get() + by)
    try:
        yield
    finally:
        _earlier.reset(token)


def utc_day(moment: datetime) -> str:
    """The day of a moment for a sentence that many people read, each in a time zone of their own; so it says
    which day it means: `2026-03-02 UTC`.
    """
    return f"{moment.astimezone(UTC):%Y-%m-%d} UTC"
