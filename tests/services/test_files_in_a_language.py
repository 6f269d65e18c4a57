"""Files that people take away are in the language of whoever takes them: nothing in them bypasses it.

Text of ours comes out in brackets in the language of nobody; what is left outside of them is data.
"""

import io
import re
from collections.abc import Iterator
from datetime import date
from itertools import zip_longest

import pytest
from openpyxl import load_workbook

from komet_import import services
from komet_import.language import _, extraction
from komet_import.language.current import Language, speaking
from komet_import.ledger.adjustments import By
from komet_import.ledger.audit_trail import TrailFilter
from komet_import.services import EVERYWHERE, File, HistoryFilter, Range
from komet_import.services.history_filter import State, address_of
from komet_import.types import ALL, CUSTOMERS
from tests.services import workspace
from tests.services.workspace import People, credit

DATA = """
    Rosas del Valle, Petal & Stem, Jardín Ñuñoa, Closed Blooms, Bystander Blooms, FL219, FL220, FL21, FL900,
    MIA Miami, LAX Los Angeles, Ada, Rita, Carl, Lou, Olga, Piet, Quinn, By the Way, Komet Import, USD, UTC,
    credits.xlsx, march.xlsx, posted.xlsx, reversed.xlsx, late truck, a mistake, komet.example, open-credits
    Wholesaler, Retailer, Supermarket, Event Planner, Online, (none)
"""
"""What the company is called and has in its sheets; choices of a column are those of Komet."""
KEPT = ("About", "Action", "Details", "Hash", "Hash before", "Before", "After", "Seal", "Subject", "Text")
"""Columns of what is as it was kept: what hashes are made of, values, and mails as they were sent."""
_CODE = re.compile(r"^[a-z0-9]{26,64}$|^komet-row:|@|^python -m")
_TOLD = re.compile(r"⟦[^⟦⟧]*⟧")
_WORD = re.compile(r"[^\W\d_]{3,}")


@pytest.fixture
def batch_id(people_here: People) -> str:
    """An import with all that an evidence can tell: edits, exclusions, totals, rejected rows, a reversal."""
    ada = people_here.ada
    made = workspace.opened(
        ada,
        credit("A", comments="late truck"),
        credit("B", customer="FL21"),
        credit("C", amount="n/a"),
        credit("D", amount=-3),
        credit("E", amount=500),
        credit("F", amount=7),
        file_name="march.xlsx",
    )
    services.set_cells(ada, made, [(5, "Credit Balance", "-3", "3")])
    services.leave_out(ada, made, [7])
    services.take_in(ada, made, [7])
    services.leave_out(ada, made, [7])
    services.undo(ada, made)
    services.post(ada, made)
    services.reverse(ada, made, reason="a mistake", rows=[2])
    return made


def wanted(people: People, batch_id: str) -> Iterator[tuple[File, str]]:
    """Every file that there is, of everything it can be of."""
    for type in ALL.values():
        yield File.SAMPLE, type.slug
    yield File.EXISTING, CUSTOMERS.slug
    yield File.REJECTED, batch_id
    yield File.AUDIT, services.address_of(TrailFilter())
    everything = HistoryFilter(text="march", state=State.OPEN, by=people.ada.id, type="open-credits")
    for chosen in (HistoryFilter(), everything):
        yield File.HISTORY, address_of(chosen)
    yield File.BALANCES, EVERYWHERE
    yield File.STATEMENT, "1"
    for by in By:
        yield File.ADJUSTMENTS, Range(by=by, first=date(2000, 1, 1), last=date(2100, 1, 1)).words
    yield File.EVIDENCE, batch_id
    yield File.EVIDENCE_PAGE, batch_id


def told(content: bytes, media: str) -> Iterator[str]:
    """Every text of a file that a person reads, but those of columns that are as they are kept."""
    kept = {_(name) for name in KEPT}
    if media == "text/html":
        page = re.sub(r"<style>.*?</style>", "", content.decode().replace("\n", " "))
        tables = re.findall(r"<table>.*?</table>", page)
        yield from re.findall(r">([^<]+)<", re.sub(r"<table>.*?</table>", "", page))
        columns = [column for table in tables for column in _columns(table)]
    else:
        book = load_workbook(io.BytesIO(content))
        yield book.properties.title or ""
        for sheet in book.worksheets:
            yield sheet.title
            for checked in sheet.data_validations.dataValidation:
                yield from filter(None, (checked.error, checked.errorTitle))
            yield from (cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment)
        columns = [
            [str(cell.value) for cell in column if cell.value is not None]
            for sheet in book.worksheets
            for column in sheet.columns
        ]
    for column in filter(None, columns):
        yield from column[:1] if column[0] in kept else column


def _columns(table: str) -> list[list[str]]:
    """Of a table of a page: its columns, the headings in front."""
    rows = [re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", row) for row in re.findall(r"<tr>.*?</tr>", table)]
    return [list(column) for column in zip_longest(*rows, fillvalue="")]


def test_every_text_of_ours_in_a_file_is_told_in_the_language_of_its_reader(
    people_here: People, batch_id: str
) -> None:
    data, asked, bypassing = {word.lower() for word in _WORD.findall(DATA)}, set(), []
    with speaking(Language.PSEUDO):
        for file, of in wanted(people_here, batch_id):
            made = services.download(people_here.ada, file, of)
            asked.add(file)
            for text in told(made.content, made.media):
                left = text
                while _TOLD.search(left):
                    left = _TOLD.sub(" ", left)
                words = {word.lower() for word in _WORD.findall(left)} - data
                if words and not _CODE.search(text):
                    bypassing.append((file, text))
    assert not bypassing, "\n".join(sorted({f"{file}: {text}" for file, text in bypassing}))
    assert asked == set(File) - {File.ORIGINAL}, "the file as it was uploaded is nobody's text"


def test_no_file_for_a_spanish_reader_holds_a_text_in_english(people_here: People, batch_id: str) -> None:
    spanish = extraction.read(Language.SPANISH)
    english = {str(m.id) for m in spanish if isinstance(m.id, str) and m.id and m.id != m.string}
    with speaking(Language.SPANISH):
        for file, of in wanted(people_here, batch_id):
            made = services.download(people_here.ada, file, of)
            assert not english.intersection(told(made.content, made.media)), (file, of)
