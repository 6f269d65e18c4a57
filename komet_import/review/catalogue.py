"""The catalogue of issues: every kind with its code, its title, its sentences and how much it weighs.

Codes are kebab-case and stable: reports, tests and scripts rely on them.
"""

from dataclasses import dataclass
from enum import StrEnum

from komet_import.language import marked
from komet_import.sheets.layout.rows.void_marks import Says
from komet_import.sheets.layout.values.dates import PERHAPS_SWAPPED, SWAPPED_DATE


class Severity(StrEnum):
    """An error stops the row; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A kind of issue: a short title for lists, and the template of its sentence.

    `several` is the sentence about rows that differ in what `template` names; `{cells}` is the column, with
    the value if they share it, and the words of their type may stand in it. A warning of a kind with
    `confirm` stops its row until a person confirms it, row by row or all at once; the others only tell what
    becomes of the row. `headed` is the title with the column, where it alone does not say what it is of.
    """

    title: str
    template: str
    several: str
    severity: Severity = Severity.ERROR
    confirm: bool = False
    headed: str = ""


TYPE_WORDS = frozenset({"noun", "nouns", "one", "same", "whose", "several"})
"""Those of an issue's facts that are the words of its import type (`sameness.words`)."""


POSSIBLE_DUPLICATE, REPEATED_ROW = "possible-duplicate", "repeated-row"
OPEN_QUESTION = "open-question"
CLOSED_PERIOD = "closed-period"
SAYS_VOID, SAYS_TO_WAIT, SAYS_OTHERS = "says-void", "says-to-wait", "says-others"
SAID_OF_ROWS = {Says.VOID: SAYS_VOID, Says.LATER: SAYS_TO_WAIT, Says.OTHERS: SAYS_OTHERS}
CUT_VALUE = "cut-value"
NOT_AS_SHOWN = "not-as-shown"
UNUSUAL_AMOUNT, OTHER_AMOUNT_SAID = "unusual-amount", "other-amount-said"
TOTAL_LINE, MAYBE_TOTAL, MAYBE_OTHER_TABLE = "total-line", "maybe-total", "maybe-other-table"
ALREADY_POSTED, ALREADY_CORRECTED, COPIED_ROW = "already-posted", "already-corrected", "copied-row"
DROPPED_ROW = "dropped-row"

SIMILAR_NUMBER, SIMILAR_POSTED, SPLIT_NUMBER = "similar-number", "similar-posted", "split-number"
ONE_MORE = "one-more"
NO_LOCATIONS, NO_CUSTOMERS = "no-locations", "no-customers"
DITTO, OTHER_NAME = "ditto-mark", "other-name"
SIMILAR_CODE, SIMILAR_NEW_CODE = "similar-code", "similar-new-code"
SAME_NEW_NAME, SPLIT_CODE = "same-new-name", "split-code"
KNOWN_NAME, NAME_AS_CODE, CODE_AS_NAME = "known-name", "name-as-code", "code-as-name"
KEPT_BLANK = "kept-blank"
NAME_OF_ANOTHER = "name-of-another"
STANDS_FOR_NOTHING, GARBLED = "stands-for-nothing", "garbled"
MADE_A_DATE, DIGITS_LOST = "made-a-date", "digits-lost"

DUPLICATES = frozenset({POSSIBLE_DUPLICATE, REPEATED_ROW, SIMILAR_NUMBER, SIMILAR_POSTED, SPLIT_NUMBER})
"""What is to be confirmed of rows that may be the same document once more."""

CATALOGUE: dict[str, Kind] = {
    OPEN_QUESTION: Kind(
        title=marked("Waits for an answer"),
        template=marked("{column} is not clear: {question} The row waits for the answer."),
        several=marked("{cells} is not clear; the rows wait for an answer about it."),
    ),
    "missing-value": Kind(
        title=marked("Missing"),
        headed=marked("{column} missing"),
        template=marked("{column} is blank; fill it in."),
        several=marked("{cells} is blank; fill it in."),
    ),
    DITTO: Kind(
        title=marked("Same as above"),
        template=marked("{column} “{value}” stands for what is above it; each row must say it itself."),
        several=marked("{cells} stands for what is above it; each row must say it itself."),
    ),
    "too-long": Kind(
        title=marked("Too long"),
        headed=marked("{column} too long"),
        template=marked("{column} has {length} characters; shorten it to at most {limit}."),
        several=marked("{cells} has too many characters; shorten it."),
    ),
    "unreadable-characters": Kind(
        title=marked("Invisible characters"),
        template=marked(
            "{column} “{value}” holds characters that cannot be seen; type it again without them."
        ),
        several=marked("{cells} holds characters that cannot be seen; type it again without them."),
    ),
    "error-cell": Kind(
        title=marked("Formula error"),
        template=marked("{column} shows {value}, the error of a formula in Excel; type the value."),
        several=marked("{cells} is an error of a formula in Excel; type the value."),
    ),
    "uncalculated-formula": Kind(
        title=marked("Formula without a result"),
        template=marked("{column} is a formula that Excel never calculated; type its result."),
        several=marked("{cells} is a formula that Excel never calculated; type its result."),
    ),
    NOT_AS_SHOWN: Kind(
        title=marked("Not as shown in Excel"),
        template=marked(
            "{column} holds “{value}”, but its number format hides that or shows something else; type what "
            "counts, or confirm “{value}”."
        ),
        several=marked(
            "{cells} is not what Excel shows: the number format hides it or shows something else; type what "
            "counts, or confirm what the cells hold."
        ),
        severity=Severity.WARNING,
        confirm=True,
    ),
    "partly-struck": Kind(
        title=marked("Partly struck through"),
        template=marked("{column} “{value}” is struck through in part; type what counts."),
        several=marked("{cells} is struck through in part; type what counts."),
    ),
    "struck-cell": Kind(
        title=marked("Struck through"),
        template=marked(
            "{column} “{value}” is struck through in Excel; type it again if it counts, or exclude the row."
        ),
        several=marked(
            "{cells} is struck through in Excel; type it again if it counts, or exclude the rows."
        ),
    ),
    "unknown-customer": Kind(
        title=marked("Unknown customer"),
        template=marked("{column} “{value}” is not a customer; use the code of an existing customer."),
        several=marked("{cells}: not a customer; use the codes of existing customers."),
    ),
    NO_CUSTOMERS: Kind(
        title=marked("No customers yet"),
        template=marked(
            "{column} “{value}” cannot be checked: there are no customers yet. Import the list of customers "
            "first, or ask an Admin to."
        ),
        several=marked(
            "{cells}: there are no customers yet. Import the list of customers first, or ask an Admin to; "
            "then the rows are checked again."
        ),
    ),
    OTHER_NAME: Kind(
        title=marked("Name of another customer"),
        template=marked(
            "{column} “{value}” is {name}, and the row names “{said}”, which is {other}; use {other}, or "
            "confirm “{value}”."
        ),
        several=marked(
            "{cells}: the rows name other customers than these codes; use the codes of those, or confirm "
            "these."
        ),
        severity=Severity.WARNING,
        confirm=True,
    ),
    "inactive-customer": Kind(
        title=marked("Inactive customer"),
        template=marked("{column} “{value}” is {name}, who is inactive; use an active customer."),
        several=marked("{cells}: inactive customers; use active ones."),
    ),
    "unknown-location": Kind(
        title=marked("Unknown location"),
        template=marked("{column} “{value}” is not a location; use one of {expected}."),
        several=marked("{cells}: not a location; use the codes of existing locations."),
    ),
    NO_LOCATIONS: Kind(
        title=marked("No locations yet"),
        template=marked(
            "{column} “{value}” names {named}, and there are no locations yet; have them added first, or "
            "leave the cell blank."
        ),
        several=marked(
            "{cells}: there are no locations yet; have them added first, or leave the cells blank."
        ),
    ),
    "not-at-location": Kind(
        title=marked("Customer not at location"),
        template=marked(
            "{column} “{value}” is not a location of customer {customer}; use one of {expected}."
        ),
        several=marked("{cells}: not a location of the row's customer; use one that the customer has."),
    ),
    "not-a-number": Kind(
        title=marked("Not a number"),
        headed=marked("{column} not a number"),
        template=marked("{column} must be a number such as 1234.50, not “{value}”."),
        several=marked("{cells} must be a number such as 1234.50."),
    ),
    "percentage": Kind(
        title=marked("Percentage"),
        template=marked("{column} “{value}” is a percentage; type the amount."),
        several=marked("{cells} is a percentage; type the amount."),
    ),
    "side-mark": Kind(
        title=marked("Marked CR or DR"),
        template=marked("{column} “{value}” is marked {mark}; type the amount without it."),
        several=marked("{cells} is marked as debit or credit; type the amount without it."),
    ),
    "other-side": Kind(
        title=marked("On the other side"),
        template=marked("{column} “{value}” is marked {mark}, so it is not {one}; exclude the row."),
        several=marked("{cells} is marked as the opposite of {one}; exclude the rows."),
    ),
    "ambiguous-amount": Kind(
        title=marked("Amount unclear"),
        template=marked(
            "{column} “{value}” can be read as {first} or as {second}; type the one that is meant."
        ),
        several=marked("{cells} can be read in two ways; type the amount that is meant."),
    ),
    "one-or-two-numbers": Kind(
        title=marked("One number or two"),
        template=marked("{column} “{value}” can be one number or two; type the one that is meant."),
        several=marked("{cells} can be one number or two; type the one that is meant."),
    ),
    "amount-as-date": Kind(
        title=marked("Amount shown as a date"),
        template=marked("{column} is shown as the date {value} in Excel; type the amount."),
        several=marked("{cells} is shown as a date in Excel; type the amount."),
    ),
    "shown-rounded": Kind(
        title=marked("Shown rounded"),
        template=marked(
            "{column} is {value}, which Excel shows as {shown}; use {shown}, or confirm {value}."
        ),
        several=marked("{cells} has more decimals than Excel shows; use what it shows, or confirm these."),
        severity=Severity.WARNING,
        confirm=True,
    ),
    "other-currency": Kind(
        title=marked("Other currency"),
        template=marked(
            "{column} “{value}” is in another currency; the ledger is in {expected}, so type the amount "
            "in {expected}."
        ),
        several=marked("{cells} is in another currency than the ledger; type the amount in the ledger's."),
    ),
    "not-positive": Kind(
        title=marked("Must be above zero"),
        headed=marked("{column} must be above zero"),
        template=marked("{column} must be a positive number, not {value}."),
        several=marked("{cells} must be a positive number."),
    ),
    "not-negative": Kind(
        title=marked("Not negative"),
        headed=marked("{column} not negative"),
        template=marked("{column} must be a negative number, not {value}."),
        several=marked("{cells} must be a negative number."),
    ),
    "too-many-decimals": Kind(
        title=marked("Too many decimals"),
        template=marked("{column} “{value}” has more than {limit} decimals; round it as it was meant."),
        several=marked("{cells} has too many decimals; round it as it was meant."),
    ),
    "above-ceiling": Kind(
        title=marked("Above the ceiling"),
        template=marked("{column} {value} is above the ceiling of {limit} for one {noun}; check it."),
        several=marked("{cells} is above the ceiling for one {noun}; check it."),
    ),
    "not-a-date": Kind(
        title=marked("Not a date"),
        headed=marked("{column} not a date"),
        template=marked("{column} must be a date as YYYY-MM-DD, not “{value}”."),
        several=marked("{cells} must be a date as YYYY-MM-DD."),
    ),
    "ambiguous-date": Kind(
        title=marked("Ambiguous date"),
        template=marked("{column} “{value}” can be read as {readings}; choose one."),
        several=marked("{cells} can be read in two ways; type the date that is meant."),
    ),
    "wrong-weekday": Kind(
        title=marked("Wrong day of the week"),
        template=marked("{column} “{value}”: {first} is a {weekday}; type the date that is meant."),
        several=marked(
            "{cells} names another day of the week than its date has; type the date that is meant."
        ),
    ),
    "serial-date": Kind(
        title=marked("Number instead of a date"),
        template=marked(
            "{column} is the number {value}; as an Excel date it would be {first}. Type the date."
        ),
        several=marked("{cells} is a number; type the date."),
    ),
    "has-time": Kind(
        title=marked("Date with a time"),
        template=marked("{column} “{value}” has a time of day; a date alone is expected."),
        several=marked("{cells} has a time of day; a date alone is expected."),
    ),
    "date-format": Kind(
        title=marked("Date format"),
        template=marked("{column} “{value}” must be written as YYYY-MM-DD: {first}."),
        several=marked("{cells} must be written as YYYY-MM-DD."),
    ),
    CLOSED_PERIOD: Kind(
        title=marked("Closed period"),
        template=marked(
            "{column} “{value}” is in {month}, which is closed; date it {first}, the first open day, or "
            "have the month reopened."
        ),
        several=marked(
            "{cells} is in a closed month; date it the first open day, or have the month reopened."
        ),
    ),
    SWAPPED_DATE: Kind(
        title=marked("Day and month may be swapped"),
        template=marked(
            "{column} {value} is probably {first}: Excel swapped day and month where it could, and left "
            "other dates of this column as text; use {first}, or confirm {value}."
        ),
        several=marked(
            "{cells}: Excel probably swapped day and month, as it left other dates of this column as "
            "text; use the other days, or confirm these."
        ),
        severity=Severity.WARNING,
        confirm=True,
    ),
    PERHAPS_SWAPPED: Kind(
        title=marked("Day and month could be swapped"),
        template=marked(
            "{column} {value} could be {first} with day and month swapped by Excel, which left other "
            "dates of this column as text; check it."
        ),
        several=marked(
            "{cells}: Excel may have swapped day and month, as it left other dates of this column as "
            "text; check them."
        ),
        severity=Severity.WARNING,
    ),
    "unusual-date": Kind(
        title=marked("Unusual date"),
        template=marked("{column} {value} is {distance}; correct it, or confirm it."),
        several=marked("{cells} is far from today; correct these dates, or confirm them."),
        severity=Severity.WARNING,
        confirm=True,
    ),
    "not-a-choice": Kind(
        title=marked("Not an allowed value"),
        template=marked("{column} “{value}” is not known; use one of {expected}."),
        several=marked("{cells} is not known; use one of the choices of the column."),
    ),
    "duplicate-in-sheet": Kind(
        title=marked("Duplicate in this file"),
        template=marked("{column} “{value}”{whose} is also in row {other}; each must be unique."),
        several=marked("{cells} is in more than one row{several}; each must be unique."),
    ),
    ALREADY_POSTED: Kind(
        title=marked("Already imported"),
        template=marked("{column} “{value}”{whose} was already imported on {date}; exclude the row."),
        several=marked("{cells}{several} was already imported; exclude the rows."),
    ),
    ALREADY_CORRECTED: Kind(
        title=marked("Already corrected"),
        template=marked(
            "This is row {origin} of “{source}”, which was already corrected in “{file}”, row {other}; "
            "exclude it here."
        ),
        several=marked("The rows were already corrected and imported elsewhere; exclude them here."),
    ),
    DROPPED_ROW: Kind(
        title=marked("Dropped"),
        template=marked(
            "This is row {origin} of “{source}”, which {by} dropped: “{reason}”. "
            "Exclude it here, or undo that on the report of that import."
        ),
        several=marked(
            "The rows were dropped from the imports that rejected them; exclude them here, or undo that "
            "on the reports of these imports."
        ),
    ),
    COPIED_ROW: Kind(
        title=marked("Copy of a row"),
        template=marked(
            "This is row {origin} of “{source}” once more, as is row {other}; a corrected row can be "
            "imported once. Exclude it, or type another {noun} into a row of its own."
        ),
        several=marked(
            "The rows are copies of rejected rows, and each of these can be imported once; exclude them."
        ),
    ),
    REPEATED_ROW: Kind(
        title=marked("Possible duplicate in this file"),
        template=marked(
            "{column} {value}: row {other} has the same {same}; "
            "confirm that this is another {noun}, or exclude the row."
        ),
        several=marked(
            "{cells}: other rows have the same {same}; "
            "confirm that these are other {nouns}, or exclude the rows."
        ),
        severity=Severity.WARNING,
        confirm=True,
    ),
    POSSIBLE_DUPLICATE: Kind(
        title=marked("Possible duplicate"),
        template=marked(
            "{column} {value}: {one} of the same {same} was imported on {date}; "
            "confirm that this is another {noun}, or exclude the row."
        ),
        several=marked(
            "{cells}: {nouns} of the same {same} were imported before; "
            "confirm that these are other {nouns}, or exclude the rows."
        ),
        severity=Severity.WARNING,
        confirm=True,
    ),
    UNUSUAL_AMOUNT: Kind(
        title=marked("Unusual amount"),
        template=marked(
            "{column} {value} is {times} times the largest of this customer's {before} {nouns} before, "
            "{largest}; correct it, or confirm it."
        ),
        several=marked(
            "{cells} is far above what these customers had before; correct these amounts, or confirm them."
        ),
        severity=Severity.WARNING,
        confirm=True,
    ),
    OTHER_AMOUNT_SAID: Kind(
        title=marked("Another amount in a note"),
        template=marked(
            "{column} is {value}, and a note beside it says “{said}”; correct the amount, or confirm it."
        ),
        several=marked("Notes beside {cells} say another amount; correct these amounts, or confirm them."),
        severity=Severity.WARNING,
        confirm=True,
    ),
    ONE_MORE: Kind(
        title=marked("One more"),
        template=marked(
            "{column} {value}: {count} {nouns} of the same {same} were imported before, and this file "
            "has one more, which is new."
        ),
        several=marked(
            "{cells}: beside the {nouns} of the same {same} that were imported before, this file has one "
            "more, which is new."
        ),
        severity=Severity.WARNING,
    ),
    SIMILAR_NUMBER: Kind(
        title=marked("Similar number in this file"),
        template=marked(
            "{column} “{value}” is like “{like}” in row {other}, with the same {same}; confirm that this is "
            "another {noun}, or exclude the row."
        ),
        several=marked(
            "{cells}: numbers like those of other rows of the same customer, date or amount; confirm that "
            "these are other {nouns}, or exclude the rows."
        ),
        severity=Severity.WARNING,
        confirm=True,
    ),
    SIMILAR_POSTED: Kind(
        title=marked("Similar number imported"),
        template=marked(
            "{column} “{value}” is like “{like}”, imported on {date} for the same customer; confirm that "
            "this is another {noun}, or exclude the row."
        ),
        several=marked(
            "{cells}: numbers like those that were imported for the same customer; confirm that these "
            "are other {nouns}, or exclude the rows."
        ),
        severity=Severity.WARNING,
        confirm=True,
    ),
    SPLIT_NUMBER: Kind(
        title=marked("One number, several amounts"),
        template=marked(
            "{column} “{value}” is in row {other} as well, with {amount}: type the sum here and exclude "
            "the other rows if they are parts of one {noun}, or confirm this row alone."
        ),
        several=marked(
            "{cells}: other rows have the same number and another amount; type the sums and exclude the "
            "other rows if they are parts of one {noun}, or confirm these rows alone."
        ),
        severity=Severity.WARNING,
        confirm=True,
    ),
    SIMILAR_CODE: Kind(
        title=marked("Similar to an existing code"),
        template=marked(
            "{column} “{value}” is new, but like {other} ({name}); use {other}, or confirm that this is "
            "another customer."
        ),
        several=marked(
            "{cells}: new, but like codes that exist; use those, or confirm that these are others."
        ),
        severity=Severity.WARNING,
        confirm=True,
    ),
    SIMILAR_NEW_CODE: Kind(
        title=marked("Similar new codes"),
        template=marked(
            "{column} “{value}” is like “{like}” in row {other}, and both are new; use one of them, or "
            "confirm that these are two customers."
        ),
        several=marked(
            "{cells}: new codes like those of other rows; use one of them, or confirm that these are "
            "several customers."
        ),
        severity=Severity.WARNING,
        confirm=True,
    ),
    SAME_NEW_NAME: Kind(
        title=marked("One name, two codes"),
        template=marked(
            "{column} “{value}” is new, and its name is that of “{like}” in row {other}; use one of them, or "
            "confirm that these are two customers."
        ),
        several=marked(
            "{cells}: new, with names that stand in other rows as well; use one code for each, or confirm "
            "that these are several customers."
        ),
        severity=Severity.WARNING,
        confirm=True,
    ),
    SPLIT_CODE: Kind(
        title=marked("One code, two rows"),
        template=marked(
            "{column} “{value}” is in row {other} as well, which says something else; confirm this row, "
            "or exclude it and correct the other."
        ),
        several=marked(
            "{cells}: other rows have the same code and say something else; confirm these rows, or "
            "exclude them and correct the others."
        ),
        severity=Severity.WARNING,
        confirm=True,
    ),
    KNOWN_NAME: Kind(
        title=marked("Existing name, new code"),
        template=marked(
            "{column} “{value}” is new, but its name is that of {other}; use {other}, or confirm that "
            "this is another customer."
        ),
        several=marked(
            "{cells}: new, but with the names of existing customers; use their codes, or confirm that "
            "these are others."
        ),
        severity=Severity.WARNING,
        confirm=True,
    ),
    NAME_AS_CODE: Kind(
        title=marked("Name instead of a code"),
        template=marked(
            "{column} “{value}” looks like a name; type the customer's code, or confirm this one."
        ),
        several=marked("{cells}: these look like names; type the customers' codes, or confirm these."),
        severity=Severity.WARNING,
        confirm=True,
    ),
    CODE_AS_NAME: Kind(
        title=marked("Code instead of a name"),
        template=marked(
            "{column} “{value}” looks like a code or a number; type the name, or confirm this one."
        ),
        several=marked("{cells}: these look like codes or numbers; type the names, or confirm these."),
        severity=Severity.WARNING,
        confirm=True,
    ),
    NAME_OF_ANOTHER: Kind(
        title=marked("Name of another code"),
        template=marked(
            "{column} “{value}” is the name of {other}; check that codes and names belong together, or "
            "confirm this name."
        ),
        several=marked(
            "{cells}: these are the names of other codes; check that codes and names belong together, or "
            "confirm these names."
        ),
        severity=Severity.WARNING,
        confirm=True,
    ),
    STANDS_FOR_NOTHING: Kind(
        title=marked("Stands for nothing"),
        template=marked(
            "{column} “{value}” stands for nothing; type what it is, leave it blank, or confirm “{value}”."
        ),
        several=marked("{cells} stands for nothing; type what it is, leave it blank, or confirm it."),
        severity=Severity.WARNING,
        confirm=True,
    ),
    GARBLED: Kind(
        title=marked("Garbled letters"),
        template=marked("{column} “{value}” has garbled letters; type it again, or confirm it."),
        several=marked("{cells} has garbled letters; type it again, or confirm it."),
        severity=Severity.WARNING,
        confirm=True,
    ),
    MADE_A_DATE: Kind(
        title=marked("Perhaps made a date"),
        template=marked(
            "{column} is the date {value} in Excel, which makes dates of texts such as 3-11; type what it "
            "was, or confirm {value}."
        ),
        several=marked(
            "{cells} is a date in Excel, which makes dates of texts such as 3-11; type what it was, or "
            "confirm the date."
        ),
        severity=Severity.WARNING,
        confirm=True,
    ),
    DIGITS_LOST: Kind(
        title=marked("Digits lost"),
        template=marked("{column} “{value}” has lost digits; type all of them, or confirm “{value}”."),
        several=marked("{cells} has lost digits; type all of them, or confirm what is left."),
        severity=Severity.WARNING,
        confirm=True,
    ),
    KEPT_BLANK: Kind(
        title=marked("Blank, nothing erased"),
        template=marked("{column} is blank, so “{kept}” stays; type {erase} to erase it."),
        several=marked("{cells} is blank, so what is known stays; type (none) to erase it."),
        severity=Severity.WARNING,
    ),
    "hidden-row": Kind(
        title=marked("Hidden row"),
        template=marked("Row {row} is hidden in Excel; confirm that it counts, or exclude it."),
        several=marked("The rows are hidden in Excel; confirm that they count, or exclude them."),
        severity=Severity.WARNING,
        confirm=True,
    ),
    "struck-through": Kind(
        title=marked("Struck through"),
        template=marked("Row {row} is struck through in Excel; confirm that it counts, or exclude it."),
        several=marked("The rows are struck through in Excel; confirm that they count, or exclude them."),
        severity=Severity.WARNING,
        confirm=True,
    ),
    "shared-amount": Kind(
        title=marked("One amount for several rows"),
        template=marked(
            "{column} “{value}” stands in a cell that is merged over {count} rows in Excel; type the amount "
            "of each row, or confirm that it is this row's own."
        ),
        several=marked(
            "{cells} stands in cells that are merged over several rows in Excel; type the amount of each "
            "row, or confirm that it is the first row's own."
        ),
        severity=Severity.WARNING,
        confirm=True,
    ),
    SAYS_VOID: Kind(
        title=marked("Marked as void"),
        template=marked(
            "{column} “{value}” says that this row no longer counts; exclude it, or confirm that it counts."
        ),
        several=marked(
            "{cells} says that these rows no longer count; exclude them, or confirm that they count."
        ),
        severity=Severity.WARNING,
        confirm=True,
    ),
    SAYS_TO_WAIT: Kind(
        title=marked("Marked to wait"),
        template=marked(
            "{column} “{value}” says that this row is not to be imported yet; exclude it, or confirm that it "
            "counts."
        ),
        several=marked(
            "{cells} says that these rows are not to be imported yet; exclude them, or confirm that they "
            "count."
        ),
        severity=Severity.WARNING,
        confirm=True,
    ),
    SAYS_OTHERS: Kind(
        title=marked("Another customer's?"),
        template=marked(
            "{column} “{value}” says that this row is another customer's, or shared with one; use that "
            "customer's code, exclude it, or confirm that it is right."
        ),
        several=marked(
            "{cells} says that these rows are other customers', or shared with some; use those customers' "
            "codes, exclude them, or confirm that they are right."
        ),
        severity=Severity.WARNING,
        confirm=True,
    ),
    CUT_VALUE: Kind(
        title=marked("Cut in two?"),
        template=marked(
            "“{value}” stands where no value belongs, as if a comma had cut an amount or a text of row {row} "
            "in two; correct the file, or confirm that the row is right."
        ),
        several=marked(
            "Something stands where no value belongs, as if commas had cut amounts or texts of these rows in "
            "two; correct the file, or confirm that the rows are right."
        ),
        severity=Severity.WARNING,
        confirm=True,
    ),
    TOTAL_LINE: Kind(
        title=marked("Total row"),
        template=marked("Row {row} is a total row ({why}); it is not imported."),
        several=marked("These are total rows; they are not imported."),
    ),
    "repeated-header": Kind(
        title=marked("Repeated headers"),
        template=marked("Row {row} {why}; it is not imported."),
        several=marked("The rows repeat the headers; they are not imported."),
    ),
    "heading-line": Kind(
        title=marked("Heading"),
        template=marked("Row {row} is {why}; it is not imported."),
        several=marked("These are lines above groups of rows; they are not imported."),
    ),
    "other-table": Kind(
        title=marked("Second table"),
        template=marked("Row {row} {why}; it is not imported."),
        several=marked("The rows stand in a second table; they are not imported."),
    ),
    "filtered-row": Kind(
        title=marked("Something else"),
        template=marked("Row {row}: {why}; it is not imported."),
        several=marked("A column says that the rows are something else; they are not imported."),
    ),
    "footer-line": Kind(
        title=marked("Text below the table"),
        template=marked("Row {row} is {why}; it is not imported."),
        several=marked("These are lines of text; they are not imported."),
    ),
    "control-line": Kind(
        title=marked("Control totals"),
        template=marked("Row {row} {why}; it is not imported."),
        several=marked("These lines give control totals; they are not imported."),
    ),
    MAYBE_TOTAL: Kind(
        title=marked("Total row?"),
        template=marked(
            "{column} {value} may be a total ({why}); say whether it is one or {one} of its own."
        ),
        several=marked("{cells} may be totals of other rows; say whether they are, or {nouns} of their own."),
    ),
    MAYBE_OTHER_TABLE: Kind(
        title=marked("Another table?"),
        template=marked("Row {row} {why}; say whether it is {one} to import."),
        several=marked(
            "The rows stand below a line that may say what they are; say whether they are {nouns}."
        ),
    ),
}

CONFIRMABLE = frozenset(code for code, kind in CATALOGUE.items() if kind.confirm)
"""What stops its row until a person confirms it."""
