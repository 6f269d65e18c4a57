"""The words in which an import type is declared: columns with their meaning, format, need and limits; and
what the type as a whole says by meaning: what is a duplicate, what is summed, whose debt it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from komet_import.language import _, marked, ngettext
from komet_import.types.languages import Paper


class Role(StrEnum):
    """Every role a person may hold; the first seven may import open credits (docs/komet-sales.md §1)."""

    ACCOUNTS_RECEIVABLES = "Accounts Receivables"
    ADMIN = "Admin"
    CREDIT_MANAGER = "Credit Manager"
    PROCUREMENT_MANAGER = "Procurement Manager"
    SALES_MANAGER = "Sales Manager"
    SETUP = "Setup"
    SHIPPING = "Shipping"
    ACCOUNTS_PAYABLE = "Accounts Payable"
    CASHIER = "Cashier"
    FULFILLMENT = "Fulfillment"
    INVENTORY = "Inventory"
    PROCUREMENT_USER = "Procurement User"
    SALESPERSON = "Salesperson"
    QUALITY_CONTROL = "Quality Control"


class Need(StrEnum):
    """How much a column is needed; the sample says it in words and colour (docs/komet-sales.md §1)."""

    REQUIRED = marked("required")
    OPTIONAL = marked("optional")
    MULTI_LOCATION = marked("required for companies with several locations")


class Meaning(StrEnum):
    """What a column says, whatever it is called: rules, queries, sums and screens ask for this, never for a
    name.

    The values are the words of messages, and stand in databases: the content of what was posted is claimed
    with them (`ledger.posting`), and a record's fields are called so. None may ever be changed.
    """

    # A document: money of a party.
    PARTY = marked("customer")  # whose it is: a customer that exists
    NUMBER = marked("number")  # its number in the system it comes from
    DAY = marked("date")  # its day
    MONEY = marked("amount")  # how much
    LOCATION = marked("location")  # the place of the company's where it belongs
    REFERENCE = marked("reference")  # a further number that people search for
    NOTE = "comments"  # free text
    # A record of the reference list, which a row adds or changes.
    RECORD = "code"  # which one
    NAME = "name"
    LOCATIONS = "locations"  # the places it belongs to
    ACCOUNTING_CODE = "accounting_code"
    CATEGORY = "customer_type"
    SALESPERSON = "salesperson"
    ACTIVE = "active"

    @property
    def is_money(self) -> bool:
        """Whether it is what is posted."""
        return self is Meaning.MONEY


class Sign(StrEnum):
    """The sign that money must have in a sheet; zero is never right."""

    POSITIVE = "positive"
    NEGATIVE = "negative"

    @property
    def factor(self) -> int:
        """What turns a right amount into a positive one."""
        return 1 if self is Sign.POSITIVE else -1


class Side(StrEnum):
    """The side of a party's balance on which money stands."""

    WE_OWE = "we owe"
    THEY_OWE = "they owe"

    @property
    def factor(self) -> int:
        """What a positive amount does to what we owe."""
        return 1 if self is Side.WE_OWE else -1


class ColumnFormat(StrEnum):
    """A column's format: what a cell holds, and so how it is judged, edited and written to a workbook."""

    TEXT = "text"
    CUSTOMER = "customer"  # the code of an existing, active customer
    NEW_CODE = "new-code"  # a code that the import itself creates or updates
    LOCATION = marked("location")  # the code of one existing location
    LOCATIONS = "locations"  # codes of existing locations, separated by colons
    AMOUNT = "amount"  # money, never negative or zero
    DATE = "date"  # a calendar day without a time
    CHOICE = "choice"  # one of `choices`
    FLAG = "flag"  # yes or no


ERASE = "(none)"
"""The word that erases what is kept in an erasable column: a blank cell says nothing, and so leaves it."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a sheet.

    `name` is the header as the sample writes it, `meaning` what the column says, `kind` its format.
    `synonyms` are other headers that certainly mean it (matched without case, spaces and punctuation).
    `max_length` counts characters; `decimals` is the most decimal places an amount has. `examples` are what
    the sample's rows say in it, one each; a sample has rows only where a column has some. `erasable` says
    that `ERASE` is a value of the column, whatever else it holds.
    """

    name: str
    meaning: Meaning
    kind: ColumnFormat
    need: Need = Need.OPTIONAL
    rule: str
    max_length: int | None = None
    decimals: int = 3
    choices: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    erasable: bool = False

    def needed(self, *, multi_location: bool) -> bool:
        """Whether each row must say it, in a company of several locations or of one."""
        return self.need is Need.REQUIRED or (self.need is Need.MULTI_LOCATION and multi_location)


@dataclass(frozen=True, kw_only=True)
class ImportType:
    """What one type of sheet holds, and who may import it; at most one column has a meaning.

    `key` names what together may stand only once in a sheet and in the ledger; a row in which a part of it
    is blank is exempt. Rows of equal `likeness` are possible duplicates, which a person must confirm; where
    the number is a part of the key, two numbers are two documents. `summed` is the money of every total,
    `sign` what it must have in the sheet, `side` where it stands in the party's balance. `paper` is what its
    rows are the records of: headings and marks of many languages name it (`types.synonyms`, `types.marks`).

    `once` says that what a sheet says may be posted only once: this is so for money. Without it a second
    import is harmless: an upsert of records, in which a row that says what is known already changes nothing.
    `usual` marks the one type that is offered first, and that the terminal takes where none is named. `noun`
    is singular, plural, `one` has its article; `done` says what became of the rows that were posted,
    `outcome` counts their documents with it, `added` those records that are new (only where records are
    updated). These words, the title and the description are marked: they are
    told (`language`) when they are shown.

    What cannot hold together stops the start (`types.contradictions`).
    """

    slug: str
    title: str
    noun: tuple[str, str]
    one: str
    description: str
    columns: tuple[Column, ...]
    roles: frozenset[Role]
    key: tuple[Meaning, ...]
    likeness: tuple[Meaning, ...] = ()
    summed: Meaning | None = None
    sign: Sign | None = None
    side: Side | None = None
    paper: Paper | None = None
    once: bool
    usual: bool = False
    outcome: tuple[str, str]
    added: tuple[str, str] | None = None
    done: str = marked("imported")
    columns_by_name: dict[str, Column] = field(init=False, repr=False, compare=False)
    columns_by_meaning: dict[Meaning, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns_by_name", {c.name: c for c in self.columns})
        object.__setattr__(self, "columns_by_meaning", {c.meaning: c for c in self.columns})

    @property
    def module(self) -> str:
        """The name of its files, here and in `ledger.posting`."""
        return self.slug.replace("-", "_")

    def column(self, name: str) -> Column:
        """The column with that header. Raises KeyError for an unknown one."""
        return self.columns_by_name[name]

    def told_column(self, header: str) -> str:
        """A header of a sheet as people are told it: one that the type does not have is the sheet's own."""
        return _(header) if header in self.columns_by_name else header

    def column_for(self, meaning: Meaning) -> Column | None:
        """The column that says this, if the type has one."""
        return self.columns_by_meaning.get(meaning)

    def name_for(self, meaning: Meaning) -> str:
        """The header of the column that says this; blank where the type has none."""
        column = self.columns_by_meaning.get(meaning)
        return column.name if column else ""

    def names_for(self, meanings: Iterable[Meaning]) -> tuple[str, ...]:
        """The headers of the columns that say these. Raises KeyError where one of them is missing."""
        return tuple(self.columns_by_meaning[meaning].name for meaning in meanings)

    @property
    def amount_column(self) -> str | None:
        """The header of the column that is summed; None for a type without money."""
        return self.columns_by_meaning[self.summed].name if self.summed else None

    @property
    def numbered(self) -> bool:
        """Whether two different numbers say that two rows are two documents, however alike they are."""
        return Meaning.NUMBER in self.key

    def against_sign(self, amounts: Any) -> Any:
        """Whether amounts (a number, or an array of them) have the sign that they must not have."""
        return amounts > 0 if self.sign is Sign.NEGATIVE else amounts < 0

    def in_balance(self, amount: int) -> int:
        """What an amount of a sheet does to what we owe its party; and back again."""
        sign = self.sign.factor if self.sign else 1
        return amount * sign * (self.side.factor if self.side else 1)

    def told_outcome(self, count: int) -> str:
        """What became of so many: `1 credit imported`, `37 credits imported`."""
        return ngettext(*self.outcome, count)

    def told_posted(self, count: int, added: int | None) -> str:
        """The same where `added` of them are new records: `8 customers added, 4 customers changed`."""
        if not added or self.added is None:
            return self.told_outcome(count)
        new = ngettext(*self.added, added)
        return new if added == count else f"{new}, {self.told_outcome(count - added)}"

    def told_done(self, count: int, added: int | None) -> str:
        """What became of them, as one word: `imported`; of records `changed`, `added` or both."""
        if not added:
            return _(self.done)
        return _("added") if added == count else _("added or {done}", done=_(self.done))

    def counted(self, count: int) -> str:
        """A count with its noun: `1 credit`, `37 credits`."""
        return counted(count, self.noun)


def shared_name(types: Iterable[ImportType], meaning: Meaning) -> str:
    """What a column of several types is called: as in their sheets, where all of them say the same."""
    names = {type.name_for(meaning) for type in types if type.column_for(meaning)}
    return _(names.pop() if len(names) == 1 else meaning.capitalize())


SIDES = {Side.WE_OWE: marked("You owe"), Side.THEY_OWE: marked("They owe")}
"""What the sum of one side of a balance is called, where both are told."""
PARTIES = (marked("customer"), marked("customers"))
"""What a party is called, singular and plural."""
SEVERAL = {
    Meaning.PARTY: marked("customers"),
    Meaning.NUMBER: marked("numbers"),
    Meaning.DAY: marked("dates"),
    Meaning.MONEY: marked("amounts"),
    Meaning.LOCATION: marked("locations"),
    Meaning.REFERENCE: marked("references"),
    Meaning.NOTE: marked("comments"),
}
"""The words of the meanings of a document, of several of them."""


def counted(count: int, noun: tuple[str, str]) -> str:
    """A count with its noun: `1 credit`, `37 credits`."""
    return f"{count:,} {_(noun[0] if count == 1 else noun[1])}"
