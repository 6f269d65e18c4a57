"""What draws notices is there before the first one is told."""

from komet_import.web.shared.connection import NOTICES


def test_the_file_that_draws_notices_is_found_in_this_streamlit() -> None:
    assert NOTICES.startswith("Toast.") and NOTICES.endswith(".js")
