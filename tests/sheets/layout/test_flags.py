"""Yes and no in the languages of sheets, and what they say below a heading such as “Inactive”."""

import pytest

from komet_import.sheets.layout.words.flags import opposite, read_flag


@pytest.mark.parametrize(
    ("text", "flag", "turned"),
    [(yes, True, "no") for yes in ("yes", "Y", " TRUE ", "1", "1.0", "on", "sí", "S", "verdadero", "sim",
                                   "verdadeiro", "oui", "vrai", "ja", "J", "wahr", "waar")]
    + [(no, False, "yes") for no in ("no", "N", "false", "0", "0.0", "off", "falso", "não", "non", "faux",
                                     "nein", "falsch", "nee", "onwaar")]
    + [(state, True, None) for state in ("active", "Enabled", "activo", "ativa", "actif", "aktiv", "actief")]
    + [(state, False, None) for state in ("inactive", "Disabled", "inactivo", "inativa", "inaktiv")]
    + [(other, None, None) for other in ("", "x", "A", "maybe", "2", "yesterday", "not")],
)  # fmt: skip
def test_a_text_says_yes_or_no_or_neither(text: str, flag: bool | None, turned: str | None) -> None:
    assert (read_flag(text), opposite(text)) == (flag, turned)
