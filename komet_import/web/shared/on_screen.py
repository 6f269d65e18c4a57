"""What a button stood for on the screen on which it was clicked.

A page is drawn here first, and in the browser when that arrives: later on a slow line, or where the server
has much to do. Streamlit gives a click to the callback of what was drawn last, which its person may not see
yet. So what a button stands for is kept under a number, and drawn after it with that number in a field that
nobody sees. A browser sends with each click what stands in its fields.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

import streamlit as st

from komet_import.language import _, marked
from komet_import.web.shared import newest

T = TypeVar("T")
ANOTHER = marked("This changed as you clicked, so nothing was done. Look at it now, and click again.")
KEPT = 16
"""Drawings: more than are on their way to any browser."""


class OnScreen(Generic[T]):
    """What a button stood for in its last drawings; the class of its container and of its field is `key`."""

    def __init__(self, key: str) -> None:
        self.key = key
        self._kept: OrderedDict[str, T] = OrderedDict()
        self._number = 0

    def keep(self, what: T) -> None:
        """What the button stands for from now on."""
        if self.last != what:
            self._number += 1
            newest.keep(self._kept, str(self._number), what, most=KEPT)

    def draw(self) -> None:
        """Draw the field; call it after all that the person is to have seen."""
        st.session_state[self.key] = str(self._number)
        # A field, for what a component of ours would say of itself starts another run.
        st.text_input("\u2060", key=self.key, label_visibility="collapsed")

    @property
    def last(self) -> T | None:
        """What was kept last."""
        return next(reversed(self._kept.values()), None)

    def kept(self) -> list[T]:
        """What was kept, the oldest first."""
        return list(self._kept.values())

    def on_screen(self) -> T | None:
        """What the button stood for where it was clicked; ask in its callback. Of a drawing that is not known
        any more the oldest one that is: whatever came since, its person has not seen."""
        if not self._kept:
            return None
        number = st.session_state.get(self.key, str(self._number))
        return self._kept.get(str(number)) or next(iter(self._kept.values()))


@contextmanager
def stood(name: str, what: object) -> Iterator[Callable[[bool], bool]]:
    """Draw a button that stands for this. What is given takes whether it was clicked and answers
    whether that is to be done: where it stood for something else, its person is told instead. Give IDs,
    numbers and sums, which are kept."""
    kept = st.session_state.setdefault(f"{name}-standing", OnScreen(f"stood-{name}"))
    before = kept.on_screen()
    kept.keep(what)

    def meant(clicked: bool) -> bool:
        if clicked and before != what:  # a toast stays when the page is drawn anew
            st.toast(_(ANOTHER), icon=":material/update:", duration="long")
        return clicked and before == what

    yield meant
    kept.draw()
