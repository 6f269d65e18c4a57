"""What Streamlit runs beside a page's own script: callbacks, fragments, dialogs.

They run before the page's guard or without it, so they have one of their own: these three are the only way
to them (a test looks for others). `sockets` has asked before a run began; this asks in the run.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Literal, ParamSpec

import streamlit as st

from komet_import.access.users import CurrentUser
from komet_import.web.shared import auth, vanished

P = ParamSpec("P")


def callback(work: Callable[..., object]) -> Callable[..., None]:
    """A callback that does nothing once the session has ended; the page, drawn next, says so."""

    @wraps(work)
    def guarded(*args: object, **kwargs: object) -> None:
        if auth.current_user() is not None:
            work(*args, **kwargs)

    return guarded


def fragment(draw: Callable[Concatenate[CurrentUser, P], None]) -> Callable[P, None]:
    """A fragment that is drawn for the user of now, who is given to it."""
    return st.fragment(_for_the_user_of_now(draw))


def dialog(
    title: str, *, on_dismiss: Callable[[], object], width: Literal["small", "medium", "large"] = "small"
) -> Callable[[Callable[Concatenate[CurrentUser, P], None]], Callable[P, None]]:
    """A dialog that is drawn for the user of now, who is given to it."""

    def decorated(draw: Callable[Concatenate[CurrentUser, P], None]) -> Callable[P, None]:
        decorate = st.dialog(title, width=width, on_dismiss=callback(on_dismiss))
        return decorate(_for_the_user_of_now(draw))

    return decorated


def _for_the_user_of_now(draw: Callable[Concatenate[CurrentUser, P], None]) -> Callable[P, None]:
    @wraps(draw)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        user = auth.guard()
        with vanished.told_of_a_part():
            draw(user, *args, **kwargs)

    return guarded
