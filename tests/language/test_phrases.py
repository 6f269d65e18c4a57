"""What was found once is told to each in their language, also after a database kept it."""

import json

from komet_import.language import nphrase, phrase
from komet_import.language.current import Language, speaking
from komet_import.language.phrases import from_json, joined, to_json

SPANISH = Language.SPANISH


def test_a_kept_phrase_is_told_in_the_language_of_who_reads_it() -> None:
    found = joined(
        [
            phrase("hidden column"),
            phrase("{count} of {total} are your codes", count=2, total=3),
            nphrase("{count:,} row", "{count:,} rows", 1200),
        ]
    )
    kept = json.loads(json.dumps(to_json(found)))
    assert from_json(kept) == found
    assert str(from_json(kept)) == "hidden column, 2 of 3 are your codes, 1,200 rows"
    with speaking(SPANISH):
        assert str(from_json(kept)) == "columna oculta, 2 de 3 son códigos suyos, 1,200 filas"
        assert from_json(kept).english == "hidden column, 2 of 3 are your codes, 1,200 rows"


def test_what_was_kept_as_a_text_is_told_as_it_is() -> None:
    with speaking(SPANISH):
        assert str(from_json("usual heading, {odd")) == "usual heading, {odd"
        assert str(from_json("usual heading")) == "encabezado habitual"
