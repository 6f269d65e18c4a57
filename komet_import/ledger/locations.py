"""The company's places. With more than one, every credit names its location (docs/komet-sales.md §2).

Every function works inside a transaction of the caller's and refuses in one sentence. Who did it (`by`, the
id of a user, None for the terminal) goes into the audit trail with the change, in one commit.
"""

from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from komet_import import types
from komet_import.language import _
from komet_import.language.lists import listed
from komet_import.ledger import audit
from komet_import.ledger.audit import Event
from komet_import.ledger.models import Adjustment, CustomerLocation, Location, now
from komet_import.refusal import Refusal, quoted
from komet_import.types import Meaning
from komet_import.types.codes import code_key
from komet_import.types.schema import PARTIES

LONGEST_CODE, LONGEST_NAME = 20, 100


@dataclass(frozen=True, kw_only=True)
class ListedLocation:
    """A line of the list of locations: how many customers belong to it, how many adjustments name it."""

    id: int
    code: str
    name: str
    customers: int
    adjustments: int

    @property
    def used(self) -> bool:
        """Whether anything refers to it, so that it must stay."""
        return bool(self.customers or self.adjustments)


def all(session: Session) -> list[ListedLocation]:
    """Every location, by code."""
    customers = _counted(session, col(CustomerLocation.location_id))
    adjustments = _counted(session, col(Adjustment.location_id))
    return [
        ListedLocation(
            id=_id(place),
            code=place.code,
            name=place.name,
            customers=customers.get(_id(place), 0),
            adjustments=adjustments.get(_id(place), 0),
        )
        for place in session.execute(select(Location).order_by(col(Location.code_key))).scalars()
    ]


def _counted(session: Session, location: Mapped[int | None]) -> dict[int, int]:
    query = select(location, func.count()).where(location.is_not(None)).group_by(location)
    return {int(id_): int(count) for id_, count in session.execute(query)}


def find(session: Session, code: str) -> Location:
    """The location of that code, without regard to case. Raises Refusal `no-such-location`."""
    place: Location | None = session.execute(
        select(Location).where(col(Location.code_key) == code_key(code))
    ).scalar_one_or_none()
    if place is None:
        raise Refusal("no-such-location", _("{code} is no location; look at the list.", code=quoted(code)))
    return place


def add(session: Session, *, code: str, name: str, by: int | None = None) -> Location:
    """A new location. Raises Refusal for a code that is taken, or a value that cannot be used.

    From the second one on all money must name its location.
    """
    code, name = _checked_code(code), _checked_name(name)
    place = Location(code=code, code_key=code_key(code), name=name)
    session.add(place)
    _flush(session, code)
    audit.record(session, what=Event.LOCATION_ADDED, by=by, about=code, details={"after": _told(place)})
    return place


def change(
    session: Session,
    *,
    location_id: int,
    code: str | None = None,
    name: str | None = None,
    by: int | None = None,
) -> Location:
    """Another code, another name, or both; what refers to the location goes on doing so."""
    place = _get(session, location_id)
    before = _told(place)
    if code is not None:
        place.code = _checked_code(code)
        place.code_key = code_key(place.code)
    if name is not None:
        place.name = _checked_name(name)
    after = _told(place)
    if after == before:
        return place
    place.updated_at = now()
    session.add(place)
    _flush(session, place.code)
    audit.record(
        session,
        what=Event.LOCATION_CHANGED,
        by=by,
        about=before["code"],
        details={"before": before, "after": after},
    )
    return place


def remove(session: Session, *, location_id: int, by: int | None = None) -> None:
    """Take a location away that nothing refers to yet, as one that was added by mistake.

    Raises Refusal `location-in-use` where a customer belongs to it or an adjustment names it.
    """
    place = _get(session, location_id)
    things = listed([_(PARTIES[1]), *(_(type.noun[1]) for type in types.saying(Meaning.LOCATION))], "or")
    used = Refusal(
        "location-in-use",
        _(
            "{code} has {things}, so it stays; you may give it another code or name.",
            code=place.code,
            things=things,
        ),
    )
    if next(line.used for line in all(session) if line.id == location_id):
        raise used
    try:
        session.execute(delete(Location).where(col(Location.id) == location_id))
    except IntegrityError:  # somebody gave it a customer in the same moment
        raise used from None
    audit.record(
        session, what=Event.LOCATION_REMOVED, by=by, about=place.code, details={"before": _told(place)}
    )


def _get(session: Session, location_id: int) -> Location:
    place = session.get(Location, location_id)
    if place is None:
        raise Refusal("no-such-location", _("This location does not exist any more; reload the list."))
    return place


def _flush(session: Session, code: str) -> None:
    try:
        session.flush()
    except IntegrityError:
        raise Refusal(
            "location-exists",
            _("There is a location {code} already; choose another code.", code=quoted(code)),
        ) from None


def _checked_code(code: str) -> str:
    code = code.strip()
    # A sheet of customers separates several codes by colons (docs/komet-sales.md §2).
    if not 1 <= len(code) <= LONGEST_CODE or not code.isprintable() or ":" in code:
        raise Refusal(
            "bad-location-code",
            _(
                "{code} is no code of a location; use 1 to {longest} characters without a colon.",
                code=quoted(code),
                longest=LONGEST_CODE,
            ),
        )
    return code


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise Refusal(
            "bad-location-name",
            _(
                "The name of a location must have 1 to {longest} printable characters.",
                longest=LONGEST_NAME,
            ),
        )
    return name


def _told(place: Location) -> dict[str, str]:
    """What the audit trail says of a location."""
    return {"code": place.code, "name": place.name}


def _id(place: Location) -> int:
    assert place.id is not None, "a stored location has an id"  # noqa: S101
    return place.id
