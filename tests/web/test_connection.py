"""What draws notices is there before the first one is told."""

from komet_import.web.shared import unanswered
from komet_import.web.shared.connection import NOTICES


def test_the_file_that_draws_notices_is_found_in_this_streamlit() -> None:
    assert NOTICES.startswith("Toast.") and NOTICES.endswith(".js")


def test_of_a_socket_that_has_gone_nothing_is_kept() -> None:
    before = dict(unanswered._opened), dict(unanswered._tabs)
    unanswered.opened("a socket")
    unanswered.note("a socket", unanswered.Why.PAGE_FORGOTTEN)
    unanswered.forget("a socket")
    assert (unanswered._opened, unanswered._tabs) == before
