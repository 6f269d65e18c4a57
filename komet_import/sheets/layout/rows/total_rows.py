"""Rows that add up others: told by their words, their arithmetic, and a day of which they are the balance."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from komet_import.language import Phrase, phrase
from komet_import.language.phrases import joined
from komet_import.refusal import quoted
from komet_import.sheets.layout.row_kinds import Aside, RowKind
from komet_import.sheets.layout.rows.lines import Bools, Lines, is_day
from komet_import.sheets.layout.rows.patterns import occurs
from komet_import.sheets.layout.rows.sums import Run, Running, party_runs, sums_above, sums_of_runs
from komet_import.sheets.layout.words.total_labels import DAY, TotalLabel, hint, total_label, words
from komet_import.sheets.worksheet import Held
from komet_import.types import Meaning

FEW = 2_000
"""So many different notes are looked at for labels of sums; where there are more they are notes."""


class Totals:
    """The search for rows that add up others, from the top of the sheet down."""

    def __init__(self, lines: Lines, found: dict[int, Aside]) -> None:
        self.lines, self.found = lines, found
        # Rows that may be another table's are counted: a person may take them in, but never their sums.
        self.doubted = {p for p, a in found.items() if not a.certain and lines.readable[p]}
        gone = np.zeros(len(lines), dtype=np.bool_)
        gone[[place for place in found if place not in self.doubted]] = True
        counted = lines.readable & ~gone
        printed = np.zeros(len(lines), dtype=np.bool_)
        printed[[place for place, aside in found.items() if aside.kind.printed]] = True
        runs = party_runs(lines, gone, printed)
        self.alike, self.asked = sums_of_runs(lines, runs, counted)
        self.heading = sums_above(lines, runs, counted)
        self.unlike = _unlike_numbers(lines)
        self.hinted = _hinted(lines, self.alike) | self.unlike
        self.sums = Running(lines=lines, counted=counted.copy(), runs=runs)
        self.in_table = frozenset(lines.worksheet.totals)
        self.number = lines.column(Meaning.NUMBER)
        self.day = next((name for name in lines.needed if is_day(lines.type, name)), None)
        self.last = int(np.flatnonzero(lines.readable)[-1]) if lines.readable.any() else -1
        self._parties: frozenset[str] | None = None

    def find(self) -> None:
        """Add the rows to `found`."""
        lines = self.lines
        in_table = np.isin(lines.numbers, list(self.in_table))
        bare = lines.odd & lines.readable
        single: list[tuple[int, Run]] = []
        heading = np.isin(np.arange(len(lines)), list(self.heading))
        others = sorted(place for place in self.doubted if place - 1 not in self.doubted)
        for place in np.flatnonzero(self.hinted | self.alike | in_table | bare | heading).tolist():
            while others and others[0] <= place:
                self.sums.part(others.pop(0))
            if place in self.found and place not in self.doubted:
                continue
            run = self.sums.run(place)
            aside = (
                self._in_table(place, run)
                or self._labelled(place, run)
                or self._bare(place, run)
                or self._without_number(place, run)
            )
            if place in self.doubted and (aside is None or not aside.certain):
                continue
            if aside is None and place in self.heading:
                run = self.heading[place]
                aside = self._aside(False, self.sums.words(run), run)
            if aside is None and self.asked[place]:
                run = run or Run(start=0, end=place, count=2)
                aside = self._aside(False, self.sums.words(run), run)
            if aside is not None:
                self.found[place] = aside
                self.sums.derive(place)
                if run is not None and run.count == 1 and not aside.certain:
                    single.append((place, run))
        self._settle(single)

    def _settle(self, single: list[tuple[int, Run]]) -> None:
        """A bare amount that repeats one row is certainly a sum where others are sums of several rows."""
        several = any(
            aside.certain and aside.kind.adds_up and len(aside.sums) > 1 for aside in self.found.values()
        )
        for place, run in single:
            if several and self.lines.odd[place]:
                self.found[place] = self._aside(True, self.sums.words(run), run)

    def _aside(self, certain: bool, why: Phrase, run: Run | None, *, sub: bool = False) -> Aside:
        whole = run is not None and run.start == 0 and run.end >= self.last
        return Aside(
            kind=RowKind.SUBTOTAL if sub or (run is not None and not whole) else RowKind.TOTAL,
            certain=certain,
            why=why,
            sums=self.sums.listed(run) if run is not None else (),
        )

    def _in_table(self, place: int, run: Run | None) -> Aside | None:
        """The totals row of an Excel table is one, whatever it is called."""
        if int(self.lines.numbers[place]) not in self.in_table:
            return None
        return self._aside(True, phrase("the totals row of an Excel table"), run)

    # Words

    def _labelled(self, place: int, run: Run | None) -> Aside | None:
        """A row that a label says to be a sum."""
        if not self.hinted[place]:
            return None
        lines = self.lines
        for name, text in lines.cells(place).items():
            label = total_label(text)
            certain = self._says_sum(place, name, label, run) if label is not None else None
            if label is not None and certain is not None:
                why = phrase("labelled {label}", label=quoted(text))
                if run is not None:
                    why = joined((why, self.sums.words(run)))
                return self._aside(certain, why, run, sub=label.sub)
        return None

    def _says_sum(self, place: int, name: str, label: TotalLabel, run: Run | None) -> bool | None:
        """Whether a label in that column makes its row a sum certainly (True) or perhaps (False); None: not.

        How much a label says hangs on where it stands, and on what a row of data would have: in a comment,
        “Total” may be about anything; a number is not “Total”.
        """
        lines = self.lines
        summed = run is not None
        names_party = label.plain or self._is_party(label.about)
        elsewhere = [key for key in lines.needed if key != name]
        lacking = all(lines.blank(key)[place] for key in elsewhere)
        undated = self.day is not None and (name == self.day or bool(lines.blank(self.day)[place]))
        unnumbered = self.number is None or bool(lines.blank(self.number)[place])
        if name == lines.whose:
            if not undated:  # a customer's row: there are no customers of this name, and it adds up others
                several = run is not None and run.count > 1
                return True if label.plain and unnumbered and (several or label.carried) else None
            if label.plain or summed:
                return True
            return (label.linked or names_party) and unnumbered
        if name == self.day:
            return True if names_party or summed else None
        if name == self.number:
            if lacking or undated:
                return True if names_party or label.linked or summed else None
            if not names_party or (label.figures and not summed):
                return None
            return summed
        if name == lines.money_column:
            return True if undated and label.plain else None
        if lacking:
            return True if names_party or summed or label.linked else None
        if not names_party:
            return None
        if undated:
            return summed
        if run is None or unnumbered:
            return True if summed else None
        # With a number of its own it has all that a row of data has: “Total” may be what was credited.
        of_party = run.start >= self.sums.party_start(place) or (label.figures and run.start == 0)
        return False if run.count > 1 and of_party else None

    def _is_party(self, about: tuple[str, ...]) -> bool:
        """Whether the words of a label name a customer of the sheet."""
        if self._parties is None:
            whose = self.lines.whose
            said = pc.unique(self.lines.texts(whose)).to_pylist() if whose else []
            self._parties = frozenset("".join(words(text)) for text in said) - {""}
        return any("".join(part) in self._parties for part in (about, about[:1], about[-1:]))

    # Arithmetic

    def _bare(self, place: int, run: Run | None) -> Aside | None:
        """A row that lacks whose money it is, or of which day, and is the sum of rows above it."""
        lines = self.lines
        if run is None or not lines.odd[place]:
            return None
        said = lines.cells(place)
        written = [
            name
            for name in said
            if name != lines.money_column
            and lines.held[place, lines.rows.columns.get_loc(name)] != Held.NUMBER
        ]
        if not written:
            # At the very end one row alone may be added up; elsewhere it may be a second amount like it.
            return self._aside(run.count > 1 or place == self.last, self.sums.words(run), run)
        if written == [lines.whose]:
            of_party = run.start >= self.sums.party_start(place)
            return self._aside(run.count > 1 and of_party, self.sums.words(run), run)
        if written == [self.day] and run.count > 1:
            return self._aside(False, self.sums.words(run), run)
        return None

    def _without_number(self, place: int, run: Run | None) -> Aside | None:
        """A row with a day or words in place of a number, where others have numbers, that adds up several of
        these."""
        if run is None or run.count < 2 or not self.unlike[place] or self.unlike[run.start : place].any():
            return None
        return self._aside(False, self.sums.words(run), run)


def _unlike_numbers(lines: Lines) -> Bools:
    """The rows whose number is a day, has one in it or has no figure at all, where most have others."""
    number = lines.column(Meaning.NUMBER)
    if number is None:
        return np.zeros(len(lines), dtype=np.bool_)
    texts, filled = lines.texts(number), ~lines.blank(number)
    worded = ~occurs(texts, "[0-9]")
    found = (occurs(texts, DAY) | worded) & filled
    usual = 2 * int(found.sum()) > int(filled.sum())
    return np.zeros_like(found) if usual else found


def _hinted(lines: Lines, alike: Bools) -> Bools:
    """The rows that may have the label of a sum: rows that lack something or are a sum, by all their texts;
    others by their number, their notes where these are few, and the word that stands for a day.
    """
    found = np.zeros(len(lines), dtype=np.bool_)
    unlike = np.flatnonzero(lines.odd | alike)
    if len(unlike):
        chosen = pa.array(unlike)
        for name in lines.rows.columns:
            found[unlike] |= occurs(lines.texts(str(name)).take(chosen), hint())
        if lines.whose is not None:
            found[unlike] |= occurs(lines.texts(lines.whose).take(chosen), DAY)
    number, note = lines.column(Meaning.NUMBER), lines.column(Meaning.NOTE)
    if number is not None:
        found |= occurs(lines.texts(number), hint())
    unnumbered = np.flatnonzero(lines.blank(number)) if number is not None else np.arange(len(found))
    if lines.whose is not None and len(unnumbered):
        spread = lines.texts(lines.whose).take(pa.array(unnumbered)).dictionary_encode()
        said = occurs(spread.dictionary, hint())
        if said.any():
            found[unnumbered] |= said[spread.indices.to_numpy(zero_copy_only=False)]
    if note is not None:
        spread = lines.texts(note).dictionary_encode()
        if len(spread.dictionary) <= FEW:
            said = occurs(spread.dictionary, hint())
            if said.any():
                found |= said[spread.indices.to_numpy(zero_copy_only=False)]
    for name in lines.needed:
        if is_day(lines.type, name):
            texts = np.flatnonzero(lines.held_as(name) == Held.TEXT)
            if len(texts):
                found[texts] |= occurs(lines.texts(name).take(pa.array(texts)), hint())
    return found
