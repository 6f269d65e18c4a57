"""One person's look at one draft: what they see of it, which dialog is open, what the grid is to be told.

The draft itself lives behind the front door; here is only what is theirs: filter, page, the order of the
rows (which stays as it is while they fix, so that a fixed row does not vanish under their hands), and
what the grid is to be told next; `actions` does what it asks. The page's script and the grid's requests meet
here, so it is locked.
"""

import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from functools import partial
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

import numpy as np
import numpy.typing as npt

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.ledger.list_pages import page_shown, pages_of
from komet_import.ledger.reference import Stamp
from komet_import.refusal import Refusal
from komet_import.review.problem_list import Problem
from komet_import.review.questions import UNCLEAR, questions
from komet_import.review.questions.question import Question
from komet_import.review.window import PAGE_ROWS, Look, Show, first_look, positions
from komet_import.row_numbers import told
from komet_import.services import KEPT_CLIENTS, OVERTAKEN, Opened
from komet_import.types import ImportType
from komet_import.web.review.click import Click
from komet_import.web.review.kept_fields import Typed
from komet_import.web.review.offers import Offers, Proposed
from komet_import.web.shared import vanished
from komet_import.web.shared.on_screen import OnScreen

if TYPE_CHECKING:
    from komet_import.web.review.wish import Wish

ROWS = "/review/rows"
"""Where the grid asks for its rows and sends its edits; a route of the server."""
NEWS = "/review/news"
"""Where the grid asks whether somebody else changed what it shows."""
MOST_NOTICES = 5
Task = Callable[[], object]  # what a button has asked for
_looks: WeakValueDictionary[str, "Reviewing"] = WeakValueDictionary()


class NoSuchLook(Exception):
    """The look is not this person's, or went with their browser session or with the server that held it."""


def look_of(user: CurrentUser, look: str) -> "Reviewing":
    """This person's look. Raises NoSuchLook."""
    looking = _looks.get(look)
    if looking is None or looking.user_id != user.id:
        raise NoSuchLook
    return looking


def news(user: CurrentUser, look: str, version: str) -> bool:
    """Whether a grid that shows this version would be given another one now.

    Raises NoSuchLook, and Refusal where the draft is one no longer.
    """
    looking = look_of(user, look)
    revision = version.partition("-")[0]
    if revision.isdecimal() and len(revision) < 10:
        looking.click.shows(int(revision))
    return looking.version_of(*services.version(user, looking.batch_id)) != version


@dataclass(eq=False)
class Reviewing:
    """The look of one person at one draft; kept in their browser session's state, and with it gone."""

    batch_id: str
    user_id: int
    identity: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    look: Look = field(default_factory=Look)
    page: int = 1
    order: npt.NDArray[np.intp] | None = None
    acknowledged: dict[str, int] = field(default_factory=dict)
    notices: list[dict[str, Any]] = field(default_factory=list)
    goto: dict[str, Any] | None = None
    lookup: dict[str, Any] | None = None
    checks: bool = False  # whether its person may only look at it, approve it, or return it
    returning: bool = False  # whether the dialog that asks why it is returned is open
    waiting: list[tuple[str, Task]] = field(default_factory=list)  # with its words, for the page to run
    values: tuple[str, str] | None = None  # column and kind whose values the dialog that is open fixes
    keys: bool = False  # whether the list of keys is open
    met: dict[tuple[str, str], str] = field(default_factory=dict)  # problems there were, by heading
    wish: "Wish | None" = None  # what the dialog that is open is to fix
    reading: bool | None = None  # whether the panel about how the file was read is open; None: not decided
    choices: dict[str, str] = field(default_factory=dict)  # what was chosen in it so far
    proposed: OnScreen[Proposed] = field(  # what its button confirms
        default_factory=lambda: OnScreen("reading-shown")
    )
    deleting: bool = False  # whether the dialog that is open asks to delete the draft
    asked: tuple[tuple[Any, ...], list[Question]] | None = None
    fits: ImportType | None = None  # the type that the sheet says most of, once that was looked for
    said_last: int = 0  # the token of the last notice or place to go to
    zone: tzinfo | None = None  # of the browser that it is drawn in
    _choices: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)
    click: Click = field(init=False)
    plans: OnScreen[object] = field(  # what a click in the dialog before an import would do
        default_factory=lambda: OnScreen("confirm-shown")
    )
    offers: Offers = field(default_factory=Offers)
    typed: Typed = field(default_factory=dict)  # into dialogs, until what they ask for is done

    def __post_init__(self) -> None:
        self.click = Click(self.batch_id, self.lock)
        _looks[self.identity] = self

    def begin(self, opened: Opened) -> None:
        """Look as the rows of this type are first looked at."""
        self.look = first_look(opened.type)

    def see(self, opened: Opened) -> npt.NDArray[np.intp]:
        """The rows looked at, by position, in the order that was fixed when the look was chosen."""
        with self.lock:
            if self.order is None:
                self.order = positions(opened.draft, opened.judgement, self.look)
            self.page = page_shown(self.page, pages=self.pages)
            return self.order

    @property
    def pages(self) -> int:
        """Pages of the rows looked at, at least one."""
        count = 0 if self.order is None else len(self.order)
        return pages_of(count, PAGE_ROWS)

    def fixed(self, opened: Opened) -> int | None:
        """How many rows are in view only because they were fixed there; None where the look would find the
        very rows that are in view."""
        found = positions(opened.draft, opened.judgement, self.look)
        if self.order is None or np.array_equal(found, self.order):
            return None
        return int((~np.isin(self.order, found)).sum())

    def choose(self, look: Look) -> None:
        """Look differently, from the first page."""
        with self.lock:
            self.look, self.page, self.order = look, 1, None
            self._choices += 1

    def only(self, column: str, value: str) -> None:
        """Look at the rows that have a value in a column, whatever was looked at before."""
        found = replace(self.look, show=Show.ALL, search="", problem=None, only=(column, value))
        self.choose(found)

    def wish_for(self, wish: "Wish | None") -> None:
        """Open the dialog that fixes many rows, or have done with it; there is one dialog at a time."""
        self.wish, self.values, self.deleting = wish, None, False

    def fix_values(self, which: tuple[str, str] | None) -> None:
        """Open the dialog that fixes the values of a kind of problem in a column, or have done with it."""
        self.values, self.wish, self.deleting = which, None, False

    def show_keys(self, shows: bool) -> None:
        """Open the list of keys, or have done with it."""
        self.keys = shows

    def ask_to_delete(self, asks: bool) -> None:
        """Open the dialog that asks whether to delete the draft, or have done with it."""
        self.deleting, self.wish, self.values = asks, None, None

    def require_hands(self) -> None:
        """Raises Refusal `read-only` for who decides about what waits: an edit would make it theirs too."""
        if self.checks:
            raise Refusal(
                "read-only",
                _(
                    "This import waits for your approval, so nothing was changed. Return it to have it "
                    "changed."
                ),
            )

    def open_reading(self) -> None:
        """Open the panel about how the file was read, with nothing chosen."""
        self.reading = True
        self.choices.clear()

    def close_reading(self) -> None:
        """Have done with that panel."""
        self.reading = False
        self.choices.clear()

    def taken_notices(self) -> list[str]:
        """What is to be said, once, where there is no grid that says it."""
        with self.lock:
            told = [notice["text"] for notice in self.notices]
            self.notices = []
            return told

    def ask_why(self, asks: bool) -> None:
        """Open the dialog that asks why it is returned, or have done with it."""
        self.returning, self.wish, self.deleting = asks, None, False

    def later(self, work: Task, words: str = "") -> Callable[[], None]:
        """A callback of a button: the work is done when the page is drawn next (`run_next`), which shows the
        words meanwhile; a callback itself could show nothing. Two clicks may come in one run.
        """
        return lambda: self.waiting.append((words or _("One moment …"), work))

    def promising(self, key: str, said: str, work: Task, words: str = "") -> Callable[[], None]:
        """As `later`, of the button with this key that says something of the rows: where it said something
        else on the screen on which it was clicked, its person is told, and it is not done."""
        self.offers.offer(key, said)
        done_later = self.later(partial(self.offers.once, key, said, work), words)

        def clicked() -> None:
            if self.offers.stood(key, said):
                done_later()
            else:
                self.tell(_(OVERTAKEN), level="warning")

        return clicked

    def run_next(self) -> None:
        """Do the next thing that a button has asked for, once; what it refuses is said in the grid."""
        _words, work = self.waiting.pop(0)
        try:
            work()
        except Refusal as wrong:
            if wrong.code in ("already-imported", "discarded"):
                return vanished.tell()  # the page says why, and has no grid
            self.tell(wrong.message, level="warning" if wrong.code == "overtaken" else "error")

    def tell(
        self,
        text: str,
        *,
        level: str = "info",
        row: int | None = None,
        column: str | None = None,
        undo: bool = False,
    ) -> None:
        """Say something in the grid; with `undo` a click beside it undoes the last step."""
        with self.lock:
            said = None if row is None else told(row)
            notice = {
                "token": self._token(),
                "level": level,
                "text": text,
                "row": row,
                "told": said,
                "column": column,
                "undo": undo,
            }
            self.notices = [*self.notices, notice][-MOST_NOTICES:]

    def go_to(self, row: int, column: str) -> None:
        """Turn to a row's page and put the focus on its cell."""
        with self.lock:
            self.goto = {"row": row, "column": column, "token": self._token()}

    def _token(self) -> int:
        self.said_last += 1
        return self.said_last

    def heard(self, token: int) -> None:
        """The grid has heard what was said up to here: it is not said again when the page is entered anew."""
        self.notices = [notice for notice in self.notices if notice["token"] > token]
        if self.goto and self.goto["token"] <= token:
            self.goto = None

    def version(self, opened: Opened) -> str:
        """What the page shows besides rows, as a word that changes when that may have changed."""
        return self.version_of(opened.batch.revision, opened.stamp)

    def version_of(self, revision: int, stamp: Stamp) -> str:
        """The same, where the draft itself is not at hand."""
        return f"{revision}-{self._choices}-{stamp.directory}.{stamp.ledger}.{stamp.day.toordinal()}"

    def questions(self, opened: Opened, found: Sequence[Problem]) -> list[Question]:
        """What is to be asked; found anew only when another question may have come up, for the evidence
        is counted over the whole sheet."""
        unclear = [(p.column, p.code, p.value, len(p.rows)) for p in found if p.code in UNCLEAR]
        key = (id(opened.draft.sheet), id(opened.draft.answers), *unclear)
        if self.asked is None or self.asked[0] != key:
            self.asked = (key, questions(opened.draft, opened.judgement, found))
        return self.asked[1]

    def acknowledge(self, client: str, seq: int) -> None:
        """A browser's grid is told that its actions up to this one were done."""
        self.acknowledged.pop(client, None)
        self.acknowledged[client] = seq
        while len(self.acknowledged) > KEPT_CLIENTS:
            del self.acknowledged[next(iter(self.acknowledged))]

    def acknowledged_of(self, opened: Opened, client: str) -> int:
        """The last action of a browser's grid that was done, here or before this look was begun."""
        return max(self.acknowledged.get(client, 0), int(opened.batch.acknowledged.get(client, 0)))
