"""Which rows add up the rows above them, told by arithmetic.

Two questions of different weight. A row that lacks what each row of data has (`Running`) is asked
whether it is the sum of what stands above it since the last such row, in its customer's rows, or in the
whole sheet. A row that lacks nothing (`sums_of_runs`) is at most perhaps a sum: two equal credits, or 10 and
20 above 30, are there by chance, so that it takes a pattern of several, or a row without a number among
numbered ones.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from komet_import.language import Phrase, phrase
from komet_import.row_numbers import told
from komet_import.sheets.layout.rows.lines import Bools, Lines
from komet_import.types import Meaning

LISTED = 1_000
"""A sum of more rows than these does not list them."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """The rows of data from `start` to before `end` (positions), `count` of them, which a row adds up."""

    start: int
    end: int
    count: int


@dataclass(kw_only=True)
class Running:
    """The sums of the rows of data above, while the rows that add them up are found from the top down."""

    lines: Lines
    counted: Bools
    runs: npt.NDArray[np.int64]
    _before: npt.NDArray[np.int64] = field(init=False)
    _rows: npt.NDArray[np.int64] = field(init=False)
    _derived: tuple[int, int] = (0, 0)
    _last: tuple[int, int, int] = (0, 0, 0)
    _starts: dict[int, tuple[int, int]] = field(default_factory=lambda: {0: (0, 0)})

    def __post_init__(self) -> None:
        money = np.where(self.counted, self.lines.money, 0)
        self._before = np.concatenate(([0], np.cumsum(money)))
        self._rows = np.concatenate(([0], np.cumsum(self.counted)))

    def derive(self, place: int) -> None:
        """The row there adds up others: it counts in no sum, and what is below it may begin another one."""
        money, rows = self._derived
        if self.counted[place]:
            self.counted[place] = False
            self._derived = money + int(self.lines.money[place]), rows + 1
        money, rows = self._above(place + 1)
        self._begin(place + 1, money, rows)

    def part(self, place: int) -> None:
        """Other rows begin there, which may have sums of their own."""
        self._begin(place, *self._above(place))

    def _begin(self, place: int, money: int, rows: int) -> None:
        self._last = place, money, rows
        self._starts[money] = place, rows

    def run(self, place: int) -> Run | None:
        """The rows above that the row there adds up, if it does: the fewest that may be meant."""
        amount = int(self.lines.money[place])
        if not self.lines.readable[place] or not amount:
            return None
        slack = self.lines.slack
        money, rows = self._above(place)
        for start, earlier, before in (self._last, self._of_party(place), (0, 0, 0)):
            if rows > before and abs(money - earlier - amount) <= slack:
                return Run(start=start, end=place, count=rows - before)
        start, before = self._starts.get(money - amount, (0, rows))
        return Run(start=start, end=place, count=rows - before) if rows - before > 1 else None

    def _above(self, place: int) -> tuple[int, int]:
        money, rows = self._derived
        return int(self._before[place]) - money, int(self._rows[place]) - rows

    def party_start(self, place: int) -> int:
        """Where the rows of the same customer begin."""
        return int(self.runs[place])

    def _of_party(self, place: int) -> tuple[int, int, int]:
        """Where the rows of the customer right above begin."""
        start = max(int(self.runs[place - 1]), self._last[0]) if place else 0
        return start, *self._above(start)

    def listed(self, run: Run) -> tuple[int, ...]:
        """The Excel rows that are added up; none where there are too many to list."""
        if run.count > LISTED:
            return ()
        places = run.start + np.flatnonzero(self.counted[run.start : run.end])
        return tuple(self.lines.numbers[places].tolist())

    def words(self, run: Run) -> Phrase:
        """The evidence: “the sum of rows 2 to 4”."""
        places = run.start + np.flatnonzero(self.counted[run.start : run.end])
        sheets = self.lines.worksheet.parts
        first, last = (told(int(self.lines.numbers[place]), sheets) for place in (places[0], places[-1]))
        if first == last:
            return phrase("the amount of row {row} again", row=first)
        return phrase("the sum of rows {first} to {last}", first=first, last=last)


def party_runs(lines: Lines, aside: Bools, printed: Bools) -> npt.NDArray[np.int64]:
    """For each row where the rows of its customer begin, by position; a blank one goes with the one above.

    Rows `aside` part two runs, but those that are `printed` on every page.
    """
    count = len(lines)
    begins = np.zeros(count, dtype=np.bool_)
    if not count:
        return begins.astype(np.int64)
    begins[0] = True
    if lines.whose is not None:
        texts = lines.texts(lines.whose)
        filled = np.flatnonzero(~lines.blank(lines.whose) & ~printed)
        said = texts if len(filled) == count else texts.take(pa.array(filled))
        if len(filled):
            differ = pc.not_equal(said[1:], said[:-1]).to_numpy(zero_copy_only=False)
            begins[filled[1:][differ]] = True
            begins[filled[0]] = True
    parting = aside & ~printed
    begins |= parting
    begins[1:] |= parting[:-1]
    return np.maximum.accumulate(np.where(begins, np.arange(count), 0))


def sums_of_runs(lines: Lines, runs: npt.NDArray[np.int64], counted: Bools) -> tuple[Bools, Bools]:
    """The rows that are the sum of their customer's rows above them, or of all: by arithmetic alone, and
    those among them that a person is asked about. A sum of several is more than each of them: else amounts
    of both signs have but canceled out.
    """
    alike, asked = np.zeros(len(lines), np.bool_), np.zeros(len(lines), np.bool_)
    places = np.flatnonzero(counted & ~_bare(lines))
    if len(places) < 2:
        return alike, asked
    money, run = lines.money[places], runs[places]
    starts = np.flatnonzero(np.diff(run, prepend=-1))
    ends = np.append(starts[1:], len(places)) - 1
    lengths, last = ends - starts + 1, money[ends]
    same = (lengths >= 2) & (last != 0)
    same &= np.abs(np.add.reduceat(money, starts) - 2 * last) <= lines.slack
    parts = np.abs(money)
    parts[ends] = 0
    same &= (lengths == 2) | (np.maximum.reduceat(parts, starts) < np.abs(last))
    alike[places[ends[same]]] = True
    if same.any():
        unnumbered = _numbered_but(lines, places, starts, lengths, ends) | _numberless(lines, places, starts)
        asked[places[ends[_asked(same, lengths, unnumbered)]]] = True
    above, sum_ = len(places) - 1, int(money[-1])
    whole = abs(int(money[:-1].sum()) - sum_) <= lines.slack
    if whole and int(np.abs(money[:-1]).max()) < abs(sum_):
        place = int(places[-1])
        alike[place] |= above >= 2
        asked[place] |= above >= (2 if _unnumbered(lines, place, counted) else 4)
    return alike, asked


def sums_above(lines: Lines, runs: npt.NDArray[np.int64], counted: Bools) -> dict[int, Run]:
    """The rows that are the sum of their customer's rows below them, as reports have it that say the sum
    first: where the row has no number and all of these have one, or where every customer's rows begin so.
    """
    places = np.flatnonzero(counted & ~_bare(lines))
    if len(places) < 2:
        return {}
    money, run = lines.money[places], runs[places]
    starts = np.flatnonzero(np.diff(run, prepend=-1))
    ends = np.append(starts[1:], len(places))
    lengths, first = ends - starts, money[starts]
    same = (lengths >= 3) & (first != 0)
    same &= np.abs(np.add.reduceat(money, starts) - 2 * first) <= lines.slack
    if not same.any():
        return {}
    found = same & _numbered_but(lines, places, starts, lengths, starts)
    if int(same.sum()) > 1 and bool(same[lengths >= 2].all()):
        found |= same
    return {
        int(places[start]): Run(start=int(places[start]) + 1, end=int(places[end - 1]) + 1, count=int(n) - 1)
        for start, end, n in zip(starts[found], ends[found], lengths[found], strict=True)
    }


def _bare(lines: Lines) -> Bools:
    """The rows that say neither whose money it is nor anything else that a row of data must: they are sums or
    nothing, and no part of a customer's rows."""
    found = np.ones(len(lines), dtype=np.bool_)
    for name in lines.needed:
        found &= lines.blank(name)
    return found


def _numbered_but(
    lines: Lines,
    places: npt.NDArray[np.intp],
    starts: npt.NDArray[np.intp],
    lengths: npt.NDArray[np.int64],
    one: npt.NDArray[np.intp],
) -> Bools:
    """The runs in which every row has a number but this one: each run's first, or each one's last."""
    name = _number(lines)
    if name is None:
        return np.zeros(len(starts), dtype=np.bool_)
    numbered = ~lines.blank(name)[places]
    having = np.add.reduceat(numbered.astype(np.int64), starts)
    found: Bools = ~numbered[one] & (having == lengths - 1)
    return found


def _numberless(lines: Lines, places: npt.NDArray[np.intp], starts: npt.NDArray[np.intp]) -> Bools:
    """The runs in which no row has a number, so that nothing tells a sum from a row of data."""
    name = _number(lines)
    if name is None:
        return np.ones(len(starts), dtype=np.bool_)
    numbered = (~lines.blank(name)[places]).astype(np.int64)
    found: Bools = np.add.reduceat(numbered, starts) == 0
    return found


def _asked(same: Bools, lengths: npt.NDArray[np.int64], unnumbered: Bools) -> Bools:
    """Of the runs whose last row is the sum of the others, those of which this is hardly chance.

    One that ends in a row without a number, where its others have one or none has; half of the long runs, at
    least two of them (or one of at least four rows); and, where every run ends so, the short ones.
    """
    found = same & unnumbered & (lengths >= 3)
    for least, hits in ((3, 2), (4, 1)):
        long = lengths >= least
        enough = int((same & long).sum())
        if enough >= hits and 2 * enough >= int(long.sum()):
            found |= same & long
    if found.any():
        found |= same & (unnumbered | bool(same[lengths >= 2].all()))
    return found


def _unnumbered(lines: Lines, place: int, counted: Bools) -> bool:
    """Whether a row has no number where all rows above it have one."""
    name = _number(lines)
    if name is None:
        return False
    blank = lines.blank(name)
    return bool(blank[place]) and not bool((blank[:place] & counted[:place]).any())


def _number(lines: Lines) -> str | None:
    return lines.column(Meaning.NUMBER)
