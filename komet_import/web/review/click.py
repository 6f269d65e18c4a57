"""A click on Import: what the button says that it will do, what the click set going, and what came of it.

The click is done or answered, however late the page's script comes to it, or whether it comes at all. It
promises what stood on its person's screen, which on a slow line, or under a busy server, is not what was
drawn here last.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.ledger.receipt import Receipt, Tally
from komet_import.ledger.states import Move
from komet_import.refusal import Refusal
from komet_import.services import Difference, Opened, Overtaken, Request, Seen
from komet_import.web.shared.on_screen import OnScreen

_posters = ThreadPoolExecutor(max_workers=8, thread_name_prefix="post")
"""They post, so that a click is done at once and whole: a script may be held up, interrupted or left."""
Work = Callable[[], Receipt | Request]
"""What a click sets going."""


@dataclass(frozen=True, kw_only=True)
class NotPosted:
    """Why a click on Import posted nothing, and what others changed of the sheet, if that is why: up to which
    revision is told with it."""

    message: str
    differences: tuple[Difference, ...] = ()
    revision: int = 0


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What a button says that it will do, and the draft that it is said of; `move` is whether that is to post
    it, to send it for approval, or to approve it. What others changed up to the revision `told` is said
    beside the button."""

    said: Tally
    seen: Seen
    move: Move
    told: int = 0


@dataclass(eq=False)
class Click:
    """What one person's button to import says of a draft, and what their click on it came to.

    `lock` is that of their look: a click comes after what their grid sent before it.
    """

    batch_id: str
    lock: threading.RLock
    drawn: OnScreen[Promise] = field(default_factory=lambda: OnScreen("import-shown"))
    rows_seen: Seen | None = None  # the draft whose rows the grid shows, or an older one
    rows_shown: int = -1  # the revision of which the grid has said last that it shows it
    posting: "Future[Receipt | Request] | None" = None  # what a click set going
    posted: float = 0.0  # how much of that is done
    going: int = 0  # and how many rows it is of
    answer: NotPosted | None = None
    confirming: bool = False  # whether the dialog about what is to be confirmed is open
    _move: Move = Move.POST  # what the last click was to do

    @property
    def last(self) -> Promise | None:
        """What was drawn last."""
        return self.drawn.last

    @property
    def move(self) -> Move:
        """What a click does with what was drawn last, or what the last one did that is still being done."""
        return self._move if self.posting is not None or self.last is None else self.last.move

    def promise(self, opened: Opened, *, decides: bool) -> Tally:
        """What the button says from now on that it will do, and the draft that it is said of."""
        said = opened.figures.ready
        told = self.answer.revision if self.answer else 0
        move = self.move_of(opened, said, decides=decides)
        with self.lock:
            self.drawn.keep(Promise(said=said, seen=Seen.of(opened), move=move, told=told))
            if self.rows_seen is None:  # the grid shows these, or newer ones
                self.rows_seen = Seen.of(opened)
            self.shows(self.rows_shown)
        return said

    def shows(self, revision: int) -> None:
        """The grid says that it shows the rows of this revision: of the drafts that were drawn, those of the
        last one that is no newer were seen."""
        with self.lock:
            self.rows_shown = revision
            for promise in self.drawn.kept():
                if promise.seen.revision <= revision:
                    self.rows_seen = promise.seen

    @staticmethod
    def move_of(opened: Opened, tally: Tally, *, decides: bool) -> Move:
        """What a click does with what is ready, or would be; where its person `decides`, it approves."""
        if decides:
            return Move.APPROVE
        return Move.SEND if services.approval_reason(opened, tally) else Move.POST

    def ask_to_confirm(self, _user: CurrentUser) -> None:
        """The button was clicked while something is to be confirmed: one question comes first."""
        self.answer, self.confirming = None, True

    def confirmed(self) -> None:
        """That question is answered, or not asked any more."""
        self.confirming = False

    def begin(self, user: CurrentUser) -> None:
        """Post what stood in the button on the screen on which it was clicked, though it may say something
        else by now.

        It begins here and now, for the page may be held up: a click is done or answered, however late the
        script comes to the button. One that comes while another is still being done is answered with it.
        """
        promise = self.drawn.on_screen()
        if promise is not None:
            self.begin_for(user, promise)

    def begin_for(self, user: CurrentUser, promise: Promise) -> None:
        """As `begin`, of a button of that question: for what stood in it."""
        with self.lock:
            if self.posting is not None and not self.posting.done():
                return
            self.answer, self.posted, self.going = None, 0.0, promise.said.rows
            self._move = promise.move
            self.posting = _posters.submit(self._work(user, promise))

    def _seen(self, promise: Promise) -> Seen:
        """The draft that the person saw: the older one of that beside the button and that of the rows, which
        come to the grid by another way. What is told beside the button was seen, whatever the rows say."""
        rows = self.rows_seen
        if rows is None or promise.seen.revision <= max(rows.revision, promise.told):
            return promise.seen
        return rows

    def _work(self, user: CurrentUser, promise: Promise) -> Work:
        """What the button said, as it is asked of the front door."""
        said, seen = promise.said, self._seen(promise)
        if promise.move is Move.SEND:
            return partial(services.send, user, self.batch_id, promised=said, seen=seen)
        use_case = services.approve if promise.move is Move.APPROVE else services.post
        return partial(use_case, user, self.batch_id, promised=said, seen=seen, progress=self._progress)

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
            self.answer = NotPosted(
                message=overtaken.message, differences=overtaken.differences, revision=overtaken.revision
            )
        except Refusal as wrong:
            if wrong.code == "already-imported":
                raise
            self.answer = NotPosted(message=wrong.message)
        return None
