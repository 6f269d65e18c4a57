"""Headers that come again below the first ones: those of the next printed page, or those of another table.

Below the repeated headers of a page the rows go on. Below the headers of another table nothing is data of
this one, whatever stands in its columns; where only a line of text says so (“Void credits”) a person is
asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from komet_import.language import Phrase, phrase
from komet_import.refusal import quoted
from komet_import.row_numbers import told
from komet_import.settings import settings
from komet_import.sheets.files.job import TOP_ROWS
from komet_import.sheets.layout.columns.claims import vocabulary
from komet_import.sheets.layout.modifiers.titles import STANDING, elsewhere
from komet_import.sheets.layout.row_kinds import Aside, RowKind
from komet_import.sheets.layout.rows.ageing import AGEING, ageing_lines, plain_headings
from komet_import.sheets.layout.rows.company_lines import companies_in_lines
from komet_import.sheets.layout.rows.explanations import (
    explained,
    explains,
    follows_headings,
    is_format,
)
from komet_import.sheets.layout.rows.lines import Bools, Lines
from komet_import.sheets.layout.rows.other_headers import is_other_header
from komet_import.sheets.layout.rows.patterns import occurs
from komet_import.sheets.layout.rows.void_marks import asks_to_pass_over, note_says_void
from komet_import.sheets.layout.words.footers import as_printed, is_footer
from komet_import.sheets.layout.words.total_labels import total_label, words
from komet_import.sheets.worksheet import Held
from komet_import.types import Meaning
from komet_import.types.headings import plain
from komet_import.types.number_headings import is_age

MOST_CELLS = 30
"""More filled cells than a header has that is looked at."""


@dataclass(frozen=True, kw_only=True)
class _Mark:
    """A line at which another part of the sheet begins: with its title (`start`), its headers at `place`."""

    start: int
    place: int
    ours: bool
    certain: bool
    why: Phrase


def other_parts(lines: Lines) -> dict[int, Aside]:
    """The repeated headers, and the rows of other tables, by position."""
    found: dict[int, Aside] = {}
    marks = list(_marks(lines, found))
    ends = [mark.start for mark in marks[1:]] + [len(lines)]
    for mark, end in zip(marks, ends, strict=False):
        if mark.ours and mark.certain:
            continue
        first = mark.place + 1 if mark.ours else mark.start
        for place in range(first, end):
            aside = Aside(kind=RowKind.OTHER_TABLE, certain=mark.certain, why=mark.why)
            found.setdefault(place, aside)
    for place in ageing_lines(lines):
        found.setdefault(place, AGEING)
    return found


def _marks(lines: Lines, found: dict[int, Aside]) -> Iterable[_Mark]:
    """Where other parts begin; the repeated headers, titles and parameters of printed pages go to `found`."""
    above = _lines_above(lines)
    candidates = _candidates(lines)
    several = companies_in_lines(lines, candidates)
    # What is asked of the rows that a page's headers or another table only interrupt.
    going_on: Phrase | None = None
    if several.above:
        going_on = _below(quoted(several.above))
        yield _Mark(start=0, place=-1, ours=True, certain=False, why=going_on)
    for place in candidates:
        cells = _filled(lines, place)
        if not 0 < len(cells) <= MOST_CELLS:
            continue
        row = int(lines.numbers[place])
        repeated = above.get(as_printed(cells))
        if place in several.below:
            why = _below(quoted(_words(lines, place)))
            going_on = why if several.below[place] else None
            found[place] = _LINE_ABOVE
            yield _Mark(start=place, place=place, ours=True, certain=not going_on, why=why)
        elif repeated == lines.header.row or _says_our_headers(lines, cells):
            header = lines.header.row
            why = phrase("repeats the headers of row {row}", row=header)
            found[place] = Aside(kind=RowKind.REPEATED_HEADER, certain=True, why=why)
            title = _title(lines, place, found)
            if title is not None:
                other = _other_title(lines, title, place)
                going_on = _below(quoted(_words(lines, title))) if other else None
            first = place if title is None else title
            yield _Mark(start=first, place=place, ours=True, certain=not going_on, why=going_on or why)
        elif repeated is not None:
            why = phrase("repeats row {row}, above the headers", row=repeated)
            found[place] = Aside(kind=RowKind.REPEATED_HEADER, certain=True, why=why)
        elif (first := follows_headings(lines, place, found)) and _explains(lines, cells):
            found[place] = explained(lines)
        elif (certain := is_other_header(lines, place, cells)) is not None:
            title = _title(lines, place, found)
            said = told(row, lines.worksheet.parts)
            why = phrase("stands in a second table, which has its own headers in row {row}", row=said)
            yield _Mark(
                start=place if title is None else title,
                place=place,
                ours=False,
                certain=certain and not first,  # no row would be left
                why=why,
            )
        elif len(cells) == 1 and _says_elsewhere(lines, place, cells):
            going_on = _below(quoted(_words(lines, place)))
            found[place] = _LINE_ABOVE
            yield _Mark(start=place, place=place, ours=True, certain=False, why=going_on)


_LINE_ABOVE = Aside(kind=RowKind.HEADING, certain=True, why=phrase("a line of text above other rows"))


def _below(text: str) -> Phrase:
    return phrase("stands below {text}", text=text)


def _candidates(lines: Lines) -> list[int]:
    """The rows that may be headers, titles or parameters: no amount, or one that is a word; no real day."""
    wordy = lines.odd.copy()
    if lines.money_column is not None:
        wordy &= ~lines.readable
        texts = lines.texts(lines.money_column)
        places = np.flatnonzero(wordy)
        there = texts.take(pa.array(places))
        figures = np.flatnonzero(occurs(there, "[0-9]"))
        said = there.take(pa.array(figures)).to_pylist()
        none = [
            at
            for at, text in zip(figures, said, strict=True)
            if not (is_age(text) or is_footer(text) or is_format(text))
        ]
        wordy[places[none]] = False
    elif lines.whose is not None:
        said = lines.texts(lines.whose)
        name = _header_text(lines, lines.whose)
        same = pc.equal(pc.utf8_trim_whitespace(said), pa.scalar(name, said.type))
        wordy |= same.to_numpy(zero_copy_only=False)
        wordy |= _after_gap(lines)
    places = np.flatnonzero(wordy)
    typed = np.isin(lines.held[places], (Held.NUMBER, Held.DATE)).any(axis=1) if len(places) else places
    return sorted({*places[~typed.astype(bool)].tolist(), *plain_headings(lines)})


def _after_gap(lines: Lines) -> Bools:
    """The rows above which at least one row of the sheet is blank."""
    found = np.zeros(len(lines), dtype=np.bool_)
    found[1:] = np.diff(lines.numbers) > 1
    return found


def _header_text(lines: Lines, name: str) -> str:
    return lines.header.headers.get(lines.letters.get(name, ""), "").strip()


def _filled(lines: Lines, place: int) -> dict[str, str]:
    """The filled cells of a row, by column letter."""
    return {lines.letters[name]: text for name, text in lines.cells(place).items()}


def _lines_above(lines: Lines) -> dict[tuple[tuple[str, str], ...], int]:
    """The header row and the lines above it, by what they look like; with their Excel row numbers."""
    text = lines.worksheet.text
    above = text.loc[: lines.header.row].tail(TOP_ROWS)
    letters = set(lines.letters.values())
    found = {}
    for row, values in zip(above.index.tolist(), above.to_numpy(dtype=object), strict=True):
        cells = {
            str(letter): str(value).strip()
            for letter, value in zip(above.columns, values, strict=True)
            if letter in letters and str(value).strip()
        }
        if cells:
            found[as_printed(cells)] = int(row)
    return found


def _explains(lines: Lines, cells: Mapping[str, str]) -> bool:
    return explains(cells, lines.header.columns, lines.type)


def _says_our_headers(lines: Lines, cells: Mapping[str, str]) -> bool:
    """Whether each column that has a header, at least two of ours, says nothing or that header; one of ours
    may say the same in other words (`Amount (cont.)`).
    """
    same = alike = other = 0
    currency, said = settings().currency, vocabulary(lines.type).said
    for letter, text in cells.items():
        own = plain(lines.header.headers.get(letter, ""))
        name = lines.header.columns.get(letter)
        if own and plain(text) == own:
            same += name is not None
        elif name is not None and any(claim.name == name for claim in said(text, currency)):
            alike += 1
        else:
            other += bool(own)
    return same >= 2 and alike <= 1 and not other


def _title(lines: Lines, place: int, found: Mapping[int, Aside]) -> int | None:
    """The first of the lines of text right above a header, where there are any."""
    first = None
    for before in range(place - 1, max(place - 4, -1), -1):
        if before in found and found[before].kind is not RowKind.HEADING:
            break
        if not lines.odd[before] or lines.readable[before]:
            break
        cells = lines.cells(before)
        if len(cells) > 2 or any(total_label(text) for text in cells.values()):
            break
        if is_footer(" ".join(cells.values())):
            break
        first = before
    return first


def _words(lines: Lines, place: int) -> str:
    return " ".join(lines.cells(place).values())


def _other_title(lines: Lines, title: int, place: int) -> bool:
    """Whether a title above repeated headers says something else than whose the rows below are."""
    whose = lines.whose
    if whose is None or place + 1 >= len(lines):
        return True
    said = words(" ".join(_words(lines, line) for line in range(title, place)))
    if _elsewhere(lines, said):
        return True
    party = words(lines.text(place + 1, whose))
    return not party or not set(party) <= set(said)


def _says_elsewhere(lines: Lines, place: int, cells: Mapping[str, str]) -> bool:
    """Whether a line of text alone says that the rows below it are something else."""
    if place + 1 >= len(lines):
        return False
    text = next(iter(cells.values()))
    said = words(text)
    short = len(said) <= 8 and (bool(_elsewhere(lines, said)) or note_says_void(text, lines.type.paper))
    return short or asks_to_pass_over(text)


def _elsewhere(lines: Lines, said: Sequence[str]) -> frozenset[str]:
    """The words of a line that say so, and of customers only where no column says it of each."""
    return elsewhere(lines.type, said) - (STANDING if lines.column(Meaning.ACTIVE) else frozenset())
