"""When two user names are the same name."""

import pytest

from komet_import.access.user_details import checked_name, username_key
from komet_import.refusal import Refusal


@pytest.mark.parametrize(
    "name", ["", " Rita ", "RITA", "ｒｉｔａ", "STRASSE", "straße", "\x00", "a\ud800b", "ﬁn"]
)
def test_two_spellings_of_a_user_name_have_one_key(name: str) -> None:
    keys = {"": "", "STRASSE": "strasse", "straße": "strasse", "\x00": "?", "a\ud800b": "a?b", "ﬁn": "fin"}
    assert username_key(name) == keys.get(name, "rita")


def test_a_name_has_one_to_a_hundred_characters_and_single_spaces() -> None:
    assert [checked_name(name) for name in ("x", " Ada  Morgan\n", "x" * 100)] == [
        "x",
        "Ada Morgan",
        "x" * 100,
    ]
    for name in ("", " \n", "x" * 101, "a\x00b", "a\u202eb"):
        with pytest.raises(Refusal, match="1 to 100 printable"):
            checked_name(name)
