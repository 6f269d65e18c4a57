"""What the ledger holds, to take away as workbooks: balances by age, one customer's statement, all
adjustments between two days. Each tells the money of the types that its person may import, and no other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from komet_import.access.users import CurrentUser
from komet_import.clock import told_time
from komet_import.language import _
from komet_import.language.lists import listed
from komet_import.ledger import adjustments, ageing, balances, database, statement
from komet_import.ledger.adjustments import By
from komet_import.ledger.models import now
from komet_import.ledger.open_sums import Open, Sums, sides_of
from komet_import.ledger.statement import Entry
from komet_import.refusal import Refusal
from komet_import.services.download_address import EVERYWHERE, no_such_file
from komet_import.services.statements import require_balances
from komet_import.settings import settings
from komet_import.sheets.workbooks.listing import Cell, Listing, write_listing
from komet_import.types import ALL, ImportType, Meaning
from komet_import.types.money import from_thousandths, money, to_thousandths
from komet_import.types.schema import SIDES, shared_name

PERIOD_END = timedelta(days=3)
"""The last three days of a month."""
ROUND = to_thousandths(Decimal(100))
"""A round amount is a multiple of this."""
SELDOM = 5
"""Who has posted fewer imports than this seldom posts."""


@dataclass(frozen=True, kw_only=True)
class Range:
    """The days whose adjustments are wanted, both included: the document's own, or those of its import."""

    by: By
    first: date
    last: date

    @property
    def words(self) -> str:
        """As a download names it: `dated_2026-01-01_2026-01-31`."""
        return f"{self.by}_{self.first}_{self.last}"

    @classmethod
    def read(cls, words: str) -> "Range":
        """From these words. Raises Refusal `not-found`."""
        try:
            by, first, last = words.split("_")
            return cls(by=By(by), first=date.fromisoformat(first), last=date.fromisoformat(last))
        except ValueError:
            raise no_such_file() from None


def count_adjustments(user: CurrentUser, wanted: Range) -> int:
    """How many adjustments there are in these days. Raises Refusal `no-right`."""
    return adjustments.count(wanted.by, wanted.first, wanted.last, types=require_balances(user))


def balances_workbook(user: CurrentUser, of: str) -> bytes:
    """Every open balance by age, of one location (its id) or of all. Raises Refusal `no-right`."""
    types = require_balances(user)
    location_id, place = _place(of)
    lines = balances.every(location_id=location_id, types=types)

    def rows() -> Iterator[Sequence[Cell]]:
        for line in lines:
            told = [*_sums(line, types).values(), *line.net_aged(types)]
            yield [line.code, line.name, *map(from_thousandths, told), line.standing]

    return write_listing(
        Listing(
            title=_("Balances"),
            about=_about(user, types, {_("Location"): place, _("Customers"): f"{len(lines):,}"}),
            headings=[
                (_("Code"), 14),
                (_("Customer"), 36),
                *((name, 16) for name in (*_sums(Sums(), types), *map(_, ageing.AGES))),
                (_("Open items"), 12),
            ],
            rows=rows(),
        )
    )


def statement_workbook(user: CurrentUser, of: str) -> tuple[str, bytes]:
    """Every adjustment of a customer (its id; or that, a hyphen and the id of a location, for those of that
    one) and what they come to; with the customer's code. Raises Refusal `no-right`, `not-found`."""
    types = require_balances(user)
    id_, _parted, where = of.partition("-")
    customer = statement.customer(int(id_)) if id_.isdecimal() and len(id_) < 10 else None
    if customer is None:
        raise no_such_file()
    code, name = customer
    location_id, place = _place(where or EVERYWHERE)
    entries = statement.entries_of(int(id_), location_id=location_id, types=types)
    open_now: dict[str, Open] = {}
    for entry in entries:
        open_now[entry.type_slug] = open_now.get(entry.type_slug, Open()) + Open(amount=entry.amount)
    about = _about(
        user,
        types,
        {
            _("Customer"): f"{code} {name}",
            _("Location"): place,
            _("Adjustments"): f"{len(entries):,}",
            **{sum: money(amount) for sum, amount in _sums(Sums(of=open_now), types).items()},
        },
    )
    return code, write_listing(_listing(_("Statement"), about, entries, types))


def adjustments_workbook(user: CurrentUser, of: str) -> bytes:
    """Every adjustment of some days (`Range.words`). Raises Refusal `no-right`, `not-found`, `too-many`."""
    types, wanted = require_balances(user), Range.read(of)
    count = count_adjustments(user, wanted)
    if count > adjustments.MOST:
        raise Refusal("too-many", _("These are {count:,} adjustments; choose fewer days.", count=count))
    entries = adjustments.between(wanted.by, wanted.first, wanted.last, types=types)
    days = _("Date") if wanted.by is By.DATED else _("Imported on")
    about = _about(
        user,
        types,
        {days: _("{first} to {last}", first=wanted.first, last=wanted.last), _("Adjustments"): f"{count:,}"},
    )
    return write_listing(_listing(_("Adjustments"), about, entries, types))


def _sums(found: Sums, types: Sequence[ImportType]) -> dict[str, int]:
    """What is open, by what it is called: one balance, or where there are two sides the net and each."""
    sides = sides_of(types)
    if len(sides) == 1:
        return {_("Balance"): found.on(sides[0], types)}
    return {_("Net"): found.amount, **{_(SIDES[side]): found.on(side, types) for side in sides}}


def _about(user: CurrentUser, types: Sequence[ImportType], further: dict[str, str]) -> dict[str, str]:
    """From which system a list is, when and by whom it was made, and what is in it."""
    return {
        _("System"): "Komet Import",
        _("Company"): settings().told_company,
        _("Made"): told_time(now()),
        _("By"): f"{user.name} ({user.username})",
        _("Currency"): settings().currency,
        _("Types"): listed([_(type.title) for type in types]),
        **further,
    }


def _place(of: str) -> tuple[int | None, str]:
    """The location that a download is of. Raises Refusal `not-found`."""
    if of == EVERYWHERE:
        return None, _("All locations")
    for place in balances.places():
        if str(place.id) == of:
            return place.id, f"{place.code} {place.name}"
    raise no_such_file()


def _hands(entry: Entry) -> tuple[str, str]:
    """Who prepared it and who approved it: one person does both where nobody was asked."""
    if entry.prepared_by:
        return entry.prepared_by, entry.posted_by
    return entry.posted_by, ""


def _flags(entry: Entry, postings: Mapping[int, int]) -> Iterator[str]:
    """What an auditor looks at first."""
    if (entry.day + PERIOD_END).month != entry.day.month:
        yield _("period end")
    if entry.amount % ROUND == 0:
        yield _("round amount")
    if postings.get(entry.poster, 0) < SELDOM:
        yield _("seldom posts")


def _listing(
    title: str, about: dict[str, str], entries: Sequence[Entry], types: Sequence[ImportType]
) -> Listing:
    """Adjustments, each with the import, the file and the row that it is from, who posted it and when."""
    has = [
        meaning
        for meaning in (Meaning.REFERENCE, Meaning.NOTE)
        if any(type.column_for(meaning) for type in types)
    ]
    widths = {Meaning.REFERENCE: 20, Meaning.NOTE: 40}

    with database.reading() as session:
        postings = statement.postings_of(session)

    def row(entry: Entry) -> Sequence[Cell]:
        texts = {Meaning.REFERENCE: entry.reference, Meaning.NOTE: entry.comments}
        return [
            entry.id,
            entry.day,
            entry.customer,
            entry.customer_name,
            _(ALL[entry.type_slug].noun[0]).capitalize(),
            entry.number,
            from_thousandths(entry.amount),
            entry.location,
            *(texts[meaning] for meaning in has),
            entry.state,
            entry.batch_id,
            entry.file_name,
            entry.row if entry.place.isdecimal() else entry.place,
            entry.posted_by,
            told_time(entry.posted_at),
            *_hands(entry),
            ", ".join(_flags(entry, postings)),
        ]

    return Listing(
        title=title,
        about=about,
        headings=[
            (_("Id"), 10),
            (_("Date"), 12),
            (_("Code"), 14),
            (_("Customer"), 30),
            (_("Kind"), 10),
            (_("Number"), 20),
            (_("Amount"), 16),
            (_("Location"), 12),
            *((shared_name(types, meaning), widths[meaning]) for meaning in has),
            (_("State"), 12),
            (_("Import"), 28),
            (_("File"), 32),
            (_("Row"), 8),
            (_("Posted by"), 22),
            (_("Posted at"), 22),
            (_("Prepared by"), 22),
            (_("Approved by"), 22),
            (_("Flags"), 40),
        ],
        rows=map(row, entries),
    )
