"""A click on Import: what the button says that it will do, what the click set going, and what came of it.

The click is done or answered, however late the page's script comes to it, or whether it comes at all.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.ledger.receipt import Receipt, Tally
from komet_import.ledger.states import Move
from komet_import.outbox import dispatcher
from komet_import.refusal import Refusal
from komet_import.services import Difference, Opened, Overtaken, Request, Seen

_posters = ThreadPoolExecutor(max_workers=8, thread_name_prefix="post")
"""They post, so that a click is done at once and whole: a script may be held up, interrupted or left."""
Work = Callable[[], Receipt | Request]
"""What a click sets going."""


@dataclass(frozen=True, kw_only=True)
class NotPosted:
    """Why a click on Import posted nothing, and what others changed of the sheet, if that is why."""

    message: str
    differences: tuple[Difference, ...] = ()


@dataclass(eq=False)
class Click:
    """What one person's button to import says of a draft, and what their click on it came to.

    `lock` is that of their look: a click comes after what their grid sent before it.
    """

    batch_id: str
    lock: threading.RLock
    said: Tally | None = None  # what the button to import says that it will do
    seen: Seen | None = None  # the draft that stands beside it
    move: Move = Move.POST  # and whether that is to post it, to send it for approval, or to approve it
    posting: "Future[Receipt | Request] | None" = None  # what a click set going
    posted: float = 0.0  # how much of that is done
    going: int = 0  # and how many rows it is of
    answer: NotPosted | None = None
    confirming: bool = False  # whether the dialog about what is to be confirmed is open

    def promise(self, opened: Opened, *, decides: bool) -> Tally:
        """What the button says from now on that it will do, and the draft that it is said of."""
        self.said, self.seen = opened.figures.ready, Seen.of(opened)
        self.move = self.move_of(opened, self.said, decides=decides)
        return self.said

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

    def begin_for(self, user: CurrentUser, promised: Tally, seen: Seen, move: Move) -> None:
        """As `begin`, of a button of that question: for what stood in it."""
        self.said, self.seen, self.move = promised, seen, move
        self.begin(user)

    def begin(self, user: CurrentUser) -> None:
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


def _post(work: Work) -> Receipt | Request:
    """Post or send for approval, and have the mail sent, whether or not anybody still looks."""
    done = work()
    dispatcher.wake()
    return done
