"""The bells of the dispatchers of this process: who queues a mail need not remember that somebody waits."""

import threading

from sqlalchemy import event
from sqlmodel import Session

_hung: set[threading.Event] = set()


def hang(bell: threading.Event) -> None:
    """Ring this one, too, from now on."""
    _hung.add(bell)


def take_down(bell: threading.Event) -> None:
    """Ring it no longer."""
    _hung.discard(bell)


def ring() -> None:
    """Each dispatcher looks at once; those of other processes do in their next round."""
    for bell in tuple(_hung):
        bell.set()


def ring_after(session: Session) -> None:
    """Ring once what this transaction has queued is there for a dispatcher to see."""
    event.listen(session, "after_commit", lambda _session: ring(), once=True)
