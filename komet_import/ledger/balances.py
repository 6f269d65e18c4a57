"""What we owe customers and what they owe us: sums of their adjustments, by customer, type and age.

The database adds up; nothing is kept beside the adjustments, so a balance can never disagree with them.
Amounts are thousandths; an adjustment's own is positive where we owe it. Only the money of the given types
counts: whoever calls has asked for the right to see it before.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from komet_import.accents import folded
from komet_import.language import marked
from komet_import.ledger.database import reading
from komet_import.ledger.list_pages import page_shown, pages_of
from komet_import.ledger.models import Adjustment, Customer, CustomerLocation, Location
from komet_import.ledger.open_sums import Open, Sums, open_by_party
from komet_import.types import ImportType, Side, with_money

PAGE = 100
"""Lines of one page."""
TOP = 10
"""How many of the largest stand out."""


@dataclass(frozen=True, kw_only=True)
class Balance(Sums):
    """A customer's open balance."""

    customer_id: int
    code: str
    name: str
    active: bool


class Order(StrEnum):
    """What comes first in a list of balances."""

    LARGEST = marked("Largest balance")
    OLDEST = marked("Most over 90 days")
    CODE = marked("Customer code")


_FIRST: dict[Order, Callable[[Balance], Any]] = {
    Order.LARGEST: lambda line: -abs(line.amount),
    Order.OLDEST: lambda line: -sum(abs(found.ages[-1]) for found in line.of.values()),
    Order.CODE: lambda line: 0,  # they come in the order of their codes
}


@dataclass(frozen=True, kw_only=True)
class Balances(Sums):
    """One page of balances. `customers`, `largest` (on each side of the balance those ten on which most is
    open there, whatever is open on the other) and the sums are those of all pages."""

    lines: tuple[Balance, ...]
    largest: Mapping[Side, tuple[Balance, ...]]
    customers: int
    page: int
    pages: int


@dataclass(frozen=True, kw_only=True)
class Place:
    """A location to choose from."""

    id: int
    code: str
    name: str


def places() -> list[Place]:
    """Every location of the company's, by code."""
    query = select(col(Location.id), col(Location.code), col(Location.name)).order_by(col(Location.code_key))
    with reading() as session:
        return [Place(id=id_, code=code, name=name) for id_, code, name in session.execute(query)]


def balances(
    *,
    search: str = "",
    location_id: int | None = None,
    settled: bool = False,
    order: Order = Order.LARGEST,
    page: int = 1,
    types: Sequence[ImportType] | None = None,
) -> Balances:
    """The open balances of the customers whose code or name contains every word of `search`.

    Case and accents do not matter, in any script: the words are compared here, because databases fold
    only ASCII without settings of their own. With `settled` customers without a balance are listed too.
    A page beyond the last one is the last one. `types` are those whose money counts (None: all).
    """
    found = every(search=search, location_id=location_id, settled=settled, types=types)
    pages = pages_of(len(found), PAGE)
    page = page_shown(page, pages=pages)
    return Balances(
        lines=tuple(sorted(found, key=_FIRST[order])[(page - 1) * PAGE : page * PAGE]),
        largest={side: _largest(found, side, with_money() if types is None else types) for side in Side},
        customers=len(found),
        of=_together(line.of for line in found),
        page=page,
        pages=pages,
    )


def every(
    *,
    search: str = "",
    location_id: int | None = None,
    settled: bool = False,
    types: Sequence[ImportType] | None = None,
) -> list[Balance]:
    """As `balances`, all of them in the order of their codes."""
    with reading() as session:
        lines = _summed(session, slugs(types), location_id, settled=settled)
    words = folded(search).split()
    return [line for line in lines if not words or _says(words, line.code, line.name)]


def customers_saying(session: Session, search: str) -> list[int]:
    """The ids of the customers whose code or name contains every word; none where nothing is said."""
    words = folded(search).split()
    if not words:
        return []
    customers = session.execute(select(col(Customer.id), col(Customer.code), col(Customer.name)))
    return [id_ for id_, code, name in customers if id_ is not None and _says(words, code, name)]


def slugs(types: Sequence[ImportType] | None) -> list[str]:
    """Their slugs; of None, those of every type with money."""
    return [type.slug for type in (with_money() if types is None else types)]


def _largest(lines: Sequence[Balance], side: Side, types: Sequence[ImportType]) -> tuple[Balance, ...]:
    """Those of which most is open on one side of the balance, the largest first."""
    there = [line for line in lines if line.on(side, types)]
    return tuple(sorted(there, key=lambda line: -line.on(side, types))[:TOP])


def _together(several: Iterable[Mapping[str, Open]]) -> dict[str, Open]:
    """The sums of all of them."""
    found: dict[str, Open] = {}
    for sums in several:
        for slug, one in sums.items():
            found[slug] = found.get(slug, Open()) + one
    return found


def _summed(
    session: Session, slugs: Sequence[str], location_id: int | None, *, settled: bool
) -> list[Balance]:
    """Customers with the sums of their adjustments, in the order of their codes."""
    where: list[ColumnElement[bool]] = [col(Adjustment.type).in_(slugs)]
    if location_id is not None:
        where.append(col(Adjustment.location_id) == location_id)
    sums = open_by_party(session, where)
    shown = {id_ for id_, of in sums.items() if any(one.amount for one in of.values())}
    if settled:
        shown |= sums.keys() | _at_home(session, location_id)
    customers = session.execute(
        select(col(Customer.id), col(Customer.code), col(Customer.name), col(Customer.active)).order_by(
            col(Customer.code_key)
        )
    )
    return [
        Balance(customer_id=id_, code=code, name=name, active=active, of=sums.get(id_, {}))
        for id_, code, name, active in customers
        if id_ in shown
    ]


def _at_home(session: Session, location_id: int | None) -> set[int]:
    """The customers of a location, or all."""
    if location_id is None:
        return {id_ for id_ in session.execute(select(col(Customer.id))).scalars() if id_ is not None}
    belongs = col(CustomerLocation.location_id) == location_id
    return set(session.execute(select(col(CustomerLocation.customer_id)).where(belongs)).scalars())


def _says(words: Sequence[str], code: str, name: str) -> bool:
    text = folded(f"{code} {name}")
    return all(word in text for word in words)
