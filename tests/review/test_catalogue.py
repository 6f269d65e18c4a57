"""Every issue of the catalogue, provoked by a row of a sheet: where it stands and what it says, in full."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pytest

from komet_import.review.catalogue import CATALOGUE, Severity
from komet_import.review.draft import Draft
from komet_import.review.edits import setting
from komet_import.review.issues import Issue, said_of_several
from komet_import.review.judge import judge
from komet_import.review.reference import (
    Alike,
    Corrected,
    Dropped,
    Numbered,
    Origin,
    PartyStanding,
    Posted,
    Reference,
)
from komet_import.sheets.layout.modifiers import Modifier, Modifies
from komet_import.sheets.layout.row_kinds import Aside, RowKind
from komet_import.sheets.worksheet import Held, struck_through
from komet_import.types import CUSTOMERS, OPEN_CREDITS, Sign
from tests.review.drafting import HEADERS, draft, noon, opened, reference, row, worksheet

ERROR, WARNING = Severity.ERROR, Severity.WARNING
BEFORE = row(number="CR-0", amount="1")
"""A good row in row 2; the one that is judged stands in row 3."""

DAY = date(2026, 2, 27)
SECOND_TABLE = "stands in a second table, which has its own headers in row 2"
DEBITS = replace(OPEN_CREDITS, sign=Sign.NEGATIVE)
LISTED = ("Customer Code", "Customer Name", "Customer Type")


@dataclass(frozen=True, kw_only=True)
class Case:
    """A sheet that has one issue, and all that is expected of it."""

    sheet: Draft
    facts: Reference
    column: str
    message: str
    several: str
    title: str
    row: int = 3
    value: str
    suggestion: str | None = None
    severity: Severity = ERROR
    confirmable: bool = False
    beside: frozenset[str] = frozenset()
    """The codes of what else is said in such a sheet, of other rows."""


def case(
    changed: Mapping[str, str],
    column: str,
    message: str,
    *,
    several: str,
    title: str,
    suggestion: str | None = None,
    held: Held = Held.TEXT,
    severity: Severity = ERROR,
    confirmable: bool = False,
    facts: Reference | None = None,
    hidden: tuple[int, ...] = (),
    struck: tuple[int, ...] = (),
    shared: Mapping[int, int] | None = None,
    cut: Mapping[int, str] | None = None,
    aside: Aside | None = None,
    value: str | None = None,
    origins: Mapping[int, Origin] | None = None,
) -> Case:
    """A good row with one value changed, below another good row."""
    sheet = draft(
        BEFORE,
        row(**changed),
        held={(3, column): held},
        hidden=hidden,
        struck=struck,
        aside={3: aside} if aside else {},
    )
    return Case(
        sheet=replace(
            sheet,
            origins=origins or {},
            sheet=replace(sheet.sheet, cut=cut or {}, shared_amounts=dict(shared or {})),
        ),
        facts=facts or reference(),
        column=column,
        message=message,
        several=several,
        title=title,
        value=next(iter(changed.values())) if value is None else value,
        suggestion=suggestion,
        severity=severity,
        confirmable=confirmable,
    )


def in_pesos() -> Draft:
    """Two good rows, of which a column of the file says that the second is in another currency."""
    sheet = draft(row(number="CR-0", amount="1", comments="USD"), row(comments="COP"))
    says = Modifier(
        letter="F",
        header="Currency",
        modifies=Modifies.CURRENCY,
        values=(("USD", 1), ("COP", 1)),
        usual=frozenset({"usd"}),
    )
    header = replace(sheet.sheet.header, modifiers=(says,))
    return replace(sheet, sheet=replace(sheet.sheet, header=header, names={"F": "Comments"}))


def with_decimals(decimals: int, case: Case) -> Case:
    """The same where Excel shows the column's numbers with so many decimals."""
    shown = np.full(len(case.sheet.rows), decimals, dtype=np.uint8)
    sheet = replace(case.sheet.sheet, decimals={case.column: shown})
    return replace(case, sheet=replace(case.sheet, sheet=sheet))


TWICE = Alike(noon(DAY), numbered=False, newest=7, times=2)
POSTED_7701 = Numbered("0007701", noon(DAY), 7)


def listed_case(
    line: tuple[str, ...],
    message: str,
    *,
    several: str,
    title: str,
    suggestion: str | None = None,
    confirmable: bool = True,
) -> Case:
    """A row of a list of customers below another one."""
    headers = ("Customer Code", "Customer Name", "Location Codes")[: len(line)]
    first = ("N1", "Fresh", "MIA")[: len(line)]
    return Case(
        sheet=draft(first, line, type=CUSTOMERS, headers=headers),
        facts=reference(),
        column="Customer Code",
        message=message,
        several=several,
        title=title,
        value=line[0],
        suggestion=suggestion,
        severity=WARNING,
        confirmable=confirmable,
    )


def swapped_dates(day: str, *others: str) -> Draft:
    """A row with that real date between others, one of which was the text 13/02/2026 before it was fixed."""
    rows = [BEFORE, row(date=day), row(number="T", date="13/02/2026", amount="3")]
    rows += [row(number=f"O{n}", date=other, amount=f"{n + 7}") for n, other in enumerate(others)]
    held = {(3, "Credit Date"): Held.DATE} | {(5 + n, "Credit Date"): Held.DATE for n in range(len(others))}
    return draft(*rows, held=held).apply(setting([(4, "Credit Date", "13/02/2026", "2026-02-13")]))


CASES = {
    "open-question": Case(
        sheet=in_pesos(),
        facts=reference(),
        column="Comments",
        message="Comments is not clear: Which values of “Currency” are credits to import? "
        "The row waits for the answer.",
        several="Comments is not clear; the rows wait for an answer about it.",
        title="Waits for an answer",
        value="COP",
    ),
    "missing-value": case(
        {"customer": ""},
        "Customer Code",
        "Customer Code is blank; fill it in.",
        several="Customer Code is blank; fill it in.",
        title="Missing",
    ),
    "ditto-mark": case(
        {"customer": "do."},
        "Customer Code",
        "Customer Code “do.” stands for what is above it; each row must say it itself.",
        several="Customer Code “x” stands for what is above it; each row must say it itself.",
        title="Same as above",
    ),
    "too-long": case(
        {"number": "123456789012345678901"},
        "Credit #",
        "Credit # has 21 characters; shorten it to at most 20.",
        several="Credit # “x” has too many characters; shorten it.",
        title="Too long",
    ),
    "unreadable-characters": case(
        {"number": "CR\x01-1"},
        "Credit #",
        "Credit # “CR\x01-1” holds characters that cannot be seen; type it again without them.",
        several="Credit # “x” holds characters that cannot be seen; type it again without them.",
        title="Invisible characters",
        suggestion="CR-1",
    ),
    "error-cell": case(
        {"amount": "#N/A"},
        "Credit Balance",
        "Credit Balance shows #N/A, the error of a formula in Excel; type the value.",
        several="Credit Balance “x” is an error of a formula in Excel; type the value.",
        title="Formula error",
        held=Held.ERROR,
    ),
    "uncalculated-formula": case(
        {"amount": "=A1*2"},
        "Credit Balance",
        "Credit Balance is a formula that Excel never calculated; type its result.",
        several="Credit Balance “x” is a formula that Excel never calculated; type its result.",
        title="Formula without a result",
        held=Held.UNCALCULATED,
    ),
    "not-as-shown": case(
        {"amount": "12.5"},
        "Credit Balance",
        "Credit Balance holds “12.5”, but its number format hides that or shows something else; type what "
        "counts, or confirm “12.5”.",
        several="Credit Balance “x” is not what Excel shows: the number format hides it or shows something "
        "else; type what counts, or confirm what the cells hold.",
        title="Not as shown in Excel",
        severity=WARNING,
        confirmable=True,
        held=Held.VEILED,
    ),
    "partly-struck": case(
        {"amount": struck_through("100") + " 450"},
        "Credit Balance",
        f"Credit Balance “{struck_through('100')} 450” is struck through in part; type what counts.",
        several="Credit Balance “x” is struck through in part; type what counts.",
        title="Partly struck through",
        suggestion="450",
    ),
    "struck-cell": case(
        {"amount": struck_through("100")},
        "Credit Balance",
        f"Credit Balance “{struck_through('100')}” is struck through in Excel; type it again if it counts, "
        "or exclude the row.",
        several="Credit Balance “x” is struck through in Excel; type it again if it counts, or exclude the "
        "rows.",
        title="Struck through",
    ),
    "unknown-customer": case(
        {"customer": "FL21"},
        "Customer Code",
        "Customer Code “FL21” is not a customer; use the code of an existing customer.",
        several="Customer Code “x”: not a customer; use the codes of existing customers.",
        title="Unknown customer",
        suggestion="FL219",
    ),
    "no-customers": Case(
        sheet=draft(row(number="CR-0", amount="1", customer=""), row()),
        facts=reference(customers=0),
        column="Customer Code",
        message="Customer Code “FL219” cannot be checked: there are no customers yet. Import the list of "
        "customers first, or ask an Admin to.",
        several="Customer Code “x”: there are no customers yet. Import the list of customers first, or ask "
        "an Admin to; then the rows are checked again.",
        title="No customers yet",
        value="FL219",
        beside=frozenset({"missing-value"}),
    ),
    "other-name": Case(
        sheet=opened(
            worksheet(
                (*HEADERS, "Customer Name"),
                (*BEFORE, "Rosas del Valle"),
                (*row(location="LAX", customer="FL220"), "JARDIN azul"),
            )
        ),
        facts=reference(),
        column="Customer Code",
        message="Customer Code “FL220” is Petal & Stem, and the row names “JARDIN azul”, which is 00219; use "
        "00219, or confirm “FL220”.",
        several="Customer Code “x”: the rows name other customers than these codes; use the codes of those, "
        "or confirm these.",
        title="Name of another customer",
        value="FL220",
        suggestion="00219",
        severity=WARNING,
        confirmable=True,
    ),
    "inactive-customer": case(
        {"customer": "FL900"},
        "Customer Code",
        "Customer Code “FL900” is Closed Blooms, who is inactive; use an active customer.",
        several="Customer Code “x”: inactive customers; use active ones.",
        title="Inactive customer",
    ),
    "unknown-location": case(
        {"location": "MlA"},
        "Location Code",
        "Location Code “MlA” is not a location; use one of LAX, MIA.",
        several="Location Code “x”: not a location; use the codes of existing locations.",
        title="Unknown location",
        suggestion="MIA",
    ),
    "no-locations": Case(
        sheet=draft(row(number="CR-0", amount="1", location=""), row(location="MIA; LAX")),
        facts=reference(locations=0),
        column="Location Code",
        message="Location Code “MIA; LAX” names MIA, LAX, and there are no locations yet; have them added "
        "first, or leave the cell blank.",
        several="Location Code “x”: there are no locations yet; have them added first, or leave the cells "
        "blank.",
        title="No locations yet",
        value="MIA; LAX",
    ),
    "not-at-location": case(
        {"location": "LAX"},
        "Location Code",
        "Location Code “LAX” is not a location of customer FL219; use one of MIA.",
        several="Location Code “x”: not a location of the row's customer; use one that the customer has.",
        title="Customer not at location",
        suggestion="MIA",
    ),
    "not-a-number": case(
        {"amount": "n/a"},
        "Credit Balance",
        "Credit Balance must be a number such as 1234.50, not “n/a”.",
        several="Credit Balance “x” must be a number such as 1234.50.",
        title="Not a number",
    ),
    "percentage": case(
        {"amount": "5%"},
        "Credit Balance",
        "Credit Balance “5%” is a percentage; type the amount.",
        several="Credit Balance “x” is a percentage; type the amount.",
        title="Percentage",
        suggestion="0.05",
    ),
    "side-mark": case(
        {"amount": "125.00 CR"},
        "Credit Balance",
        "Credit Balance “125.00 CR” is marked CR; type the amount without it.",
        several="Credit Balance “x” is marked as debit or credit; type the amount without it.",
        title="Marked CR or DR",
        suggestion="125",
    ),
    "other-side": case(
        {"amount": "80.00 DR"},
        "Credit Balance",
        "Credit Balance “80.00 DR” is marked DR, so it is not a credit; exclude the row.",
        several="Credit Balance “x” is marked as the opposite of a credit; exclude the rows.",
        title="On the other side",
    ),
    "ambiguous-amount": case(
        {"amount": "1,234"},
        "Credit Balance",
        "Credit Balance “1,234” can be read as 1234 or as 1.2340; type the one that is meant.",
        several="Credit Balance “x” can be read in two ways; type the amount that is meant.",
        title="Amount unclear",
    ),
    "one-or-two-numbers": case(
        {"amount": "100 450"},
        "Credit Balance",
        "Credit Balance “100 450” can be one number or two; type the one that is meant.",
        several="Credit Balance “x” can be one number or two; type the one that is meant.",
        title="One number or two",
        suggestion="100450",
    ),
    "amount-as-date": case(
        {"amount": "1900-05-04 12:00:00"},
        "Credit Balance",
        "Credit Balance is shown as the date 1900-05-04 12:00:00 in Excel; type the amount.",
        several="Credit Balance “x” is shown as a date in Excel; type the amount.",
        title="Amount shown as a date",
        held=Held.DATE,
        suggestion="125.50",
    ),
    "shown-rounded": with_decimals(
        2,
        case(
            {"amount": "6.825"},
            "Credit Balance",
            "Credit Balance is 6.825, which Excel shows as 6.83; use 6.83, or confirm 6.825.",
            several="Credit Balance “x” has more decimals than Excel shows; use what it shows, or confirm "
            "these.",
            title="Shown rounded",
            held=Held.NUMBER,
            suggestion="6.83",
            severity=WARNING,
            confirmable=True,
        ),
    ),
    "other-currency": case(
        {"amount": "€5"},
        "Credit Balance",
        "Credit Balance “€5” is in another currency; the ledger is in USD, so type the amount in USD.",
        several="Credit Balance “x” is in another currency than the ledger; type the amount in the ledger's.",
        title="Other currency",
    ),
    "not-positive": case(
        {"amount": "-13.89"},
        "Credit Balance",
        "Credit Balance must be a positive number, not -13.89.",
        several="Credit Balance “x” must be a positive number.",
        title="Must be above zero",
        suggestion="13.89",
    ),
    "not-negative": Case(
        sheet=draft(row(number="CR-0", amount="-1"), row(), type=DEBITS),
        facts=reference(),
        column="Credit Balance",
        message="Credit Balance must be a negative number, not 120.00.",
        several="Credit Balance “x” must be a negative number.",
        title="Not negative",
        value="120.00",
        suggestion="-120",
    ),
    "too-many-decimals": case(
        {"amount": "1.2345"},
        "Credit Balance",
        "Credit Balance “1.2345” has more than 3 decimals; round it as it was meant.",
        several="Credit Balance “x” has too many decimals; round it as it was meant.",
        title="Too many decimals",
    ),
    "above-ceiling": case(
        {"amount": "10000.01"},
        "Credit Balance",
        "Credit Balance 10000.01 is above the ceiling of $10,000.00 for one credit; check it.",
        several="Credit Balance “x” is above the ceiling for one credit; check it.",
        title="Above the ceiling",
    ),
    "not-a-date": case(
        {"date": "soon"},
        "Credit Date",
        "Credit Date must be a date as YYYY-MM-DD, not “soon”.",
        several="Credit Date “x” must be a date as YYYY-MM-DD.",
        title="Not a date",
    ),
    "ambiguous-date": case(
        {"date": "03/04/2026"},
        "Credit Date",
        "Credit Date “03/04/2026” can be read as 2026-04-03 or as 2026-03-04; choose one.",
        several="Credit Date “x” can be read in two ways; type the date that is meant.",
        title="Ambiguous date",
    ),
    "wrong-weekday": case(
        {"date": "Tuesday, March 2, 2026"},
        "Credit Date",
        "Credit Date “Tuesday, March 2, 2026”: 2026-03-02 is a Monday; type the date that is meant.",
        several="Credit Date “x” names another day of the week than its date has; "
        "type the date that is meant.",
        title="Wrong day of the week",
    ),
    "serial-date": case(
        {"date": "46083"},
        "Credit Date",
        "Credit Date is the number 46083; as an Excel date it would be 2026-03-02. Type the date.",
        several="Credit Date “x” is a number; type the date.",
        title="Number instead of a date",
        suggestion="2026-03-02",
        held=Held.NUMBER,
    ),
    "has-time": case(
        {"date": "2026-03-02 08:00"},
        "Credit Date",
        "Credit Date “2026-03-02 08:00” has a time of day; a date alone is expected.",
        several="Credit Date “x” has a time of day; a date alone is expected.",
        title="Date with a time",
        suggestion="2026-03-02",
    ),
    "date-format": case(
        {"date": "25/02/2026"},
        "Credit Date",
        "Credit Date “25/02/2026” must be written as YYYY-MM-DD: 2026-02-25.",
        several="Credit Date “x” must be written as YYYY-MM-DD.",
        title="Date format",
        suggestion="2026-02-25",
    ),
    "closed-period": case(
        {"date": "2026-02-14"},
        "Credit Date",
        "Credit Date “2026-02-14” is in February 2026, which is closed; date it 2026-03-01, "
        "the first open day, or have the month reopened.",
        several="Credit Date “x” is in a closed month; date it the first open day, "
        "or have the month reopened.",
        title="Closed period",
        suggestion="2026-03-01",
        facts=reference(closed=(date(2026, 2, 1),)),
    ),
    "swapped-date": replace(
        case(
            {"date": "2026-05-10"},
            "Credit Date",
            "Credit Date 2026-05-10 is probably 2026-10-05: Excel swapped day and month where it could, and "
            "left other dates of this column as text; use 2026-10-05, or confirm 2026-05-10.",
            several="Credit Date “x”: Excel probably swapped day and month, as it left other dates of this "
            "column as text; use the other days, or confirm these.",
            title="Day and month may be swapped",
            suggestion="2026-10-05",
            severity=WARNING,
            confirmable=True,
        ),
        sheet=swapped_dates("2026-05-10"),
    ),
    "perhaps-swapped": replace(
        case(
            {"date": "2026-03-01"},
            "Credit Date",
            "Credit Date 2026-03-01 could be 2026-01-03 with day and month swapped by Excel, which left "
            "other dates of this column as text; check it.",
            several="Credit Date “x”: Excel may have swapped day and month, as it left other dates of this "
            "column as text; check them.",
            title="Day and month could be swapped",
            suggestion="2026-01-03",
            severity=WARNING,
        ),
        sheet=swapped_dates("2026-03-01", "2026-02-27"),
    ),
    "unusual-date": case(
        {"date": "2019-03-02"},
        "Credit Date",
        "Credit Date 2019-03-02 is 7 years ago; correct it, or confirm it.",
        several="Credit Date “x” is far from today; correct these dates, or confirm them.",
        title="Unusual date",
        severity=WARNING,
        confirmable=True,
    ),
    "not-a-choice": Case(
        sheet=draft(("C1", "Bloom", "Retailer"), ("C2", "Petal", "retailr"), type=CUSTOMERS, headers=LISTED),
        facts=reference(),
        column="Customer Type",
        message="Customer Type “retailr” is not known; "
        "use one of Retailer, Wholesaler, Supermarket, Event Planner, Online.",
        several="Customer Type “x” is not known; use one of the choices of the column.",
        title="Not an allowed value",
        value="retailr",
        suggestion="Retailer",
    ),
    "duplicate-in-sheet": case(
        {"number": "cr-0", "amount": "1"},
        "Credit #",
        "Credit # “cr-0” of this customer is also in row 2; each must be unique.",
        several="Credit # “x” is in more than one row of the same customer; each must be unique.",
        title="Duplicate in this file",
    ),
    "already-posted": case(
        {"number": "cr-7"},
        "Credit #",
        "Credit # “cr-7” of this customer was already imported on 2026-02-27 UTC; exclude the row.",
        several="Credit # “x” of the same customer was already imported; exclude the rows.",
        title="Already imported",
        facts=reference(posted=Posted(keys={(1, "CR-7"): noon(DAY)})),
    ),
    "already-corrected": case(
        {"customer": "FL219"},
        "Customer Code",
        "This is row 7 of “march.xlsx”, which was already corrected in “april.xlsx”, row 5; exclude it here.",
        several="The rows were already corrected and imported elsewhere; exclude them here.",
        title="Already corrected",
        facts=reference(posted=Posted(corrected={"k": Corrected("b", "april.xlsx", 5)})),
        origins={3: Origin("k", "march.xlsx", 7)},
    ),
    "dropped-row": case(
        {"customer": "FL219"},
        "Customer Code",
        "This is row 7 of “march.xlsx”, which Ada dropped: “not ours”. "
        "Exclude it here, or undo that on the report of that import.",
        several="The rows were dropped from the imports that rejected them; exclude them here, or undo that "
        "on the reports of these imports.",
        title="Dropped",
        facts=reference(posted=Posted(dropped={"k": Dropped("Ada", noon(DAY), "not ours")})),
        origins={3: Origin("k", "march.xlsx", 7)},
    ),
    "copied-row": case(
        {"customer": "FL219"},
        "Customer Code",
        "This is row 7 of “march.xlsx” once more, as is row 2; a corrected row can be imported once. "
        "Exclude it, or type another credit into a row of its own.",
        several="The rows are copies of rejected rows, and each of these can be imported once; exclude them.",
        title="Copy of a row",
        origins={2: Origin("k", "march.xlsx", 7), 3: Origin("k", "march.xlsx", 7)},
    ),
    "repeated-row": case(
        {"amount": "1.00", "number": ""},
        "Credit Balance",
        "Credit Balance 1.00: row 2 has the same customer, date and amount; "
        "confirm that this is another credit, or exclude the row.",
        several="Credit Balance “x”: other rows have the same customer, date and amount; "
        "confirm that these are other credits, or exclude the rows.",
        title="Possible duplicate in this file",
        severity=WARNING,
        confirmable=True,
    ),
    "possible-duplicate": case(
        {"amount": "120.00", "number": ""},
        "Credit Balance",
        "Credit Balance 120.00: a credit of the same customer, date and amount was imported on "
        "2026-02-27 UTC; confirm that this is another credit, or exclude the row.",
        several="Credit Balance “x”: credits of the same customer, date and amount were imported before; "
        "confirm that these are other credits, or exclude the rows.",
        title="Possible duplicate",
        severity=WARNING,
        confirmable=True,
        facts=reference(
            posted=Posted(alike={(1, date(2026, 3, 2), 120_000): Alike(noon(DAY), numbered=True)})
        ),
    ),
    "unusual-amount": case(
        {"amount": "120.00"},
        "Credit Balance",
        "Credit Balance 120.00 is 12 times the largest of this customer's 34 credits before, $10.00; "
        "correct it, or confirm it.",
        several="Credit Balance “x” is far above what these customers had before; correct these amounts, or "
        "confirm them.",
        title="Unusual amount",
        severity=WARNING,
        confirmable=True,
        facts=reference(posted=Posted(standing={1: {"open-credits": PartyStanding(34, 200_000, 10_000)}})),
    ),
    "other-amount-said": case(
        {"amount": "120.00", "comments": "only 40.00 left"},
        "Credit Balance",
        "Credit Balance is 120.00, and a note beside it says “only 40.00 left”; correct the amount, or "
        "confirm it.",
        several="Notes beside Credit Balance “x” say another amount; correct these amounts, or confirm them.",
        title="Another amount in a note",
        severity=WARNING,
        suggestion="40",
        confirmable=True,
    ),
    "one-more": Case(
        sheet=draft(*(row(number="") for _ in range(3))),
        facts=reference(posted=Posted(alike={(1, date(2026, 3, 2), 120_000): TWICE})),
        column="Credit Balance",
        message="Credit Balance 120.00: 2 credits of the same customer, date and amount were imported "
        "before, and this file has one more, which is new.",
        several="Credit Balance “x”: beside the credits of the same customer, date and amount that were "
        "imported before, this file has one more, which is new.",
        title="One more",
        row=4,
        value="120.00",
        severity=WARNING,
        beside=frozenset({"possible-duplicate"}),
    ),
    "similar-number": case(
        {"number": "cr 00"},
        "Credit #",
        "Credit # “cr 00” is like “CR-0” in row 2, with the same customer and date; "
        "confirm that this is another credit, or exclude the row.",
        several="Credit # “x”: numbers like those of other rows of the same customer, date or amount; "
        "confirm that these are other credits, or exclude the rows.",
        title="Similar number in this file",
        severity=WARNING,
        confirmable=True,
    ),
    "similar-posted": case(
        {"number": "7701"},
        "Credit #",
        "Credit # “7701” is like “0007701”, imported on 2026-02-27 UTC for the same customer; confirm "
        "that this is another credit, or exclude the row.",
        several="Credit # “x”: numbers like those that were imported for the same customer; "
        "confirm that these are other credits, or exclude the rows.",
        title="Similar number imported",
        severity=WARNING,
        confirmable=True,
        facts=reference(posted=Posted(numbers={(1, "7701"): (POSTED_7701,)})),
    ),
    "split-number": Case(
        sheet=draft(row(amount="100"), row(amount="50")),
        facts=reference(),
        column="Credit #",
        message="Credit # “CR-1” is in row 3 as well, with 50: type the sum here and exclude the other rows "
        "if they are parts of one credit, or confirm this row alone.",
        several="Credit # “x”: other rows have the same number and another amount; type the sums and "
        "exclude the other rows if they are parts of one credit, or confirm these rows alone.",
        title="One number, several amounts",
        row=2,
        value="CR-1",
        severity=WARNING,
        confirmable=True,
        beside=frozenset({"duplicate-in-sheet"}),
    ),
    "similar-code": listed_case(
        ("219", "Somebody"),
        "Customer Code “219” is new, but like 00219 (Jardín Azul); use 00219, or confirm that this is "
        "another customer.",
        several="Customer Code “x”: new, but like codes that exist; use those, "
        "or confirm that these are others.",
        title="Similar to an existing code",
        suggestion="00219",
    ),
    "similar-new-code": listed_case(
        ("N-01", "Others"),
        "Customer Code “N-01” is like “N1” in row 2, and both are new; use one of them, or confirm that "
        "these are two customers.",
        several="Customer Code “x”: new codes like those of other rows; use one of them, or confirm that "
        "these are several customers.",
        title="Similar new codes",
    ),
    "same-new-name": listed_case(
        ("N2", "FRESH"),
        "Customer Code “N2” is new, and its name is that of “N1” in row 2; use one of them, or confirm that "
        "these are two customers.",
        several="Customer Code “x”: new, with names that stand in other rows as well; use one code for each, "
        "or confirm that these are several customers.",
        title="One name, two codes",
    ),
    "split-code": Case(
        sheet=draft(
            ("N1", "Fresh"), ("N1", "Otra"), type=CUSTOMERS, headers=("Customer Code", "Customer Name")
        ),
        facts=reference(),
        column="Customer Code",
        message="Customer Code “N1” is in row 3 as well, which says something else; confirm this row, or "
        "exclude it and correct the other.",
        several="Customer Code “x”: other rows have the same code and say something else; confirm these "
        "rows, or exclude them and correct the others.",
        title="One code, two rows",
        row=2,
        value="N1",
        severity=WARNING,
        confirmable=True,
        beside=frozenset({"duplicate-in-sheet"}),
    ),
    "known-name": listed_case(
        ("N9", "jardin azul"),
        "Customer Code “N9” is new, but its name is that of 00219; use 00219, or confirm that this is "
        "another customer.",
        several="Customer Code “x”: new, but with the names of existing customers; "
        "use their codes, or confirm that these are others.",
        title="Existing name, new code",
        suggestion="00219",
    ),
    "name-as-code": listed_case(
        ("Verde Vivo SA", "Verde Vivo SA"),
        "Customer Code “Verde Vivo SA” looks like a name; type the customer's code, or confirm this one.",
        several="Customer Code “x”: these look like names; type the customers' codes, or confirm these.",
        title="Name instead of a code",
    ),
    "code-as-name": replace(
        listed_case(
            ("FL219", "FL220"),
            "Customer Name “FL220” looks like a code or a number; type the name, or confirm this one.",
            several="Customer Name “x”: these look like codes or numbers; type the names, or confirm these.",
            title="Code instead of a name",
        ),
        column="Customer Name",
        value="FL220",
    ),
    "name-of-another": replace(
        listed_case(
            ("FL219", "Jardín Azul"),
            "Customer Name “Jardín Azul” is the name of 00219; check that codes and names belong "
            "together, or confirm this name.",
            several="Customer Name “x”: these are the names of other codes; check that codes and names "
            "belong together, or confirm these names.",
            title="Name of another code",
        ),
        column="Customer Name",
        value="Jardín Azul",
    ),
    "stands-for-nothing": case(
        {"number": "N/A"},
        "Credit #",
        "Credit # “N/A” stands for nothing; type what it is, leave it blank, or confirm “N/A”.",
        several="Credit # “x” stands for nothing; type what it is, leave it blank, or confirm it.",
        title="Stands for nothing",
        severity=WARNING,
        confirmable=True,
    ),
    "garbled": replace(
        listed_case(
            ("N9", "MÃ¼ller"),
            "Customer Name “MÃ¼ller” has garbled letters; type it again, or confirm it.",
            several="Customer Name “x” has garbled letters; type it again, or confirm it.",
            title="Garbled letters",
            suggestion="Müller",
        ),
        column="Customer Name",
        value="MÃ¼ller",
    ),
    "made-a-date": case(
        {"number": "2026-11-03"},
        "Credit #",
        "Credit # is the date 2026-11-03 in Excel, which makes dates of texts such as 3-11; type what it "
        "was, or confirm 2026-11-03.",
        several="Credit # “x” is a date in Excel, which makes dates of texts such as 3-11; type what it "
        "was, or confirm the date.",
        title="Perhaps made a date",
        held=Held.DATE,
        severity=WARNING,
        confirmable=True,
    ),
    "digits-lost": case(
        {"number": "1.6E+09"},
        "Credit #",
        "Credit # “1.6E+09” has lost digits; type all of them, or confirm “1.6E+09”.",
        several="Credit # “x” has lost digits; type all of them, or confirm what is left.",
        title="Digits lost",
        severity=WARNING,
        confirmable=True,
    ),
    "kept-blank": replace(
        listed_case(
            ("FL219", "Rosas Blancas", ""),
            "Location Codes is blank, so “MIA” stays; type (none) to erase it.",
            several="Location Codes “x” is blank, so what is known stays; type (none) to erase it.",
            title="Blank, nothing erased",
            confirmable=False,
        ),
        column="Location Codes",
        value="",
    ),
    "hidden-row": case(
        {},
        "Customer Code",
        "Row 3 is hidden in Excel; confirm that it counts, or exclude it.",
        several="The rows are hidden in Excel; confirm that they count, or exclude them.",
        title="Hidden row",
        severity=WARNING,
        confirmable=True,
        hidden=(3,),
        value="",
    ),
    "struck-through": case(
        {},
        "Customer Code",
        "Row 3 is struck through in Excel; confirm that it counts, or exclude it.",
        several="The rows are struck through in Excel; confirm that they count, or exclude them.",
        title="Struck through",
        severity=WARNING,
        confirmable=True,
        struck=(3,),
        value="",
    ),
    "shared-amount": case(
        {},
        "Credit Balance",
        "Credit Balance “120.00” stands in a cell that is merged over 3 rows in Excel; type the amount of "
        "each row, or confirm that it is this row's own.",
        several="Credit Balance stands in cells that are merged over several rows in Excel; type the amount "
        "of each row, or confirm that it is the first row's own.",
        title="One amount for several rows",
        severity=WARNING,
        confirmable=True,
        shared={3: 3},
        value="120.00",
    ),
    "says-void": case(
        {"comments": "VOID: late truck"},
        "Comments",
        "Comments “VOID: late truck” says that this row no longer counts; exclude it, or confirm that it "
        "counts.",
        several="Comments says that these rows no longer count; exclude them, or confirm that they count.",
        title="Marked as void",
        severity=WARNING,
        confirmable=True,
    ),
    "says-to-wait": case(
        {"comments": "wait for Jim"},
        "Comments",
        "Comments “wait for Jim” says that this row is not to be imported yet; exclude it, or confirm that "
        "it counts.",
        several="Comments says that these rows are not to be imported yet; exclude them, or confirm that "
        "they count.",
        title="Marked to wait",
        severity=WARNING,
        confirmable=True,
    ),
    "says-others": case(
        {"comments": "belongs to FL777"},
        "Comments",
        "Comments “belongs to FL777” says that this row is another customer's, or shared with one; use that "
        "customer's code, exclude it, or confirm that it is right.",
        several="Comments says that these rows are other customers', or shared with some; use those "
        "customers' codes, exclude them, or confirm that they are right.",
        title="Another customer's?",
        severity=WARNING,
        confirmable=True,
    ),
    "cut-value": case(
        {"comments": "50"},
        "Comments",
        "“50” stands where no value belongs, as if a comma had cut an amount or a text of row 3 in two; "
        "correct the file, or confirm that the row is right.",
        several="Something stands where no value belongs, as if commas had cut amounts or texts of these "
        "rows in two; correct the file, or confirm that the rows are right.",
        title="Cut in two?",
        severity=WARNING,
        confirmable=True,
        cut={1: "Comments"},
    ),
    "total-line": case(
        {"amount": "1.00"},
        "Credit Balance",
        "Row 3 is a total row (the amount of row 2 again); it is not imported.",
        several="These are total rows; they are not imported.",
        title="Total row",
        aside=Aside(kind=RowKind.TOTAL, certain=True, why="the amount of row 2 again"),
    ),
    "repeated-header": case(
        {"customer": "Customer Code"},
        "Customer Code",
        "Row 3 repeats the headers of row 1; it is not imported.",
        several="The rows repeat the headers; they are not imported.",
        title="Repeated headers",
        aside=Aside(kind=RowKind.REPEATED_HEADER, certain=True, why="repeats the headers of row 1"),
    ),
    "heading-line": case(
        {"customer": "Rosas del Valle"},
        "Customer Code",
        "Row 3 is a line above the rows of its group; it is not imported.",
        several="These are lines above groups of rows; they are not imported.",
        title="Heading",
        aside=Aside(kind=RowKind.HEADING, certain=True, why="a line above the rows of its group"),
    ),
    "other-table": case(
        {"customer": "FL219"},
        "Customer Code",
        "Row 3 stands in a second table, which has its own headers in row 2; it is not imported.",
        several="The rows stand in a second table; they are not imported.",
        title="Second table",
        aside=Aside(kind=RowKind.OTHER_TABLE, certain=True, why=SECOND_TABLE),
    ),
    "filtered-row": case(
        {"customer": "FL219"},
        "Customer Code",
        "Row 3: “Currency” says COP; it is not imported.",
        several="A column says that the rows are something else; they are not imported.",
        title="Something else",
        aside=Aside(kind=RowKind.FILTERED, certain=True, why="“Currency” says COP"),
    ),
    "footer-line": case(
        {"customer": "Page 1 of 1"},
        "Customer Code",
        "Row 3 is text that is no row of the table; it is not imported.",
        several="These are lines of text; they are not imported.",
        title="Text below the table",
        aside=Aside(kind=RowKind.FOOTER, certain=True, why="text that is no row of the table"),
    ),
    "control-line": case(
        {"customer": "Control totals"},
        "Customer Code",
        "Row 3 says what the sheet comes to; it is not imported.",
        several="These lines give control totals; they are not imported.",
        title="Control totals",
        aside=Aside(kind=RowKind.CONTROL, certain=True, why="says what the sheet comes to"),
    ),
    "maybe-total": case(
        {"amount": "1.00"},
        "Credit Balance",
        "Credit Balance 1.00 may be a total (the amount of row 2 again); "
        "say whether it is one or a credit of its own.",
        several="Credit Balance “x” may be totals of other rows; "
        "say whether they are, or credits of their own.",
        title="Total row?",
        aside=Aside(kind=RowKind.SUBTOTAL, certain=False, why="the amount of row 2 again"),
    ),
    "maybe-other-table": case(
        {"customer": "FL219"},
        "Customer Code",
        "Row 3 stands below “Void credits”; say whether it is a credit to import.",
        several="The rows stand below a line that may say what they are; say whether they are credits.",
        title="Another table?",
        aside=Aside(kind=RowKind.OTHER_TABLE, certain=False, why="stands below “Void credits”"),
    ),
}


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_issue_of_the_catalogue_comes_up_and_says_where_what_and_what_to_do(code: str) -> None:
    expected = CASES[code]
    found = list(judge(expected.sheet, expected.facts).all())
    (issue,) = (one for one in found if one.code not in expected.beside)
    assert {one.code for one in found} == {code} | expected.beside
    assert issue.to_json() == {
        "row": expected.row,
        "column": expected.column,
        "code": code,
        "severity": expected.severity.value,
        "value": expected.value,
        "message": expected.message,
        "suggestion": expected.suggestion,
    }
    assert (issue.severity, issue.confirmable) == (expected.severity, expected.confirmable)
    if issue.confirmable and code != "shared-amount":  # that is of the file alone, which nobody edits
        assert issue.basis, "who confirms it confirms what it says now, and not whatever it says later"
    value = "x" if "“x”" in expected.several else ""
    assert said_of_several(code, column=expected.column, value=value, facts=issue.facts) == expected.several
    assert CATALOGUE[code].title == expected.title


def test_the_table_names_no_other_issue_than_the_catalogue() -> None:
    assert list(CASES) == list(CATALOGUE), "in its order, so that both can be read side by side"


@pytest.mark.parametrize("code", CATALOGUE)
def test_an_issue_stops_its_row_waits_for_somebody_or_does_neither(code: str) -> None:
    expected = CASES[code]
    judgement = judge(expected.sheet, expected.facts)
    place = expected.row - 2
    stopped = expected.severity is ERROR
    aside = judgement.set_aside[place]
    assert judgement.errors[place] == stopped
    assert judgement.rejected[place] == (stopped and not aside), "a row that is set aside is none"
    assert judgement.warnings[place] == (not stopped)
    assert judgement.to_confirm[place] == expected.confirmable
    assert judgement.ready[place] == (not stopped and not expected.confirmable)
    if not expected.beside:
        assert judgement.ready[0] and not judgement.warnings[0], "the row above has nothing"


@pytest.mark.parametrize(("length", "quoted"), [(60, "x" * 60), (61, "x" * 57 + "…"), (200, "x" * 57 + "…")])
def test_a_long_value_is_quoted_by_its_beginning(length: int, quoted: str) -> None:
    issue = Issue(row=2, column="Credit Date", code="not-a-date", value="x" * length)
    assert issue.message == f"Credit Date must be a date as YYYY-MM-DD, not “{quoted}”."
    assert issue.to_json()["value"] == "x" * length
    assert said_of_several("not-a-date", column="Credit Date", value="x" * length) == (
        f"Credit Date “{quoted}” must be a date as YYYY-MM-DD."
    )


def test_of_several_without_a_common_value_the_column_alone_is_named() -> None:
    assert said_of_several("not-a-date", column="Credit Date") == (
        "Credit Date must be a date as YYYY-MM-DD."
    )


def test_an_issue_without_further_words_has_no_suggestion_and_nothing_to_confirm() -> None:
    issue = Issue(row=2, column="Credit Date", code="missing-value", value="")
    assert (issue.suggestion, dict(issue.facts), issue.basis) == (None, {}, "")
    assert not issue.confirmable
