"""What the review grid may ask, typed: everything else is refused before anything is done.

The grid is a program in a browser, and whoever is signed in can write another one. So every message is held
against these models first: kinds and shapes, lengths, numbers that a sheet can have, no field that nobody
knows. What only the sheet can tell (whether it has the row, the column) is asked behind the door.
"""

from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    FailFast,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from komet_import.language import _, marked
from komet_import.refusal import Refusal
from komet_import.row_numbers import LAST_NUMBER

MOST_ACTIONS = 100
"""Of one message: each takes a look at the draft, and the one who sends them waits for all."""
LONGEST_CELL = 32_767
"""Characters: what Excel holds in a cell."""
LONGEST_QUERY = 200
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""Of a sheet of Excel's."""
MOST_ROWS, MOST_CELLS, MOST_LINES = 1_000, 20_000, 200_000
"""Of one action: rows and cells of a window, lines of a paste."""
_LARGEST = 2**53 - 1
"""What a browser counts to exactly."""

LABELS = (
    *(marked("Edit"), marked("Paste"), marked("Cut"), marked("Clear"), marked("Fill down")),
    marked("Suggestion"),
)
"""The kinds of work in which cells are set, as the list of edits tells them."""

Row = Annotated[int, Field(ge=1, le=LAST_NUMBER)]
Token = Annotated[int, Field(ge=0, le=_LARGEST)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_CELL)]
Cell = Annotated[str, StringConstraints(max_length=LONGEST_CELL)]
Identity = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class _Said(BaseModel):
    """Exactly these fields, exactly of these types."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class _Action(_Said):
    seq: Annotated[int, Field(ge=1, le=_LARGEST)]


class Set(_Action):
    """Cells as (row, column, text that the person saw, new text); `label` names the kind of work."""

    kind: Literal["set"]
    cells: Annotated[
        list[tuple[Row, Name, Cell, Cell]], Field(min_length=1, max_length=MOST_CELLS), FailFast()
    ]
    label: Literal["Edit", "Paste", "Cut", "Clear", "Fill down", "Suggestion"] = "Edit"


class Paste(_Action):
    """A block of texts, line by line, from a cell on and over the further rows of the look; `seen` is the
    revision that the person saw."""

    kind: Literal["paste"]
    row: Row
    column: Name
    block: Annotated[
        list[Annotated[list[Cell], Field(max_length=LAST_COLUMN), FailFast()]],
        Field(min_length=1, max_length=MOST_LINES),
        FailFast(),
    ]
    seen: Token | None = None


class Rows(_Action):
    """Rows to leave out or to take back in."""

    kind: Literal["exclude", "restore"]
    rows: Annotated[list[Row], Field(min_length=1, max_length=MOST_ROWS), FailFast()]


class Travel(_Action):
    """A step back or forth in the journal, for a person who saw this revision."""

    kind: Literal["undo", "redo"]
    seen: Token | None = None


class Page(_Action):
    """Turn to a page."""

    kind: Literal["page"]
    page: Annotated[int, Field(ge=1, le=LAST_ROW)]


class Only(_Action):
    """Look at the rows that have a value in a column."""

    kind: Literal["only"]
    column: Name
    value: Cell


class Sort(_Action):
    """Order the rows by a column; by none, as the sheet has them."""

    kind: Literal["sort"]
    column: Name | None
    descending: bool


class LookUp(_Action):
    """Search the list that a column's values come from."""

    kind: Literal["lookup"]
    column: Name
    query: Annotated[str, StringConstraints(max_length=LONGEST_QUERY)]


class NextProblem(_Action):
    """Go to the problem after (or before) a cell; from nowhere, to the first one."""

    kind: Literal["next-problem"]
    start: Annotated[tuple[Row | None, Name | None], Field(alias="from")]
    direction: Literal[-1, 1]


Action = Annotated[
    Set | Paste | Rows | Travel | Page | Only | Sort | LookUp | NextProblem,
    Field(discriminator="kind"),
]


class GridMessage(_Said):
    """One message: which look, which browser's grid, what it has heard already, what it wants done."""

    look: Identity
    client: Identity
    heard: Token = 0
    # Each list ends at its first fault: a million of them would be a million errors to hold.
    actions: Annotated[list[Action], Field(max_length=MOST_ACTIONS), FailFast()] = Field(default_factory=list)

    @model_validator(mode="after")
    def _in_order(self) -> "GridMessage":
        seqs = [action.seq for action in self.actions]
        if any(later <= earlier for earlier, later in pairwise(seqs)):
            raise ValueError("actions out of order")
        if sum(action.kind == "lookup" for action in self.actions) > 1:
            raise ValueError("more than one look-up")
        return self


class BadMessage(Refusal):
    """A message that is none; `seq` is the number of the action that is at fault, where it has one."""

    def __init__(self, message: str, seq: int | None = None) -> None:
        super().__init__("bad-message", message)
        self.seq = seq


def read(body: bytes) -> GridMessage:
    """The message in a request's body. Raises BadMessage with one sentence; nothing is done then."""
    try:
        return GridMessage.model_validate_json(body)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_context=False)[0]
        raise BadMessage(_sentence(first), _seq(body, first["loc"])) from None


def _sentence(first: Any) -> str:
    kind, where = first["type"], first["loc"]
    if kind == "string_too_long" and "lookup" in where:
        return _("A search has at most {most} characters; type less of the name.", most=LONGEST_QUERY)
    if kind == "string_too_long":
        return _(
            "A cell holds at most {most:,} characters; this text is longer and was not entered.",
            most=LONGEST_CELL,
        )
    if kind == "too_long":
        return _("That was too much at once and was not entered; paste fewer rows.")
    return _("This change could not be read and was not entered; reload the page and make it again.")


def _seq(body: bytes, where: tuple[int | str, ...]) -> int | None:
    """The number of the action that the fault lies in, as far as it has one."""
    if len(where) < 2 or where[0] != "actions" or not isinstance(where[1], int):
        return None
    try:
        seq = _Outline.model_validate_json(body).actions[where[1]].seq
    except (ValidationError, IndexError):
        return None
    return seq if isinstance(seq, int) and 0 < seq <= _LARGEST else None


class _Numbered(BaseModel):
    seq: Any = None


class _Outline(BaseModel):
    """A message of which only the numbers are read."""

    actions: Annotated[list[_Numbered], Field(max_length=MOST_ACTIONS), FailFast()]
