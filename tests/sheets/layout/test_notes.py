"""What the reader noticed, in words."""

import re

import pytest

from komet_import.settings import ROOT
from komet_import.sheets.layout import notes
from komet_import.sheets.layout.notes import SENTENCES, sentences
from komet_import.sheets.worksheet import Note

SOURCES = sorted(
    path for room in ("sheets", "services") for path in (ROOT / "komet_import" / room).rglob("*.py")
)


def test_every_note_of_the_reader_has_its_sentence():
    written = "".join(source.read_text(encoding="utf-8") for source in SOURCES if source.name != "notes.py")
    names = {code: name for name, code in vars(notes).items() if isinstance(code, str)}
    unused = [code for code in SENTENCES if not re.search(rf'"{code}"|\b{names.get(code, code)}\b', written)]
    assert unused == []


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        (Note(code="merged-cells", count=1_200, where=("B7", "B9")), "1,200 merged cells"),
        (Note(code="rows-out-of-order", count=1), "The file's rows were out of order and were sorted."),
        (Note(code="something-new", count=2), "Something new: 2."),
    ],
)
def test_a_note_says_how_often_and_where(note, sentence):
    (told,) = sentences([note])
    assert told.startswith(sentence)
    assert told.endswith(".")
    assert all(place in told for place in note.where)
