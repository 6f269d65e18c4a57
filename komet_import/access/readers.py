"""How a person is told things: in their language, and with times in their zone."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from komet_import import clock
from komet_import.access.users import CurrentUser
from komet_import.language.current import Language, of_person, speaking

T = TypeVar("T")


@dataclass(frozen=True)
class Reader:
    """A language, and the name of a zone; blank for UTC, which is named then."""

    language: Language
    zone: str


RECORD = Reader(Language.ENGLISH, "")
"""Who reads what is kept for all, such as the audit trail."""


def reader(person: CurrentUser) -> Reader:
    """How somebody reads their mails."""
    return Reader(of_person(person.language, person.met_language), person.zone)


@contextmanager
def telling(reader: Reader) -> Iterator[None]:
    """Inside, texts are told for that reader; for this thread only."""
    with speaking(reader.language), clock.telling_in(clock.zone_named(reader.zone)):
        yield


def told_to(people: Iterable[CurrentUser], tell: Callable[[], T]) -> dict[Reader, T]:
    """The same told to each of several persons, and for the record."""
    told: dict[Reader, T] = {}
    for one in {RECORD, *map(reader, people)}:
        with telling(one):
            told[one] = tell()
    return told
