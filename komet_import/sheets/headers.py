"""The header row: where it is, and which of its columns mean what to an import type.

A header that says a column's name or one of its synonyms is a certain match. One that merely resembles it
(`Amt`, `Custmer Code`) is doubtful: a question for the person, never a silent match. Words are compared one
by one, so that a shared word alone is no likeness: `Credit Date` is not `Credit Balance`.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import fuzz

from komet_import import types
from komet_import.refusal import SheetRefusal
from komet_import.sheets.identity import KEY_HEADING, OURS, PREFIX, RowKey, read_keys
from komet_import.sheets.sheet import Header, Held, Note, Sheet, Worksheet
from komet_import.sheets.values import written_amount
from komet_import.types import ImportType, Need, ValueKind

HEADER_ROWS = 200  # how many filled rows are looked at
FITS = 1_000
"""A sheet whose `fit` is at least this has every required column, though perhaps a doubtful one."""

Row = dict[str, str]
"""A row as column letters → text."""


def fit(rows: Sequence[Row], wanted: ImportType) -> int:
    """How well a sheet's first filled rows hold a header of the type; at least FITS if nothing is missing."""
    best = _best(rows, wanted)
    if best is None:
        return 0
    return best.score + (0 if best.missing else FITS)


def find(worksheet: Worksheet, type: ImportType) -> Header:
    """The header row of a worksheet, matched to the type.

    Raises SheetRefusal: `empty-sheet`, `no-header`, `missing-column`, `wrong-type`, `no-rows`.
    """
    numbers, rows = _top(worksheet)
    if not rows:
        raise SheetRefusal(
            "empty-sheet",
            f"The sheet “{worksheet.name}” is empty; fill in the sample for {type.title} and choose that.",
        )
    best = _best(rows, type)
    if best is None or best.missing:
        _refuse_other_type(rows, type, worksheet.name)
    if best is None:
        raise SheetRefusal(
            "no-header",
            f"The sheet “{worksheet.name}” has no row of headers such as {_listed(_required(type))}; start "
            f"from the sample for {type.title}.",
        )
    row = int(numbers[best.place])
    if best.missing:
        one = len(best.missing) == 1
        raise SheetRefusal(
            "missing-column",
            f"The sheet “{worksheet.name}” lacks the required {'column' if one else 'columns'} "
            f"{_listed(best.missing)} (headers are in row {row}); add {'it' if one else 'them'}, or start "
            f"from the sample for {type.title}.",
        )
    if not _filled_below(worksheet, row):
        raise SheetRefusal(
            "no-rows",
            f"The sheet “{worksheet.name}” has no rows below its headers in row {row}; fill it in and choose "
            "it again.",
        )
    texts = worksheet.text.loc[row]
    headers = {letter: str(texts[letter]).strip() for letter in worksheet.text.columns}
    headers = {letter: text for letter, text in headers.items() if text != KEY_HEADING}
    return Header(
        row=row,
        columns=best.columns,
        headers=headers,
        ignored=tuple(
            letter for letter in headers if letter not in best.columns and letter not in best.doubtful
        ),
        doubtful=best.doubtful,
    )


def _refuse_other_type(rows: Sequence[Row], wanted: ImportType, name: str) -> None:
    """Say so where the sheet is complete for another type."""
    for other in types.ALL.values():
        if other.slug != wanted.slug and _certainly_fits(rows, other):
            raise SheetRefusal(
                "wrong-type",
                f"The sheet “{name}” holds {other.title}, not {wanted.title}; choose the type {other.title}, "
                "or another file.",
            )


def _certainly_fits(rows: Sequence[Row], wanted: ImportType) -> bool:
    best = _best(rows, wanted)
    return best is not None and not best.missing and set(_required(wanted)) <= set(best.columns.values())


def _required(wanted: ImportType) -> tuple[str, ...]:
    return tuple(c.name for c in wanted.columns if c.need is Need.REQUIRED)


def _listed(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + " and " + quoted[-1]


def _top(worksheet: Worksheet) -> tuple[list[int], list[Row]]:
    """The numbers and the filled cells of the first rows."""
    head = worksheet.text.iloc[:HEADER_ROWS]
    letters = [str(letter) for letter in head.columns]
    rows = [
        {letter: text for letter, text in zip(letters, values, strict=True) if text}
        for values in head.to_numpy(dtype=object)
    ]
    return [int(number) for number in head.index], rows


def _filled_below(worksheet: Worksheet, row: int) -> bool:
    below = worksheet.text.loc[worksheet.text.index > row]
    return any(bool(below[letter].str.strip().ne("").any()) for letter in below.columns)


# Which row -------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class _Match:
    """What one row would mean as the header."""

    place: int
    columns: dict[str, str]
    doubtful: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    score: int = 0


def _best(rows: Sequence[Row], wanted: ImportType) -> _Match | None:
    """The row that says most of the type's columns; the first of equals."""
    certain = [_match(place, row, wanted, likeness=False) for place, row in enumerate(rows)]
    best = max(certain, key=lambda match: match.score, default=None)
    if best is None:
        return None
    if best.missing:  # perhaps another row resembles more than this one says
        likely = [_match(place, row, wanted, likeness=True) for place, row in enumerate(rows[:20])]
        best = max(
            [_match(best.place, rows[best.place], wanted, likeness=True), *likely], key=lambda m: m.score
        )
    else:
        best = _match(best.place, rows[best.place], wanted, likeness=True)
    return best if best.columns or len(best.doubtful) > 1 else None


def _match(place: int, row: Row, wanted: ImportType, *, likeness: bool) -> _Match:
    """The columns that a row's texts mean: by name, then by synonym, then, as questions, by likeness."""
    columns: dict[str, str] = {}
    doubtful: dict[str, str] = {}
    for meanings in (_names(wanted), _synonyms(wanted)):
        claims: dict[str, list[str]] = {}
        for letter, text in row.items():
            name = meanings.get(plain(text)) or meanings.get(plain(_PARENTHESES.sub("", text)))
            if name and letter not in columns and name not in columns.values():
                claims.setdefault(name, []).append(letter)
        for name, letters in claims.items():
            if len({plain(row[letter]) for letter in letters}) == 1:
                columns[letters[0]] = name
            else:  # two different synonyms of one column: which is meant is for the person to say
                doubtful |= dict.fromkeys(letters, name)
    if likeness:
        for letter, text in list(row.items())[:100]:
            if letter not in columns and letter not in doubtful and len(text) <= 60:
                taken = frozenset(columns.values())
                name = _likely(text, wanted.slug, taken) if wanted.slug in types.ALL else None
                if name:
                    doubtful[letter] = name
    found = {*columns.values(), *doubtful.values()}
    required = _required(wanted)
    return _Match(
        place=place,
        columns=columns,
        doubtful=doubtful,
        missing=tuple(name for name in required if name not in found),
        score=sum(3 if name in required else 2 for name in columns.values()) + len(set(doubtful.values())),
    )


# What a header says -----------------------------------------------------------------------------------

_PARENTHESES = re.compile(
    r"\((?:required|optional|yyyy-mm-dd|usd|us\$|\$)\)|[*]|\b(?:in )?usd\b", re.IGNORECASE
)
_NUMBER_WORDS = frozenset({"no", "nr", "num", "nbr", "number", "numero", "nummer"})
_FILLERS = frozenset({"the", "of", "a", "usd", "us", "de", "del", "la", "el", "our", "your"})
_ENGLISH = {
    "fecha": "date",
    "datum": "date",
    "saldo": "balance",
    "importe": "amount",
    "monto": "amount",
    "valor": "amount",
    "betrag": "amount",
    "montant": "amount",
    "cliente": "customer",
    "client": "customer",
    "kunde": "customer",
    "codigo": "code",
    "credito": "credit",
    "nombre": "name",
    "ubicacion": "location",
    "sucursal": "branch",
    "comentarios": "comments",
    "comentario": "comments",
    "observaciones": "comments",
    "notas": "notes",
}


def words(text: str) -> tuple[str, ...]:
    """A header's words without case, accents and punctuation; `#`, `No.` and `Nr` all say number."""
    text = unicodedata.normalize("NFKD", text.replace("#", " number ").replace("№", " number "))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    found = re.findall(r"[^\W_]+", text.casefold())
    return tuple("number" if word in _NUMBER_WORDS else word for word in found)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A header as it is compared: its words run together."""
    return "".join(words(text)) if len(text) <= 200 else ""


def _names(wanted: ImportType) -> dict[str, str]:
    return {plain(column.name): column.name for column in wanted.columns}


def _synonyms(wanted: ImportType) -> dict[str, str]:
    return {plain(said): column.name for column in wanted.columns for said in column.synonyms}


@lru_cache(maxsize=4096)
def _likely(text: str, slug: str, taken: frozenset[str]) -> str | None:
    """The one column that a header resembles, if it resembles exactly one that is not taken."""
    said = tuple(_ENGLISH.get(word, word) for word in words(text) if word not in _FILLERS)
    if not said or len(said) > 6:
        return None
    scores: dict[str, float] = {}
    for column in types.ALL[slug].columns:
        if column.name in taken:
            continue
        for name in (column.name, *column.synonyms):
            likeness = _likeness(said, words(name))
            if likeness:
                scores[column.name] = max(likeness, scores.get(column.name, 0))
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < 3):
        return None
    return ranked[0][0]


def _likeness(said: tuple[str, ...], name: tuple[str, ...]) -> float:
    """How alike two headers are, 0–100: every word must have its like in the other."""
    together = fuzz.ratio("".join(said), "".join(name))
    if together >= 88:
        return together
    if len(said) != len(name):
        return 0
    left = list(name)
    total = 0.0
    for word in said:
        other = max(left, key=lambda candidate: _word_likeness(word, candidate))
        likeness = _word_likeness(word, other)
        if not likeness:
            return 0
        left.remove(other)
        total += likeness
    return total / len(said)


def _word_likeness(one: str, other: str) -> float:
    if one == other:
        return 100
    shorter, longer = sorted((one, other), key=len)
    if (
        len(shorter) >= 2
        and shorter[0] == longer[0]
        and len(longer) >= len(shorter) + 2
        and _within(shorter, longer)
    ):
        return 85
    ratio = fuzz.ratio(one, other)
    return ratio if ratio >= (76 if len(longer) > 4 else 80) else 0


def _within(shorter: str, longer: str) -> bool:
    """Whether the letters of an abbreviation stand in the word in their order: `amt` in `amount`."""
    letters = iter(longer)
    return all(letter in letters for letter in shorter)


# The rows below ---------------------------------------------------------------------------------------


def arrange(worksheet: Worksheet, header: Header, type: ImportType) -> Sheet:
    """The rows below the header, without blank ones, under the type's column names.

    Total lines stay among the rows and are listed in `total_rows`; hidden rows likewise.
    """
    text, held = worksheet.text, worksheet.held
    below = (text.index > header.row).nonzero()[0]
    frame = text.iloc[below]
    filled = np.zeros(len(frame), dtype=bool)
    used: set[str] = set()
    for letter in frame.columns:
        if letter not in header.headers:
            continue  # the column of our keys
        here = frame[letter].str.strip().ne("").to_numpy(dtype=bool)
        if header.headers[letter] not in OURS:
            filled |= here
        if here.any() or header.headers[letter]:
            used.add(str(letter))
    letters, names = _columns(
        header, type, [str(c) for c in text.columns if c in used or c in header.columns]
    )
    place_of = {str(letter): place for place, letter in enumerate(text.columns)}
    places = np.array([place_of[letter] for letter in letters], dtype=np.int64)
    rows = frame.loc[filled, letters].set_axis(pd.Index(names, dtype="object"), axis=1)
    kept = held[np.ix_(below[filled], places)]
    total_rows = _total_rows(rows, kept, type)
    _name_currencies(worksheet, {c: n for c, n in header.columns.items() if c in letters}, type, rows, kept)
    numbers = frozenset(int(n) for n in rows.index)
    return Sheet(
        name=worksheet.name,
        header=header,
        rows=rows,
        held=kept,
        hidden_rows=frozenset(worksheet.hidden_rows & numbers),
        total_rows=total_rows,
        keys=_keys(frame[filled], header),
        notes=_notes(worksheet, header) + _duplicate_headers(header),
    )


def _keys(rows: pd.DataFrame, header: Header) -> dict[int, RowKey]:
    """Which rejected rows the rows are: a row that was copied into another sheet has its key anywhere."""
    found: dict[int, RowKey] = {}
    for letter in rows.columns:
        if letter not in header.columns:
            keyed = rows[letter][rows[letter].str.startswith(PREFIX)]
            found |= read_keys(zip(keyed.index.tolist(), keyed.tolist(), strict=True))
    return found


def _notes(worksheet: Worksheet, header: Header) -> tuple[Note, ...]:
    """The notes of the worksheet, but that the column of our keys is hidden."""
    ours = {letter for letter in worksheet.text.columns if letter not in header.headers}
    found = []
    for note in worksheet.notes:
        if note.code == "hidden-columns" and ours:
            where = tuple(letter for letter in note.where if letter not in ours)
            note = replace(note, count=note.count - (len(note.where) - len(where)), where=where)
        if note.count:
            found.append(note)
    return tuple(found)


def _name_currencies(
    worksheet: Worksheet,
    columns: Mapping[str, str],
    type: ImportType,
    rows: pd.DataFrame,
    held: npt.NDArray[np.uint8],
) -> None:
    """Write amounts that Excel shows in another currency than the ledger's with that currency, as texts.

    The number alone would be taken for an amount of the ledger's currency.
    """
    for shown in worksheet.currencies:
        name = columns.get(shown.letters)
        if name is None or type.columns_by_name[name].kind is not ValueKind.AMOUNT:
            continue
        place = list(rows.columns).index(name)
        there = np.zeros(len(rows), dtype=bool)
        for first, last in shown.rows:
            there[rows.index.searchsorted(first) : rows.index.searchsorted(last, side="right")] = True
        numbers = (there & (held[:, place] == Held.NUMBER)).nonzero()[0]
        texts = rows[name].to_numpy(dtype=object).copy()
        for row in numbers:
            texts[row] = f"{shown.currency} {written_amount(Decimal(texts[row]))}"
        rows[name] = pd.array(texts, dtype="str")
        held[numbers, place] = Held.TEXT


def _columns(header: Header, type: ImportType, letters: list[str]) -> tuple[list[str], list[str]]:
    """The letters in the order of the frame, and the names they get, each once."""
    by_name = {name: letter for letter, name in header.columns.items() if letter in letters}
    ordered = [(by_name[c.name], c.name) for c in type.columns if c.name in by_name]
    taken = {name for _, name in ordered} | {column.name for column in type.columns}
    for letter in letters:
        if letter not in by_name.values():
            name = header.headers.get(letter) or f"Column {letter}"
            name = name if name not in taken else f"{name} ({letter})"
            taken.add(name)
            ordered.append((letter, name))
    return [letter for letter, _ in ordered], [name for _, name in ordered]


def _duplicate_headers(header: Header) -> tuple[Note, ...]:
    """A note where a header stands twice and only the first was taken."""
    taken = {plain(header.headers[letter]) for letter in header.columns if letter in header.headers}
    twice = [
        f"{letter}{header.row}"
        for letter, text in header.headers.items()
        if letter not in header.columns and text and plain(text) in taken
    ]
    return (Note(code="duplicate-headers", count=len(twice), where=tuple(twice[:10])),) if twice else ()


_TOTAL = re.compile(
    r"(?:(?:grand|sub|overall|column|page|report|suma|gran|gesamt|zwischen)[\s-]*)?"
    r"(?:totals?|subtotals?|subtotales|totales|totale|totaux|total general|sum|suma|summe|somme|somma|soma|"
    r"gesamt|gesamtsumme|gesamtbetrag|totaal|som|итого|всего|razem|合计|总计|合計|総計)"
    r"(?:\s+(?:credits?|amount|balance|usd|due|open|general|geral|général|customers?))*\s*[:=]?",
    re.IGNORECASE,
)


def _total_rows(rows: pd.DataFrame, held: np.ndarray, type: ImportType) -> tuple[int, ...]:
    """Rows that add up others instead of being one: labelled as such, or the sum of all above at the end."""
    required = [c.name for c in type.columns if c.need is Need.REQUIRED and c.name in rows.columns]
    keys = [name for name in required if type.column(name).kind is not ValueKind.AMOUNT]
    if not keys or rows.empty:
        return ()
    blank = np.column_stack([rows[name].str.strip().eq("").to_numpy(dtype=bool) for name in keys])
    labelled = np.zeros(len(rows), dtype=bool)
    for name in rows.columns:
        others = [i for i, key in enumerate(keys) if key != name]
        candidates = np.flatnonzero(blank[:, others].all(axis=1))
        for place, text in zip(candidates, rows[name].iloc[candidates].tolist(), strict=True):
            if len(text) <= 60 and _TOTAL.fullmatch(text.strip()):
                labelled[place] = True
    found = {int(number) for number in rows.index[labelled]}
    lonely = np.asarray(blank.all(axis=1), dtype=bool)
    return tuple(sorted(found | _bare_sum(rows, held, type, lonely, labelled)))


def _bare_sum(
    rows: pd.DataFrame,
    held: np.ndarray,
    type: ImportType,
    blank: np.ndarray,
    labelled: np.ndarray,
) -> set[int]:
    """The last row, if it holds nothing but an amount that is the sum of the amounts above it."""
    amount = type.amount_column
    if amount is None or amount not in rows.columns or len(rows) < 2 or not blank[-1] or labelled[-1]:
        return set()
    last = rows.iloc[-1]
    if any(text.strip() for name, text in last.items() if name != amount):
        return set()
    numbers = held[:, rows.columns.get_loc(amount)] == Held.NUMBER
    numbers[:-1] &= ~labelled[:-1]
    try:
        amounts = [Decimal(text) for text in rows[amount][numbers]]
    except InvalidOperation:
        return set()
    is_sum = bool(numbers[-1]) and len(amounts) > 1 and sum(amounts[:-1]) == amounts[-1]
    return {int(rows.index[-1])} if is_sum else set()
