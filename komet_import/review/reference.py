"""What a sheet is judged against: the customers, the locations, and what was posted before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from komet_import.review.sameness import Parts, number_key
from komet_import.review.suggestions import Suggester, comparable
from komet_import.sheets.layout.values.known import Known, name_key
from komet_import.types import ColumnFormat
from komet_import.types.codes import code_key


@dataclass(frozen=True, slots=True)
class KnownCustomer:
    """A customer of the reference list, with the meanings of its record as names; `locations` are ids."""

    id: int
    code: str
    name: str
    active: bool
    locations: frozenset[int]
    accounting_code: str = ""
    customer_type: str = ""
    salesperson: str = ""


@dataclass(frozen=True, slots=True)
class KnownLocation:
    """A location of the company's."""

    id: int
    code: str
    name: str


@dataclass(frozen=True)
class Directory:
    """The customers and locations of one moment, keyed by `code_key`, and the months that are closed
    (`review.months`)."""

    customers: Mapping[str, KnownCustomer]
    locations: Mapping[str, KnownLocation]
    closed: frozenset[date] = frozenset()

    @property
    def multi_location(self) -> bool:
        """Whether all money must name its location (docs/komet-sales.md §2)."""
        return len(self.locations) > 1

    @cached_property
    def customers_by_id(self) -> dict[int, KnownCustomer]:
        """The customers by id."""
        return {customer.id: customer for customer in self.customers.values()}

    @cached_property
    def locations_by_id(self) -> dict[int, KnownLocation]:
        """The locations by id."""
        return {location.id: location for location in self.locations.values()}

    @cached_property
    def known(self) -> Known:
        """What the values of a sheet's columns are compared with, to tell which column they are."""
        return Known(
            codes=frozenset(self.customers),
            names=frozenset(name_key(customer.name) for customer in self.customers.values()),
            locations=frozenset(self.locations),
        )

    @cached_property
    def customers_alike(self) -> Mapping[str, tuple[KnownCustomer, ...]]:
        """The customers by the form in which their codes are alike (`sameness.number_key`)."""
        return _grouped((number_key(known.code), known) for known in self.customers.values())

    @cached_property
    def customers_named(self) -> Mapping[str, tuple[KnownCustomer, ...]]:
        """The customers by their names, as names are compared."""
        return _grouped((comparable(known.name), known) for known in self.customers.values())

    @cached_property
    def longest_code(self) -> int:
        """How long the customers' codes are at the most."""
        return max((len(known.code) for known in self.customers.values()), default=0)

    @cached_property
    def customer_suggester(self) -> Suggester:
        """Ranks active customers for a code that is not known."""
        return Suggester((c.code, c.name) for c in self.customers.values() if c.active)

    @cached_property
    def location_suggester(self) -> Suggester:
        """Ranks locations for a code that is not known."""
        return Suggester(((known.code, known.name) for known in self.locations.values()), places=True)

    def suggester(self, kind: ColumnFormat) -> Suggester | None:
        """Ranks what may be meant in a column of one code; None where it holds no code of the directory."""
        if kind is ColumnFormat.CUSTOMER:
            return self.customer_suggester
        return self.location_suggester if kind is ColumnFormat.LOCATION else None

    def named(self, kind: ColumnFormat, code: str) -> KnownCustomer | KnownLocation | None:
        """What a code names in a column of one code, active or not."""
        if kind is ColumnFormat.CUSTOMER:
            return self.customers.get(code_key(code))
        return self.locations.get(code_key(code)) if kind is ColumnFormat.LOCATION else None

    def usable(self, kind: ColumnFormat, code: str) -> KnownCustomer | KnownLocation | None:
        """What a code names there, as long as money may be posted to it."""
        found = self.named(kind, code)
        return None if isinstance(found, KnownCustomer) and not found.active else found


def _grouped(said: Iterable[tuple[str, KnownCustomer]]) -> Mapping[str, tuple[KnownCustomer, ...]]:
    found: dict[str, tuple[KnownCustomer, ...]] = {}
    for key, known in said:
        if key:
            found[key] = (*found.get(key, ()), known)
    return found


class Alike(NamedTuple):
    """What stands in the ledger and looks like a row: when it was posted, whether it carried a
    number of its own, and the newest posting like it; how many `times` it stands there, and its `numbers`."""

    at: datetime
    numbered: bool
    newest: int = 0
    times: int = 1
    numbers: tuple[str, ...] = ()


class Numbered(NamedTuple):
    """A document that stands in the ledger under a number, and when it was posted."""

    number: str
    at: datetime
    id: int = 0


class PartyStanding(NamedTuple):
    """What of one import type stands in the ledger for a party (what was reversed does not): how many
    documents, what they do to the balance, and the largest of them, which is never negative. Thousandths.
    """

    documents: int = 0
    amount: int = 0
    largest: int = 0


NOTHING_STANDS = PartyStanding()

OfParties = Mapping[int, Mapping[str, PartyStanding]]
"""What stands for parties, by their id and by the slug of the type. Who is not in it was not asked for."""


class Origin(NamedTuple):
    """What a row was when it was rejected before: the key of the first time (`ledger.corrections`); the file,
    the Excel row and the batch of the time that its key names."""

    key: str
    file_name: str
    row: int
    batch_id: str = ""


class Corrected(NamedTuple):
    """Where a rejected row was posted after all: the batch, its file, and the Excel row there."""

    batch_id: str
    file_name: str
    row: int


class Dropped(NamedTuple):
    """That somebody decided not to import a rejected row: who, when and why."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class Posted:
    """What stands in the ledger already (what was reversed does not), as far as a sheet may collide with it.

    `keys` maps what makes a row of this type a duplicate to the moment at which it was posted; `alike`
    maps what makes two rows look alike to the posting that collides most (both by `sameness.Parts`);
    `corrected` maps the keys of origins to the place where they were posted, `dropped` those of others to
    who decided that they are not. `standing` has what stands for
    the parties of the sheet, of every type of money, whether or not a row collides with it.
    """

    keys: Mapping[Parts, datetime] = field(default_factory=dict)
    alike: Mapping[Parts, Alike] = field(default_factory=dict)
    numbers: Mapping[Parts, tuple[Numbered, ...]] = field(default_factory=dict)
    corrected: Mapping[str, Corrected] = field(default_factory=dict)
    dropped: Mapping[str, Dropped] = field(default_factory=dict)
    standing: OfParties = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Reference:
    """The facts of one moment; `ceiling` is the largest amount of one row, in thousandths.

    `currency` is the ledger's, as a code of three letters.
    """

    directory: Directory
    posted: Posted = field(default_factory=Posted)
    ceiling: int
    today: date
    currency: str = "USD"
