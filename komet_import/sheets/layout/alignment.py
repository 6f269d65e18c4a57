"""Which column of a further sheet is which of the first one, where several sheets are read as one.

Each sheet is matched by its own header. Its columns go under the letters that the same columns have in the
first sheet: told by the same heading, or by being the same field of the type for certain, whatever the
heading says. Every other column gets a letter of its own, with its heading, so that it is asked about, set
aside or shown as one that is not imported like any other: none is passed over.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from komet_import.language import _
from komet_import.refusal import SheetRefusal, quoted
from komet_import.sheets.files.xlsx.references import column_letters, column_number
from komet_import.sheets.layout.sheet import Header
from komet_import.sheets.worksheet import Worksheet
from komet_import.types import ImportType
from komet_import.types.headings import plain
from komet_import.types.schema import Need


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A further sheet's columns: the letter that each has among those of all, and the headings of those that
    the sheets before it lack, by that letter."""

    letters: Mapping[str, str]
    added: Mapping[str, str]

    def told(self, header: Header, further: Worksheet, other: Header) -> tuple[str, ...]:
        """The columns that stand under another letter, or another heading, than in the first sheet."""
        return tuple(
            _(
                "{name}: {letter} {heading} as {at} {heading2}",
                name=further.name,
                letter=letter,
                heading=quoted(other.headers.get(letter, "")),
                at=at,
                heading2=quoted(header.headers.get(at, "")),
            )
            for letter, at in self.letters.items()
            if at not in self.added
            and (letter != at or plain(other.headers.get(letter, "")) != plain(header.headers.get(at, "")))
        )

    def widened(self, header: Header, other: Header) -> Header:
        """The first sheet's header with the columns that this one adds."""
        fields = {
            self.letters[letter]: name
            for letter, name in other.columns.items()
            if self.letters[letter] in self.added and name not in header.columns.values()
        }
        return replace(header, headers={**header.headers, **self.added}, columns={**header.columns, **fields})


def is_same(header: Header, other: Header) -> bool:
    """Whether both have the same headings under the same letters."""
    return _headings(header) == _headings(other)


def as_it_is(worksheet: Worksheet) -> Placed:
    """Every column under its own letter."""
    return Placed(letters={str(letter): str(letter) for letter in worksheet.text.columns}, added={})


def place(first: Worksheet, header: Header, further: Worksheet, other: Header, type: ImportType) -> Placed:
    """Where the columns of a further sheet belong; `header` is the first one's, with what sheets before this
    one have added.

    Raises SheetRefusal `other-headings` where it lacks a column that is needed and that the first one has.
    """
    letters = sorted(map(str, further.text.columns), key=column_number)
    found = _by_heading(header, other, letters)
    for letter, field in other.columns.items():
        here = next((at for at, name in header.columns.items() if name == field), None)
        if here and letter not in found and here not in found.values() and letter not in other.foreign:
            found[letter] = here
    _require_needed(first, header, further, found, type)
    free = _free([*map(str, first.text.columns), *header.headers])
    added = {letter: next(free) for letter in letters if letter not in found}
    placed = found | added
    return Placed(
        letters={letter: placed[letter] for letter in letters},  # told in the order of the sheet
        added={new: other.headers.get(letter, "") for letter, new in added.items()},
    )


def _headings(header: Header) -> dict[str, str]:
    return {letter: plain(text) for letter, text in header.headers.items() if text}


def _by_heading(header: Header, other: Header, letters: Iterable[str]) -> dict[str, str]:
    """Columns of the same heading; of several with one heading the first is the first."""
    there: dict[str, list[str]] = {}
    for letter, text in _headings(header).items():
        there.setdefault(text, []).append(letter)
    own, found = _headings(other), {}
    for letter in letters:
        same = there.get(own.get(letter, ""))
        if same:
            found[letter] = same.pop(0)
    return found


def _require_needed(
    first: Worksheet, header: Header, further: Worksheet, found: Mapping[str, str], type: ImportType
) -> None:
    here = set(found.values())
    for column in type.columns:
        meant = {
            letter for letter, name in {**header.doubtful, **header.columns}.items() if name == column.name
        }
        meant.update(header.rivals.get(column.name, ()))
        if column.need is Need.REQUIRED and meant and not meant & here:
            heading = next((header.headers[letter] for letter in sorted(meant) if header.headers[letter]), "")
            raise SheetRefusal(
                "other-headings",
                _(
                    "The sheet {name} has no column that is certainly {column}, as {heading} is in {first}; "
                    "import each by itself, or give both the same headings.",
                    name=quoted(further.name),
                    column=quoted(column.name),
                    heading=quoted(heading or column.name),
                    first=quoted(first.name),
                ),
            )


def _free(taken: Iterable[str]) -> Iterator[str]:
    number = max(map(column_number, taken), default=0)
    while True:
        number += 1
        yield column_letters(number)
