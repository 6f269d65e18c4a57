"""What the reader noticed, in words."""

import re
from dataclasses import replace

import pytest

from komet_import.settings import ROOT
from komet_import.sheets.layout import notes
from komet_import.sheets.layout.arrangement import arrange
from komet_import.sheets.layout.header import header_row
from komet_import.sheets.layout.notes import SENTENCES, TextOptions, sentences, subject, text_options
from komet_import.sheets.worksheet import Note
from komet_import.types import OPEN_CREDITS
from tests.sheets.layout.sheets import KNOWN, sheet

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


def test_more_places_than_are_named_are_told_as_more():
    places = tuple(f"B{number}" for number in range(1, 12))
    assert sentences([Note(code="hidden-rows", count=11, where=places)]) == [
        "11 hidden rows were read as well (B1, B2, B3, B4, B5, B6, B7, B8, B9, B10 …)."
    ]
    (told,) = sentences([Note(code="hidden-rows", count=10, where=places[:10])])
    assert told.endswith("B10).")
    (told,) = sentences([Note(code="rows-not-listed", count=40, where=("February",))])
    assert told == "40 further rows of February wait too, and are not listed."


def test_a_text_file_is_the_file_itself_and_says_how_it_was_read():
    workbook = sheet("Customer Code")
    notes = (
        Note(code="merged-cells", count=1, where=("B7",)),
        Note(code="text-encoding", count=1, where=("cp1252",)),
        Note(code="text-delimiter", count=1, where=("tab",)),
    )
    assert (subject(workbook), text_options(workbook)) == ("The sheet “Credits”", None)
    merged = replace(workbook, notes=notes[:1])
    assert (subject(merged), text_options(merged)) == ("The sheet “Credits”", None)
    text = replace(workbook, notes=notes)
    assert (subject(text), text_options(text)) == (
        "The file",
        TextOptions(encoding="cp1252", delimiter="tab"),
    )


def test_that_the_column_of_our_keys_is_hidden_is_no_news() -> None:
    made = sheet("""
        Customer Code | Credit Date | Credit Balance | Truck | Ours
        FL200 | 2026-11-03 | 5 | 7 | k1
    """)
    made = replace(made, notes=(Note(code="hidden-columns", count=2, where=("D", "E")),))
    header = header_row.find(made, OPEN_CREDITS, KNOWN)
    assert arrange(made, header, OPEN_CREDITS).notes == made.notes
    headers = {letter: name for letter, name in header.headers.items() if letter != "E"}
    told = arrange(made, replace(header, headers=headers), OPEN_CREDITS).notes
    assert told == (Note(code="hidden-columns", count=1, where=("D",)),)
    alone = replace(made, notes=(Note(code="hidden-columns", count=1, where=("E",)),))
    assert arrange(alone, replace(header, headers=headers), OPEN_CREDITS).notes == ()
