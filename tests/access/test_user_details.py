"""When two user names are the same name."""

import pytest

from komet_import.access.user_details import username_key


@pytest.mark.parametrize(
    "name", ["", " Rita ", "RITA", "ｒｉｔａ", "STRASSE", "straße", "\x00", "a\ud800b", "ﬁn"]
)
def test_two_spellings_of_a_user_name_have_one_key(name: str) -> None:
    keys = {"": "", "STRASSE": "strasse", "straße": "strasse", "\x00": "?", "a\ud800b": "a?b", "ﬁn": "fin"}
    assert username_key(name) == keys.get(name, "rita")
