"""Issues: what is wrong with a row, as data, and the catalogue from which their messages are made.

A message names the field, quotes the value, says what is expected and what to do. Codes are kebab-case
and stable: reports, tests and scripts rely on them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """An error stops the row; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True, slots=True)
class Issue:
    """One thing about one cell. `row` is the Excel row number, `column` the column's header.

    `suggestion` is a value that would mend it, `facts` are the further words of the message's template.
    """

    row: int
    column: str
    code: str
    value: str
    suggestion: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """How much it weighs; a property of the code."""
        return CATALOGUE[self.code].severity

    @property
    def message(self) -> str:
        """One sentence for a person."""
        shown = self.value if len(self.value) <= 60 else self.value[:57] + "…"
        return CATALOGUE[self.code].template.format(column=self.column, value=shown, **self.facts)

    def to_json(self) -> dict[str, Any]:
        """The issue as the terminal and the report give it."""
        return {
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "severity": str(self.severity),
            "value": self.value,
            "message": self.message,
            "suggestion": self.suggestion,
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A kind of issue: a short title for lists, and the template of its sentence."""

    title: str
    template: str
    severity: Severity = Severity.ERROR


TOTAL_LINE = "total-line"
ALREADY_CORRECTED, COPIED_ROW = "already-corrected", "copied-row"

CATALOGUE: dict[str, Kind] = {
    "missing-value": Kind(title="Missing", template="{column} is blank; fill it in."),
    "too-long": Kind(
        title="Too long",
        template="{column} has {length} characters; shorten it to at most {limit}.",
    ),
    "unreadable-characters": Kind(
        title="Invisible characters",
        template="{column} “{value}” holds characters that cannot be seen; type it again without them.",
    ),
    "error-cell": Kind(
        title="Error in Excel",
        template="{column} shows {value} in Excel, which is an error of its formula; type the value.",
    ),
    "uncalculated-formula": Kind(
        title="Formula without a result",
        template="{column} is a formula that Excel never calculated; type its result.",
    ),
    "unknown-customer": Kind(
        title="Unknown customer",
        template="{column} “{value}” is not a customer; use the code of an existing customer.",
    ),
    "inactive-customer": Kind(
        title="Inactive customer",
        template="{column} “{value}” is {name}, who is inactive; use an active customer.",
    ),
    "unknown-location": Kind(
        title="Unknown location",
        template="{column} “{value}” is not a location; use one of {expected}.",
    ),
    "not-at-location": Kind(
        title="Customer not at location",
        template="{column} “{value}” is not a location of customer {customer}; use one of {expected}.",
    ),
    "not-a-number": Kind(
        title="Not a number",
        template="{column} must be a number such as 1234.50; the sheet has “{value}”.",
    ),
    "ambiguous-amount": Kind(
        title="Amount unclear",
        template="{column} “{value}” can be read as {first} or as {second}; type the one that is meant.",
    ),
    "other-currency": Kind(
        title="Other currency",
        template="{column} “{value}” is in another currency; the ledger is in {expected}, so type the amount "
        "in {expected}.",
    ),
    "not-positive": Kind(
        title="Not positive",
        template="{column} must be a positive number; the sheet has {value}.",
    ),
    "too-many-decimals": Kind(
        title="Too many decimals",
        template="{column} “{value}” has more than {limit} decimals; round it as it was meant.",
    ),
    "above-ceiling": Kind(
        title="Above the ceiling",
        template="{column} {value} is above the ceiling of {limit} for one credit; check it.",
    ),
    "not-a-date": Kind(
        title="Not a date",
        template="{column} must be a date as YYYY-MM-DD; the sheet has “{value}”.",
    ),
    "ambiguous-date": Kind(
        title="Date unclear",
        template="{column} “{value}” can be read as {first} or as {second}; type the one that is meant.",
    ),
    "serial-date": Kind(
        title="Number instead of a date",
        template="{column} is the number {value}; as an Excel date it would be {first}. Type the date.",
    ),
    "has-time": Kind(
        title="Date with a time",
        template="{column} “{value}” has a time of day; a date alone is expected.",
    ),
    "date-format": Kind(
        title="Date not as YYYY-MM-DD",
        template="{column} “{value}” must be written as YYYY-MM-DD: {first}.",
    ),
    "unusual-date": Kind(
        title="Unusual date",
        template="{column} {value} is {distance}; check it.",
        severity=Severity.WARNING,
    ),
    "not-a-choice": Kind(
        title="Not one of the choices",
        template="{column} “{value}” is not known; use one of {expected}.",
    ),
    "duplicate-in-sheet": Kind(
        title="Twice in this sheet",
        template="{column} “{value}” of this customer already stands in row {other}; each may stand once.",
    ),
    "already-posted": Kind(
        title="Already imported",
        template="{column} “{value}” of this customer was already imported on {date}; leave the row out.",
    ),
    ALREADY_CORRECTED: Kind(
        title="Already corrected",
        template="This is row {origin} of “{source}”, which was already corrected in “{file}”, row {other}; "
        "exclude it here.",
    ),
    COPIED_ROW: Kind(
        title="Copy of a row",
        template="This is row {origin} of “{source}” once more, as is row {other}; a corrected row can be "
        "imported once. Exclude it, or type another credit into a row of its own.",
    ),
    "repeated-row": Kind(
        title="Row repeated",
        template="{column} {value}: row {other} has the same customer, date and amount; check it.",
        severity=Severity.WARNING,
    ),
    "possible-duplicate": Kind(
        title="Maybe imported before",
        template="{column} {value}: a credit of the same customer, date and amount was imported on {date}; "
        "check that this is another one.",
        severity=Severity.WARNING,
    ),
    TOTAL_LINE: Kind(
        title="Total line",
        template="Row {row} looks like the total of the rows above, not a credit; leave it out.",
    ),
    "hidden-row": Kind(
        title="Hidden row",
        template="Row {row} is hidden in Excel; check that it counts, or leave it out.",
        severity=Severity.WARNING,
    ),
}
