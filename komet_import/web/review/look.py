"""One person's look at one draft: what they see of it, and what a click on Import set going.

The draft itself lives behind the front door; here is only what is theirs: filter, page, the order of the
rows (which stays as it is while they fix, so that a fixed row does not vanish under their hands), and
what the grid is to be told next; `actions` does what it asks. The page's script and the grid's requests meet
here, so it is locked.
"""

import secrets
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from functools import partial
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

import numpy as np
import numpy.typing as npt

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _, marked
from komet_import.ledger.receipt import Receipt, Tally
from komet_import.ledger.reference import Stamp
from komet_import.ledger.states import Move
from komet_import.outbox import dispatcher
from komet_import.refusal import Refusal
from komet_import.review.catalogue import OPEN_QUESTION
from komet_import.review.problem_list import Problem, next_problem
from komet_import.review.question import Question
from komet_import.review.questions import questions
from komet_import.review.window import PAGE_ROWS, Look, Show, first_look, positions
from komet_import.row_numbers import told
from komet_import.services import KEPT_CLIENTS, Difference, Opened, Overtaken, Request, Seen
from komet_import.types import ImportType
from komet_import.web.review.grid_rows import grid_columns, grid_rows

if TYPE_CHECKING:
    from komet_import.web.review.wish import Wish


ROWS = "/review/rows"
"""Where the grid asks for its rows and sends its edits; a route of the server."""
OVERTAKEN = marked("The rows have changed meanwhile, so nothing was changed; look at them again.")
NEWS = "/review/news"
"""Where the grid asks whether somebody else changed what it shows."""
MOST_NOTICES = 5
UNCLEAR = frozenset(
    {
        "ambiguous-amount",
        "ambiguous-date",
        "date-format",
        "serial-date",
        "hidden-row",
        "not-positive",
        "not-negative",
        OPEN_QUESTION,
    }
)
"""The problems that a question may settle."""
_looks: WeakValueDictionary[str, "Reviewing"] = WeakValueDictionary()
_posters = ThreadPoolExecutor(max_workers=8, thread_name_prefix="post")
"""They post, so that a click is done at once and whole: a script may be held up, interrupted or left."""


Work = Callable[[], Receipt | Request]
"""What a click sets going."""


class NotYet(Exception):
    """What a grid asked for was not done and is to be sent again: others were faster every time."""


class NoSuchLook(Exception):
    """The look is not this person's, or went with their browser session or with the server that held it."""


class Failed(Exception):
    """An action went wrong in a way that nobody foresaw: it was not done. `seq` is its number."""

    def __init__(self, seq: int) -> None:
        super().__init__(f"action {seq}")
        self.seq = seq


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
    return looking.version_of(*services.version(user, looking.batch_id)) != version


@dataclass(frozen=True, kw_only=True)
class NotPosted:
    """Why a click on Import posted nothing, and what others changed of the sheet, if that is why."""

    message: str
    differences: tuple[Difference, ...] = ()


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
    said: Tally | None = None  # what the button to import says that it will do
    seen: Seen | None = None  # the draft that stands beside it
    move: Move = Move.POST  # and whether that is to post it, to send it for approval, or to approve it
    checks: bool = False  # whether its person may only look at it, approve it, or return it
    returning: bool = False  # whether the dialog that asks why it is returned is open
    posting: "Future[Receipt | Request] | None" = None  # what a click set going
    posted: float = 0.0  # how much of that is done
    going: int = 0  # and how many rows it is of
    answer: NotPosted | None = None
    confirming: bool = False  # whether the dialog about what is to be confirmed is open
    to_do: list[tuple[str, Callable[[], object]]] = field(default_factory=list)
    values: tuple[str, str] | None = None  # column and code whose values the dialog that is open fixes
    keys: bool = False  # whether the list of keys is open
    met: dict[tuple[str, str], str] = field(
        default_factory=dict
    )  # the kinds of problems there were, by heading
    wish: "Wish | None" = None  # what the dialog that is open is to fix
    reading: bool | None = None  # whether the panel about how the file was read is open; None: not decided
    choices: dict[str, str] = field(default_factory=dict)  # what was chosen in it so far
    proposed: dict[tuple[str, str], str] = field(default_factory=dict)  # what its button confirms
    deleting: bool = False  # whether the dialog that is open asks to delete the draft
    asked: tuple[tuple[Any, ...], list[Question]] | None = None
    fits: ImportType | None = None  # the type that the sheet says most of, once that was looked for
    said_last: int = 0  # the token of the last notice or place to go to
    zone: tzinfo | None = None  # of the browser that it is drawn in
    _choices: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        _looks[self.identity] = self

    def begin(self, opened: Opened) -> None:
        """Look as the rows of this type are first looked at."""
        self.look = first_look(opened.type)

    def see(self, opened: Opened) -> npt.NDArray[np.intp]:
        """The rows looked at, by position, in the order that was fixed when the look was chosen."""
        with self.lock:
            if self.order is None:
                self.order = positions(opened.draft, opened.judgement, self.look)
            self.page = min(max(self.page, 1), self.pages)
            return self.order

    @property
    def pages(self) -> int:
        """Pages of the rows looked at, at least one."""
        count = 0 if self.order is None else len(self.order)
        return max(1, -(-count // PAGE_ROWS))

    def outdated(self, opened: Opened) -> bool:
        """Whether fixing has made the rows differ from what the look would find now."""
        found = positions(opened.draft, opened.judgement, self.look)
        return self.order is not None and not np.array_equal(found, self.order)

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
        self.deleting, self.wish = asks, None

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

    def doing(self, work: Callable[[], object], words: str = "") -> Callable[[], None]:
        """A callback of a button: the work is done when the page is drawn next (`do`), which shows the
        words meanwhile; a callback itself could show nothing. Two clicks may come in one run.
        """
        return lambda: self.to_do.append((words or _("One moment …"), work))

    def do(self) -> None:
        """Do the next thing that a button has asked for, once; what it refuses is said in the grid."""
        _words, work = self.to_do.pop(0)
        try:
            work()
        except Refusal as wrong:
            self.tell(wrong.message, level="error")

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

    def promise(self, opened: Opened) -> Tally:
        """What the button says from now on that it will do, and the draft that it is said of."""
        self.said, self.seen = opened.figures.ready, Seen.of(opened)
        self.move = self.move_of(opened, self.said)
        return self.said

    def move_of(self, opened: Opened, tally: Tally) -> Move:
        """What a click does with what is ready, or would be."""
        if self.checks:
            return Move.APPROVE
        return Move.SEND if services.approval_reason(opened, tally) else Move.POST

    def ask_to_confirm(self, _user: CurrentUser) -> None:
        """The button was clicked while something is to be confirmed: one question comes first."""
        self.answer, self.confirming = None, True

    def confirmed(self) -> None:
        """That question is answered, or not asked any more."""
        self.confirming = False

    def click_for(self, user: CurrentUser, promised: Tally, seen: Seen, move: Move) -> None:
        """As `click`, of a button of that question: for what stood in it."""
        self.said, self.seen, self.move = promised, seen, move
        self.click(user)

    def click(self, user: CurrentUser) -> None:
        """Post what the button said when it was clicked, though it may say something else by now.

        It begins here and now, for the page may be held up: a click is done or answered, however late the
        script comes to the button. One that comes while another is still being done is answered with it.
        """
        with self.lock:
            if self.said is None or (self.posting is not None and not self.posting.done()):
                return
            self.answer, self.posted, self.going = None, 0.0, self.said.rows
            self.posting = _posters.submit(_post, self._work(user))

    def _work(self, user: CurrentUser) -> Work:
        """What the button said, as it is asked of the front door."""
        if self.move is Move.SEND:
            return partial(services.send, user, self.batch_id, promised=self.said, seen=self.seen)
        act = services.approve if self.move is Move.APPROVE else services.post
        return partial(act, user, self.batch_id, promised=self.said, seen=self.seen, progress=self._progress)

    def _progress(self, done: float) -> None:
        self.posted = min(done, 1.0)

    def settle(self) -> Receipt | Request | None:
        """What the click that is done came to; None where nothing was posted or sent: `answer` says why.

        Raises PostingRefusal `already-imported`, and what went wrong of itself.
        """
        posting, self.posting = self.posting, None
        if posting is None:
            return None
        try:
            return posting.result()
        except Overtaken as overtaken:
            self.answer = NotPosted(message=overtaken.message, differences=overtaken.differences)
        except Refusal as wrong:
            if wrong.code == "already-imported":
                raise
            self.answer = NotPosted(message=wrong.message)
        return None

    # What the grid is given.

    def data(self, opened: Opened, client: str) -> dict[str, Any]:
        """The window of rows and everything beside it for a browser's grid, as its contract has it."""
        order = self.see(opened)
        first = (self.page - 1) * PAGE_ROWS
        return {
            "version": self.version(opened),
            "revision": opened.batch.revision,
            # Nobody learns the name of another's grid: with it they could acknowledge what that one sends.
            "acknowledged": {client: self._acknowledged(opened, client)},
            "columns": grid_columns(opened, editable=not self.checks),
            "rows": grid_rows(opened, order[first : first + PAGE_ROWS]),
            "filter": str(self.look.show),
            "page": self.page,
            "pages": self.pages,
            "first": first + 1,
            "total": len(order),
            "set_aside": int(opened.judgement.set_aside[order].sum()),
            "all_totals": all(aside.kind.adds_up for aside in opened.judgement.aside.values()),
            "problems": int((opened.judgement.rejected | opened.judgement.to_confirm).sum()),
            "sort": {"column": self.look.sort, "descending": self.look.descending}
            if self.look.sort
            else None,
            "goto": self.goto,
            "lookup": self.lookup,
            "notices": self.notices,
        }

    def acknowledge(self, client: str, seq: int) -> None:
        self.acknowledged.pop(client, None)
        self.acknowledged[client] = seq
        while len(self.acknowledged) > KEPT_CLIENTS:
            del self.acknowledged[next(iter(self.acknowledged))]

    def _acknowledged(self, opened: Opened, client: str) -> int:
        return max(self.acknowledged.get(client, 0), int(opened.batch.acknowledged.get(client, 0)))

    def next_problem(
        self, opened: Opened, row: int | None = None, column: str | None = None, *, forward: bool = True
    ) -> None:
        """Go to the next problem of the rows looked at; where they have none, of the whole sheet."""

        def find(opened: Opened) -> tuple[int, str] | None:
            order = self.see(opened)
            return next_problem(
                opened.judgement, order, opened.draft.columns, row=row, column=column, forward=forward
            )

        found = find(opened)
        if found is None and (opened.judgement.rejected | opened.judgement.to_confirm).any():
            self.choose(Look())
            found = find(opened)
        if found is None:
            self.tell(_("No row needs attention."))
            return
        position, name = found
        self.page = int(np.flatnonzero(self.see(opened) == position)[0]) // PAGE_ROWS + 1
        self.go_to(int(opened.judgement.numbers[position]), name)


def _post(work: Work) -> Receipt | Request:
    """Post or send for approval, and have the mail sent, whether or not anybody still looks."""
    done = work()
    dispatcher.wake()
    return done
