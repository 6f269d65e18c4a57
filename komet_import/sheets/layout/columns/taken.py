"""The columns of one table on their way to being matched: what is said of each so far."""

from collections.abc import Hashable, Mapping, Sequence

from komet_import.language import Phrase, phrase
from komet_import.language.phrases import joined
from komet_import.sheets.layout.columns.claims import HeadingClaim, Level, vocabulary
from komet_import.sheets.layout.columns.sides import other_side
from komet_import.sheets.layout.columns.table import Match, Table
from komet_import.sheets.layout.columns.weights import Weighing
from komet_import.types import ColumnFormat, ImportType
from komet_import.types.schema import Column, Meaning

_HIDDEN = phrase("hidden column")


class Taken:
    """What is said of a table's columns so far."""

    def __init__(self, table: Table, type: ImportType, *, needed: tuple[str, ...]) -> None:
        self.table, self.type, self.needed = table, type, needed
        self.words = vocabulary(type)
        self.columns: dict[str, str] = {}
        self.doubtful: dict[str, str] = {}
        self.rivals: dict[str, tuple[str, ...]] = {}
        self.foreign: dict[str, str] = {}
        self.evidence: dict[str, Phrase] = {}
        self.levels: dict[str, Level] = {}
        weighing = Weighing(table=table, type=type, words=self.words, needed=needed)
        self.claims = {letter: weighing.claims(letter) for letter in table.headers}
        self.other_side = other_side(table, type)

    @property
    def settled(self) -> set[str]:
        """The letters of which something is said already."""
        return {*self.columns, *self.doubtful, *(one for letters in self.rivals.values() for one in letters)}

    @property
    def found(self) -> set[str]:
        """The columns of the type of which something is said already."""
        return {*self.columns.values(), *self.doubtful.values(), *self.rivals}

    def claiming(self, name: str, *levels: Level) -> dict[str, HeadingClaim]:
        """The letters that are still free and claim a column at one of these levels."""
        return {
            letter: claim
            for letter, claims in self.claims.items()
            for claim in claims
            if claim.name == name and claim.level in levels and letter not in self.settled
        }

    def different(self, letters: Sequence[str]) -> list[str]:
        """These columns in the order of the sheet, without those that repeat another one."""
        if len(letters) < 2:
            return list(letters)
        chosen = set(letters)
        kept: dict[Hashable, str] = {}
        for letter in self.table.headers:
            if letter in chosen:
                kept.setdefault(self.table.all_of(letter), letter)
        return list(kept.values())

    def take_doubtful(self, column: Column, claims: Mapping[str, HeadingClaim]) -> None:
        """Ask of those that claim a column without being sure; of blank ones only where none is filled."""
        filled = [letter for letter in claims if not self.table.contents[letter].blank]
        self.offer(column, self.different(filled or list(claims)[:1]))

    def offer(self, column: Column, letters: Sequence[str]) -> None:
        """Ask whether a column of the sheet is it, or which of several."""
        if len(letters) == 1:
            self.doubtful[letters[0]] = column.name
        elif letters:
            self.rivals[column.name] = tuple(letters)
        for letter in letters:
            self.because(letter, column)

    def because(self, letter: str, column: Column) -> None:
        """Keep why a letter is that column: its heading, its values, and that it is hidden."""
        claim = next((c for c in self.claims[letter] if c.name == column.name), None)
        said = self.table.contents[letter].said(column)
        if claim is not None and claim.currency and not claim.home:
            self.foreign[letter] = claim.currency
        heading = claim.why if claim is not None else None
        shown = _HIDDEN if letter in self.table.hidden else None
        if parts := [part for part in (heading, said, shown) if part is not None]:
            self.evidence[letter] = joined(parts)

    def result(self) -> Match:
        """What the columns mean, as far as they were taken."""
        found = self.found
        order = list(self.table.headers)
        return Match(
            columns={letter: self.columns[letter] for letter in order if letter in self.columns},
            doubtful={letter: self.doubtful[letter] for letter in order if letter in self.doubtful},
            rivals=self.rivals,
            foreign={letter: said for letter, said in self.foreign.items() if letter in self.settled},
            evidence=self.evidence,
            other_side=tuple(letter for letter in self.other_side if letter not in self.settled),
            partly=self._partly(),
            named=any(self._is_named(name) for name in self.columns.values()),
            missing=tuple(name for name in self.needed if name not in found),
            score=self._score(),
        )

    def _is_named(self, name: str) -> bool:
        meaning = self.type.columns_by_name[name].meaning
        return meaning is Meaning.NUMBER or (
            meaning in (Meaning.DAY, Meaning.MONEY) and self.levels.get(name) is Level.NAME
        )

    def _partly(self) -> bool:
        """Whether the column of money is one, and its heading does not say that it is what is left."""
        money = self.type.column_for(Meaning.MONEY)
        letters = [
            letter
            for letter, name in (*self.columns.items(), *self.doubtful.items())
            if money is not None and name == money.name
        ]
        return bool(letters) and not any(
            claim.open or claim.level is Level.NAME for letter in letters for claim in self.claims[letter]
        )

    def _score(self) -> int:
        """How much the header says: most a column's own name over values that can be it."""
        score = 0
        for letter, name in self.columns.items():
            score += 6 if name in self.needed else 4
            score += self.levels.get(name) is Level.NAME
            if name in self.needed:
                score += self._borne_out(letter, self.type.column(name))
        return score + 2 * len({*self.doubtful.values(), *self.rivals})

    def _borne_out(self, letter: str, column: Column) -> int:
        """What the values below a heading add to its score, or take from it."""
        contents = self.table.contents[letter]
        if not contents.values:
            return -2
        if contents.contradict(column):
            return -4
        return 2 if column.kind in (ColumnFormat.DATE, ColumnFormat.AMOUNT) and contents.agree(column) else 0
