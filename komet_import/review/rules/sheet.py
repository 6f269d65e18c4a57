"""The sheet rules: what may stand once stands once, and equal documents without two numbers wait."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain

import numpy as np
import numpy.typing as npt

from komet_import.language.lists import listed_later
from komet_import.review.catalogue import (
    ALREADY_CORRECTED,
    ALREADY_POSTED,
    COPIED_ROW,
    DROPPED_ROW,
    ONE_MORE,
    POSSIBLE_DUPLICATE,
    REPEATED_ROW,
    SIMILAR_NUMBER,
    SPLIT_NUMBER,
)
from komet_import.review.draft import Draft
from komet_import.review.issues import Issue
from komet_import.review.reference import Alike
from komet_import.review.rules.finding import Finding, issue_of
from komet_import.review.rules.new_records import records_alike
from komet_import.review.rules.pairs import in_groups, likened_column, similar
from komet_import.review.sameness import SHARED, Digits, Parts, words
from komet_import.types import ImportType, Meaning

REFUSED = frozenset({ALREADY_POSTED, ALREADY_CORRECTED, DROPPED_ROW})
"""Rows that are refused anyhow: they are no further documents like those that stand there."""


@dataclass(frozen=True, kw_only=True)
class SheetRules:
    """What may stand once stands once; what is alike without two numbers waits.

    Rows that are left out and total rows do not count. The first of several equal rows keeps its place.
    `alike` is what stands in the ledger, `codes` are those of the records that exist (`code_key`), `issues`
    is what was found in single rows.
    """

    draft: Draft
    numbers: npt.NDArray[np.int64]
    keys: Mapping[str, npt.NDArray[np.int64]]
    alike: Mapping[Parts, Alike]
    codes: Container[str]
    issues: Mapping[int, Sequence[Issue]]

    def found(self) -> dict[int, tuple[Issue, ...]]:
        """The issues, by position."""
        found: dict[int, tuple[Issue, ...]] = {}
        rules = (
            _copies(self.draft, self.numbers),
            self._equal_keys(),
            self._similar(),
            self._bare_again(),
            records_alike(self.draft, self.numbers, self.keys, self.codes, self.issues),
            self._likenesses(),
        )
        for position, issue in chain(*rules):
            found[position] = (*found.get(position, ()), issue)
        return found

    @property
    def _type(self) -> ImportType:
        return self.draft.type

    def _groups(self, names: Sequence[str]) -> Iterable[list[int]]:
        if not names or not all(name in self.keys for name in names):
            return ()
        return in_groups([self.keys[name] for name in names], ~self.draft.out)

    def _issue(self, position: int, column: str, finding: Finding) -> tuple[int, Issue]:
        text = str(self.draft.rows[column].iloc[position])
        return position, issue_of(int(self.numbers[position]), column, text, finding)

    def _equal_keys(self) -> Iterator[tuple[int, Issue]]:
        """A second row of one key is refused; the first waits where they say different amounts: they may be
        parts of one document, of which the first alone is not the whole."""
        names, said = self._type.names_for(self._type.key), words(self._type)
        amounts = self.keys.get(self._type.amount_column or "")
        for first, *others in self._groups(names):
            for position in others:
                facts = {"other": int(self.numbers[first]), **said}
                yield self._issue(position, names[-1], Finding(code="duplicate-in-sheet", facts=facts))
            if amounts is None:
                continue
            different = [p for p in others if amounts[p] != amounts[first] and amounts[p] and amounts[first]]
            if different:
                other = different[0]
                text = str(self.draft.rows[self._type.amount_column].iloc[other]).strip()
                facts = {"other": int(self.numbers[other]), "amount": text, **said}
                basis = " ".join(str(amounts[position]) for position in (first, *different[:20]))
                yield self._issue(first, names[-1], Finding(code=SPLIT_NUMBER, facts=facts, basis=basis))

    def _similar(self) -> Iterator[tuple[int, Issue]]:
        """A number that is like another one of the same party, day or amount, and not equal."""
        column, party = likened_column(self._type), self._type.name_for(Meaning.PARTY)
        exact = self.keys.get(column)
        if exact is None or party not in self.keys:
            return
        meanings = [one for one in SHARED if self._type.name_for(one) in self.keys]
        shared = [self.keys[self._type.name_for(one)] for one in meanings]
        for group in self._groups([similar(column)]):
            # Of each party, day and amount the first rows of two different numbers: one of them is another's.
            seen: dict[tuple[int, int], list[int]] = {}
            for position in group:
                kinds = [(place, int(keys[position])) for place, keys in enumerate(shared) if keys[position]]
                earlier = (one for kind in kinds for one in seen.get(kind, ()))
                like = next((one for one in earlier if exact[one] != exact[position]), None)
                for kind in kinds:
                    known = seen.setdefault(kind, [])
                    if len(known) < 2 and all(exact[one] != exact[position] for one in known):
                        known.append(position)
                if like is not None:
                    same = [meanings[place] for place, key in kinds if shared[place][like] == key]
                    yield self._like(position, column, like, same)

    def _bare_again(self) -> Iterator[tuple[int, Issue]]:
        """Of one party and amount, on two days, a number that is nothing but the digits of another: one
        system writes `1777`, another one `CM-1777`. Those of one day are told as likenesses."""
        meanings = (Meaning.PARTY, Meaning.MONEY)
        day = self.keys.get(self._type.name_for(Meaning.DAY))
        names = [name for one in meanings if (name := self._type.name_for(one)) in self.keys]
        numbered = self._type.numbered and self._type.name_for(Meaning.NUMBER) in self.keys
        if not numbered or day is None or len(names) < len(meanings):
            return
        bare = [text.strip().isdecimal() for text in self._texts]
        if not any(bare) or all(bare):
            return
        for group in self._groups(names):
            if all(bare[position] == bare[group[0]] for position in group):
                continue
            for position, like in self._by_digits(group).items():
                if bare[position] == bare[like] or day[position] == day[like]:
                    continue
                yield self._like(position, self._type.name_for(Meaning.NUMBER), like, meanings)

    def _like(self, position: int, column: str, like: int, same: Sequence[Meaning]) -> tuple[int, Issue]:
        """A number is like the one of another row, which says the same besides."""
        number, other = str(self.draft.rows[column].iloc[like]).strip(), int(self.numbers[like])
        facts = {"like": number, "other": other, **words(self._type), "same": listed_later(same)}
        finding = Finding(code=SIMILAR_NUMBER, facts=facts, basis=f"like {number} in {other}")
        return self._issue(position, column, finding)

    def _likenesses(self) -> Iterator[tuple[int, Issue]]:
        """Documents that say the same, told by occurrence: of three rows beside two in the ledger two may be
        those, and one is new."""
        column, names = self._type.amount_column, self._type.names_for(self._type.likeness)
        if column is None or not all(name in self.keys for name in names):
            return
        said = words(self._type)
        there = self._there(names)
        for position, (parts, one) in there.items():
            finding = Finding(
                code=POSSIBLE_DUPLICATE,
                facts={"date": one.at, **said},
                basis=f"{' '.join(map(str, parts))} like {one.newest}",
            )
            yield self._issue(position, column, finding)
        for first, *others in self._groups(names):
            known = there[first][1].times if first in there else 0
            by_digits = self._by_digits([first, *others])
            for position in others:
                if position in there:
                    continue  # told already
                like = by_digits.get(position)
                if like is None and self._has_number(position) and self._has_number(first):
                    continue  # two numbers: two documents
                if like is None and known > 1:
                    facts = {"count": known, **said}
                    yield self._issue(position, column, Finding(code=ONE_MORE, facts=facts))
                    known = 0
                    continue
                other = int(self.numbers[first if like is None else like])
                alike = " ".join(str(self.keys[name][position]) for name in names)
                finding = Finding(
                    code=REPEATED_ROW,
                    facts={"other": other, **said},
                    basis=f"{alike} like row {other}",
                )
                yield self._issue(position, column, finding)

    def _by_digits(self, positions: Sequence[int]) -> dict[int, int]:
        """Of documents that say the same those whose numbers have the digits of an earlier one, with that."""
        numbered = [position for position in positions if self._numbered[position]]
        if len(numbered) < 2:
            return {}
        digits = Digits()
        told = {position: digits.earlier(self._number(position), position) for position in numbered}
        return {position: earlier for position, earlier in told.items() if earlier is not None}

    def _number(self, position: int) -> str:
        return str(self._texts[position])

    @cached_property
    def _texts(self) -> npt.NDArray[np.object_]:
        """The documents' own numbers as they are written; only of a type that has some."""
        return self.draft.rows[self._type.name_for(Meaning.NUMBER)].to_numpy(dtype=object)

    def _has_number(self, position: int) -> bool:
        return self._numbered[position]

    @cached_property
    def _numbered(self) -> list[bool]:
        """Whether each row has a number of its own."""
        written = self.keys.get(self._type.name_for(Meaning.NUMBER)) if self._type.numbered else None
        found = np.zeros(len(self.numbers), dtype=np.bool_) if written is None else written != 0
        answer: list[bool] = found.tolist()
        return answer

    def _there(self, names: Sequence[str]) -> dict[int, tuple[Parts, Alike]]:
        """The rows that may be what stands in the ledger: of those without a number as many as it holds, and
        each one with a number, as long as not all there have one: two numbers are two documents, unless they
        have the same digits, or half of the sheet stands there under other numbers: an export that numbers
        anew."""
        found: dict[int, tuple[Parts, Alike]] = {}
        renumbered: dict[int, tuple[Parts, Alike]] = {}
        if not self.alike:
            return found
        money = self._type.likeness.index(Meaning.MONEY)
        wanted = {_as_keys(parts, money): (parts, one) for parts, one in self.alike.items()}
        mixed = _mixed([self.keys[name] for name in names])
        sought = _mixed([np.array(column, dtype=np.int64) for column in zip(*wanted, strict=True)])
        taken: dict[tuple[int, ...], int] = {}
        for position in np.flatnonzero(np.isin(mixed, sought) & ~self.draft.out).tolist():
            key = tuple(int(self.keys[name][position]) for name in names)
            if key not in wanted or any(issue.code in REFUSED for issue in self.issues.get(position, ())):
                continue
            parts, one = wanted[key]
            if self._has_number(position) and not one.numbered:
                found[position] = (parts, one)
                continue
            if one.numbers and self._has_number(position):
                digits = Digits(one.numbers)
                if digits.earlier(self._number(position)) is not None:
                    found[position] = renumbered[position] = (parts, one)
                    continue
            taken[key] = taken.get(key, 0) + 1
            if taken[key] <= one.times:
                (renumbered if self._has_number(position) else found)[position] = (parts, one)
        counted = int((~self.draft.out).sum())
        different = len({parts for parts, _ in renumbered.values()})
        if different >= _FEWEST and 2 * len(renumbered.keys() | found.keys()) >= counted:
            found |= renumbered
        return found


_FEWEST = 3
"""So many different documents do not stand there under other numbers by chance."""


def _as_keys(parts: Parts, money: int) -> tuple[int, ...]:
    """What the ledger says, as `key_of` numbers the same readings; the money is in that place."""
    whole = (part.toordinal() if isinstance(part, date) else int(str(part)) for part in parts)
    return tuple((part << 1) | 1 if place == money else part for place, part in enumerate(whole))


def _mixed(columns: Sequence[npt.NDArray[np.int64]]) -> npt.NDArray[np.int64]:
    """One number for the keys of a row, by which most others are told apart."""
    mixed = columns[0]
    with np.errstate(over="ignore"):
        for column in columns[1:]:
            mixed = mixed * np.int64(1_000_003) + column
    return mixed


def _copies(draft: Draft, numbers: npt.NDArray[np.int64]) -> Iterable[tuple[int, Issue]]:
    """Rows that were one rejected row before: the first that counts keeps its place."""
    seen: dict[str, int] = {}
    out = draft.out
    rows = sorted(draft.origins_here) if draft.type.once else []
    for row, position in zip(rows, draft.positions(rows).tolist(), strict=True):
        origin = draft.origins[row]
        if out[position] or seen.setdefault(origin.key, row) == row:
            continue
        facts = {"origin": origin.row, "source": origin.file_name, "other": seen[origin.key]}
        facts |= words(draft.type)
        column = draft.columns[0]
        text = str(draft.rows[column].iloc[position])
        yield position, issue_of(int(numbers[position]), column, text, Finding(code=COPIED_ROW, facts=facts))
