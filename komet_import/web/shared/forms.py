"""Forms that change something at once: what they did is said on a fresh page, where they are empty again."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from komet_import.refusal import Refusal
from komet_import.web.shared import parts


@dataclass
class Forms:
    """The forms of one page in one browser. `round` goes into the keys of their widgets: a form that has
    done its work is another one afterwards, and so an empty one.
    """

    round: int = 0
    notice: str = ""

    def say_notice(self) -> None:
        """Say what was done on the page before, once."""
        if self.notice:
            parts.notice(self.notice)
            self.notice = ""

    def submit(self, work: Callable[[], object], done: str) -> None:
        """Do the work (a use case of the front door) and say so on a fresh page, or say here why not."""
        try:
            work()
        except Refusal as refused:
            parts.refusal(refused.message)
        else:
            self.finish(done)

    def finish(self, done: str) -> None:
        """Begin a fresh page that says this."""
        self.round += 1
        self.notice = done
        st.rerun()


def forms(page: str) -> Forms:
    """This browser's forms of a page, kept under a key of our own while the page is open."""
    kept = st.session_state.get(f"forms-{page}")
    if not isinstance(kept, Forms):
        kept = st.session_state[f"forms-{page}"] = Forms()
    return kept
