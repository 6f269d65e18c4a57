"""Which columns below a header mean what to an import type.

A heading that says a column's name is sure, and so is one that is called so in another language. One that
merely resembles it (`Amt`, `Custmer Code`) or may say something else is doubtful: a question for the person,
never a silent match. Two columns of equal right are a question as well; what is left of an amount contests
what the amount once was. Values speak beside headings: a column of known codes is the customer's whatever it
is called, and a column that has no value is nobody's rival.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from komet_import.language import Phrase, phrase
from komet_import.language.phrases import joined
from komet_import.settings import settings
from komet_import.sheets.files.job import Row
from komet_import.sheets.layout import modifiers, running
from komet_import.sheets.layout.claims import Claim, Level, heading_names, vocabulary
from komet_import.sheets.layout.contents import MOST, Contents
from komet_import.sheets.layout.likeness import likely
from komet_import.types import ImportType, Need, ValueKind
from komet_import.types.headings import telling, words
from komet_import.types.languages import Paper
from komet_import.types.marks import words_of_side
from komet_import.types.schema import Column, Meaning, Side, listed_later


def required(wanted: ImportType) -> tuple[str, ...]:
    return tuple(c.name for c in wanted.columns if c.need is Need.REQUIRED)


@dataclass(frozen=True, kw_only=True)
class Table:
    """What stands below a header: its headings and contents by letter, and the first rows.

    `all_of` gives all that stands in a column: of two that hold the same in every row either may be taken.
    """

    headers: Mapping[str, str]
    contents: Mapping[str, Contents]
    rows: Sequence[Row]
    hidden: frozenset[str] = frozenset()
    all_of: Callable[[str], Hashable]
    currency: str


@dataclass(frozen=True, kw_only=True)
class Match:
    """What a header means: see `sheet.Header`.

    `other_side` are columns of amounts on the side of the balance on which the type does not stand; `partly`
    says that the amount may be more than what is left of it; `named` that the headings name what the type is
    about, not just a date and an amount. `score` compares one header row with another.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    doubtful: Mapping[str, str] = field(default_factory=dict)
    rivals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    foreign: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, Phrase] = field(default_factory=dict)
    other_side: tuple[str, ...] = ()
    partly: bool = False
    named: bool = False
    missing: tuple[str, ...] = ()
    score: int = 0

    @property
    def settled(self) -> frozenset[str]:
        """The letters of which something is said."""
        return frozenset(
            {*self.columns, *self.doubtful, *(one for letters in self.rivals.values() for one in letters)}
        )

    @property
    def found(self) -> frozenset[str]:
        """The columns of the type that something in the sheet may be."""
        return frozenset({*self.columns.values(), *self.doubtful.values(), *self.rivals})


def match(table: Table, type: ImportType, *, likeness: bool = True, by_values: bool = True) -> Match:
    """What the columns of a table mean to a type: by heading, by likeness, and by their values alone."""
    matching = _Matching(table, type)
    matching.by_heading()
    if likeness:
        matching.by_likeness()
    if by_values:
        matching.by_values()
        matching.against_running_balances()
    return matching.result()


def best_match(rows: Sequence[Row], wanted: ImportType) -> Match | None:
    """The row whose headings say most of the type's columns, whatever stands below; None where none does."""
    found = []
    for row in rows:
        headers = {letter: text.strip() for letter, text in row.items()}
        contents = dict.fromkeys(headers, Contents())
        table = Table(headers=headers, contents=contents, rows=(), all_of=str, currency=settings().currency)
        found.append(match(table, wanted, by_values=False))
    best = max(found, key=lambda one: one.score, default=None)
    return best if best is not None and best.found else None


class _Matching:
    """The columns of one table on their way to being matched."""

    def __init__(self, table: Table, type: ImportType) -> None:
        self.table, self.type = table, type
        self.words = vocabulary(type)
        self.needed = required(type)
        self.columns: dict[str, str] = {}
        self.doubtful: dict[str, str] = {}
        self.rivals: dict[str, tuple[str, ...]] = {}
        self.foreign: dict[str, str] = {}
        self.evidence: dict[str, Phrase] = {}
        self.levels: dict[str, Level] = {}
        self.claims = {letter: self._weighed(letter) for letter in table.headers}
        self.other_side = self._other_side()

    # What headings and values claim ------------------------------------------------------------------

    def _weighed(self, letter: str) -> list[Claim]:
        """What a heading claims, weighed by the values below it."""
        said = self.words.said(self.table.headers[letter], self.table.currency)
        contents = self.table.contents[letter]
        possible = [c for c in said if not contents.contradict(self._column(c))]
        if not possible:  # a vague word over texts is no amount
            possible = [c for c in said if not (c.meaning.is_money and c.level is Level.VAGUE)]
        chosen = [self._by_values_below(claim, contents) for claim in possible]
        if any(claim.level <= Level.VAGUE for claim in chosen) and self._is_mark(letter):
            chosen = [claim for claim in chosen if claim.level > Level.VAGUE]
        optional = [c for c in chosen if c.name not in self.needed and c.level <= Level.VAGUE]
        return [claim for claim in chosen if not (contents.blank and claim in optional)]

    def _is_mark(self, letter: str) -> bool:
        values = self.table.contents[letter].values
        return modifiers.is_mark(self.table.headers[letter], values, self.type, self.table.currency)

    def _by_values_below(self, claim: Claim, contents: Contents) -> Claim:
        """A bare word is sure where the type itself declares it, or the values prove it."""
        if not claim.home and claim.level > Level.VAGUE:
            return replace(claim, level=Level.VAGUE, why=heading_names(claim.currency))
        if claim.level is not Level.PLAIN:
            return claim
        column = self._column(claim)
        if claim.meaning is Meaning.RECORD and not contents.agree(column) and not contents.blank:
            # A named customer is no code: it would be added under its name.
            return replace(claim, level=Level.VAGUE, why=_LIKE_NAMES)
        if claim.declared or contents.blank or contents.agree(column):
            return claim
        return replace(claim, level=Level.VAGUE)

    def _column(self, claim: Claim) -> Column:
        return self.type.columns_by_name[claim.name]

    def _claiming(self, name: str, *levels: Level) -> dict[str, Claim]:
        """The letters that are still free and claim a column at one of these levels."""
        return {
            letter: claim
            for letter, claims in self.claims.items()
            for claim in claims
            if claim.name == name and claim.level in levels and letter not in self.settled
        }

    @property
    def settled(self) -> set[str]:
        """The letters of which something is said already."""
        return {*self.columns, *self.doubtful, *(one for letters in self.rivals.values() for one in letters)}

    @property
    def found(self) -> set[str]:
        """The columns of the type of which something is said already."""
        return {*self.columns.values(), *self.doubtful.values(), *self.rivals}

    # By heading --------------------------------------------------------------------------------------

    def by_heading(self) -> None:
        """Sure headings first, then, for what is still missing, vague ones."""
        self._pair_of_sides()
        for column in self.type.columns:
            self._take_sure(column)
        for level in (Level.VAGUE, Level.LAST):
            for column in self.type.columns:
                if column.name not in self.found and (level is Level.VAGUE or column.name in self.needed):
                    self._take_doubtful(column, self._claiming(column.name, level))

    def _take_sure(self, column: Column) -> None:
        claims = self._claiming(column.name, Level.PLAIN, Level.CERTAIN, Level.NAME)
        filled = {letter: claim for letter, claim in claims.items() if not self.table.contents[letter].blank}
        claims = filled or claims
        if not claims:
            return
        top = max(claim.level for claim in claims.values())
        winners = [letter for letter, claim in claims.items() if claim.level is top]
        letters = self._different([*winners, *self._contesting(column, winners, top)])
        if len(letters) == 1:
            self.columns[letters[0]] = column.name
            self.levels[column.name] = top
        else:
            self.rivals[column.name] = tuple(letters)
        for letter in letters:
            self._because(letter, column)

    def _contesting(self, column: Column, winners: Sequence[str], top: Level) -> list[str]:
        """The columns that have a say against those whose headings say it best."""
        others = self._claiming(column.name, Level.VAGUE, Level.PLAIN, Level.CERTAIN, Level.NAME)
        others = {
            letter: claim
            for letter, claim in others.items()
            if letter not in winners and not self.table.contents[letter].blank
        }
        unseen = self.table.hidden.issuperset(winners)
        if unseen and (seen := [letter for letter in others if letter not in self.table.hidden]):
            return seen
        if not column.meaning.is_money:
            return []
        explicit = any(c.currency and c.home for letter in winners for c in self.claims[letter])
        return [
            letter
            for letter, claim in others.items()
            if (top is not Level.NAME or claim.open)
            and not (explicit and not claim.home)
            and not self.table.contents[letter].nothing
            and letter not in self.other_side
        ]

    def _take_doubtful(self, column: Column, claims: Mapping[str, Claim]) -> None:
        filled = [letter for letter in claims if not self.table.contents[letter].blank]
        letters = self._different(filled or list(claims)[:1])
        if len(letters) == 1:
            self.doubtful[letters[0]] = column.name
        elif letters:
            self.rivals[column.name] = tuple(letters)
        for letter in letters:
            self._because(letter, column)

    def _different(self, letters: Sequence[str]) -> list[str]:
        """These columns in the order of the sheet, without those that repeat another one."""
        if len(letters) < 2:
            return list(letters)
        chosen = set(letters)
        kept: dict[Hashable, str] = {}
        for letter in self.table.headers:
            if letter in chosen:
                kept.setdefault(self.table.all_of(letter), letter)
        return list(kept.values())

    def _because(self, letter: str, column: Column) -> None:
        claim = next((c for c in self.claims[letter] if c.name == column.name), None)
        said = self.table.contents[letter].said(column)
        if claim is not None and claim.currency and not claim.home:
            self.foreign[letter] = claim.currency
        heading = claim.why if claim is not None else None
        shown = _HIDDEN if letter in self.table.hidden else None
        if parts := [part for part in (heading, said, shown) if part is not None]:
            self.evidence[letter] = joined(parts)

    # Debit and credit --------------------------------------------------------------------------------

    def _other_side(self) -> tuple[str, ...]:
        """Columns of amounts on the side of the balance on which the type does not stand."""
        if self.type.side is None:
            return ()
        other = Paper.DEBIT if self.type.side is Side.WE_OWE else Paper.CREDIT
        return tuple(letter for letter in self._of_side(other) if not self.table.contents[letter].nothing)

    def _of_side(self, side: Paper) -> list[str]:
        return [
            letter
            for letter, text in self.table.headers.items()
            if telling(text) in _side_words(side) and self.table.contents[letter].amounts >= MOST
        ]

    def _pair_of_sides(self) -> None:
        """Beside a column of the other side, that of the own side is surely an amount, if no row has both."""
        if not self.other_side or self.type.side is None:
            return
        own = Paper.CREDIT if self.type.side is Side.WE_OWE else Paper.DEBIT
        for letter in self._of_side(own):
            both = any(
                _something(row.get(letter, "")) and _something(row.get(other, ""))
                for row in self.table.rows
                for other in self.other_side
            )
            if not both:
                self.claims[letter] = [
                    replace(c, level=max(c.level, Level.PLAIN), why=_ONE_SIDE) if c.meaning.is_money else c
                    for c in self.claims[letter]
                ]

    # By likeness -------------------------------------------------------------------------------------

    def by_likeness(self) -> None:
        """Headings that resemble one column that is still missing."""
        resembling: dict[str, list[str]] = {}
        for letter, text in list(self.table.headers.items())[:100]:
            if self.claims[letter] or not _may_resemble(text) or self.words.is_elsewhere(text):
                continue
            if name := likely(text, self.type, frozenset(self.found)):
                resembling.setdefault(name, []).append(letter)
        for name, letters in resembling.items():
            self._take_doubtful(self.type.column(name), dict.fromkeys(letters, _RESEMBLING))
            for letter in letters:
                self.evidence[letter] = _RESEMBLES

    # By values ---------------------------------------------------------------------------------------

    def by_values(self) -> None:
        """Columns whose values say what their headings do not."""
        for column in self.type.columns:
            if column.meaning is Meaning.PARTY:
                self._party_by_codes(column)
            if column.name in self.found:
                continue
            if column.name in self.needed or column.kind is ValueKind.LOCATION:
                self._propose(column)
        self._propose_number()

    def _party_by_codes(self, column: Column) -> None:
        """A column full of codes is the party, though another one is called so and holds no code."""
        letters = self._different([letter for letter in self._unsaid(column) if self._all_codes(letter)])
        named = [
            letter for letter, name in (*self.columns.items(), *self.doubtful.items()) if name == column.name
        ]
        named = named or list(self.rivals.get(column.name, ()))
        if not letters or any(self.table.contents[letter].codes for letter in named):
            return
        for letter in named:
            self.columns.pop(letter, None)
            self.doubtful.pop(letter, None)
        self.rivals.pop(column.name, None)
        sure = [letter for letter in named if self._is_sure(letter, column)]
        together = [letter for letter in self.table.headers if letter in {*letters, *sure}]
        if len(together) == 1:
            self.doubtful[together[0]] = column.name
        else:
            self.rivals[column.name] = tuple(together)
        for letter in (*letters, *named):
            self._because(letter, column)

    def _is_sure(self, letter: str, column: Column) -> bool:
        """Whether a heading says more than that it is about the party: its code, or its number."""
        return any(c.name == column.name and c.level >= Level.CERTAIN for c in self.claims[letter])

    def _all_codes(self, letter: str) -> bool:
        contents = self.table.contents[letter]
        return self._known(letter, contents.codes)

    def _known(self, letter: str, count: int) -> bool:
        """Whether so many known values tell a column: most of them, half in a sheet without headings."""
        contents = self.table.contents[letter]
        headless = not any(self.table.headers.values())
        return contents.most(count) or (headless and 0 < len(contents.values) <= 2 * count)

    def _unsaid(self, column: Column) -> list[str]:
        """Columns that nothing is said of yet and whose headings say nothing else."""
        return [
            letter
            for letter, text in self.table.headers.items()
            if letter not in self.settled
            and not self.words.is_elsewhere(text)
            and all(claim.name == column.name for claim in self.claims[letter])
        ]

    def _propose(self, column: Column) -> None:
        """The only column whose values can be it, as a question."""
        fitting = []
        for letter in self._unsaid(column):
            contents = self.table.contents[letter]
            if column.meaning is Meaning.PARTY:
                fits = self._known(letter, contents.names)
            elif column.kind is ValueKind.LOCATION:
                fits = contents.most(contents.places)
            elif column.kind in (ValueKind.DATE, ValueKind.AMOUNT):
                fits = contents.agree(column) and not contents.nothing and not self._numbers(letter)
            else:
                fits = False
            if fits:
                fitting.append(letter)
        fitting = self._different(fitting)
        if column.kind is ValueKind.AMOUNT and len(fitting) > 1:
            fitting = [letter for letter in fitting if self.table.contents[letter].has_decimals] or fitting
        if len(fitting) == 1:
            self.doubtful[fitting[0]] = column.name
        elif fitting and not any(self.table.headers[letter] for letter in fitting):
            self.rivals[column.name] = tuple(fitting)  # without headings nothing else tells them apart
        else:
            return
        for letter in fitting:
            self._because(letter, column)

    def _propose_number(self) -> None:
        """In a sheet without headings, the column that has a number of its own in each row."""
        column = self.type.column_for(Meaning.NUMBER)
        if column is None or column.name in self.found or any(self.table.headers.values()):
            return
        letters = [letter for letter in self._unsaid(column) if self.table.contents[letter].numbers_rows]
        if len(letters) == 1:
            self.doubtful[letters[0]] = column.name
        elif letters and column.name in self.needed:
            self.rivals[column.name] = tuple(letters)
        else:
            return
        for letter in letters:
            self._because(letter, column)

    def _numbers(self, letter: str) -> bool:
        """Whether a heading says that it counts or names something, so that its numbers are no money."""
        return bool(_NO_MONEY.intersection(words(self.table.headers[letter])))

    # Running balances --------------------------------------------------------------------------------

    def against_running_balances(self) -> None:
        """A balance that adds up its neighbours is no amount of its row, whatever it is called."""
        money = self.type.column_for(Meaning.MONEY)
        if money is None:
            return
        claiming = [letter for letter, name in self.columns.items() if name == money.name]
        claiming += self.rivals.get(money.name, ())
        for letter in claiming[: running.NEIGHBOURS]:
            others = self._amounts_near(letter, money)
            named = self.levels.get(money.name) is Level.NAME
            found = running.neighbours(self.table.rows, letter, others, at_least=2 if named else 1)
            if found:
                self._is_running(letter, money, found)

    def _amounts_near(self, letter: str, money: Column) -> list[str]:
        """The columns of amounts next to one, those on its left first."""
        order = list(self.table.headers)
        place = order.index(letter)
        first, last = max(0, place - running.NEIGHBOURS), place + running.NEIGHBOURS
        near = [other for other in order[first : last + 1] if other != letter]
        return [
            other
            for other in near
            if self.columns.get(other, money.name) == money.name
            and self.table.contents[other].values
            and self.table.contents[other].amounts >= MOST
        ][: running.NEIGHBOURS]

    def _is_running(self, letter: str, money: Column, of: Sequence[str]) -> None:
        heads = listed_later([self._headed(other) for other in of])
        if letter in self.columns:
            del self.columns[letter]
            rivals = [other for other in of if other not in self.other_side and other not in self.settled]
            if rivals:
                self.rivals[money.name] = tuple(o for o in self.table.headers if o in {letter, *rivals})
                for other in rivals:
                    self._because(other, money)
            else:
                self.doubtful[letter] = money.name
        self.evidence[letter] = phrase(
            "running balance: each value adds {columns} to the one before", columns=heads
        )

    def _headed(self, letter: str) -> Phrase:
        """A column as a sentence names it."""
        heading = self.table.headers[letter]
        return phrase("“{name}”", name=heading) if heading else phrase("column {letter}", letter=letter)

    # The result --------------------------------------------------------------------------------------

    def result(self) -> Match:
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
        return 2 if column.kind in (ValueKind.DATE, ValueKind.AMOUNT) and contents.agree(column) else 0


_RESEMBLING = Claim(name="", meaning=Meaning.NOTE, level=Level.VAGUE)
_LIKE_NAMES = phrase("values look like names, not codes")
_HIDDEN = phrase("hidden column")
_ONE_SIDE = phrase("one side of a debit and credit pair")
_RESEMBLES = phrase("heading resembles the column's name")
_NO_MONEY = frozenset(
    {
        "number",
        "code",
        "codigo",
        "cod",
        "id",
        "ref",
        "reference",
        "qty",
        "count",
        "phone",
        "zip",
        "days",
        "year",
    }
)


@lru_cache(maxsize=8)
def _side_words(side: Paper) -> frozenset[tuple[str, ...]]:
    return frozenset(telling(head) for heads in words_of_side(side).values() for head in heads)


def _may_resemble(text: str) -> bool:
    return 2 <= len(text) <= 60 and not any(c.isdigit() for c in text)


def _something(text: str) -> bool:
    return bool(text.strip(" 0.,-–—$"))
