"""Rows that are no data: what adds up others instead of being one."""

import re
from decimal import Decimal, InvalidOperation

import numpy as np
import pandas as pd

from komet_import import types
from komet_import.sheets.worksheet import Held
from komet_import.types import ImportType, Need, ValueKind
from komet_import.types.schema import PARTIES

_LABEL = (
    r"(?:(?:grand|sub|overall|column|page|report|suma|gran|gesamt|zwischen)[\s-]*)?"
    r"(?:totals?|subtotals?|subtotales|totales|totale|totaux|total general|sum|suma|summe|somme|somma|soma|"
    r"gesamt|gesamtsumme|gesamtbetrag|totaal|som|итого|всего|razem|合计|总计|合計|総計)"
    r"(?:\s+(?:%s|amount|balance|usd|due|open|general|geral|général))*\s*[:=]?"
)
"""What labels a row that adds up others; the hole takes what rows are called."""


def total_rows(rows: pd.DataFrame, held: np.ndarray, type: ImportType) -> tuple[int, ...]:
    """Rows that add up others instead of being one: labelled as such, or the sum of all above at the end."""
    required = [c.name for c in type.columns if c.need is Need.REQUIRED and c.name in rows.columns]
    keys = [name for name in required if type.column(name).kind is not ValueKind.AMOUNT]
    if not keys or rows.empty:
        return ()
    label = _label(type)
    blank = np.column_stack([rows[name].str.strip().eq("").to_numpy(dtype=bool) for name in keys])
    labelled = np.zeros(len(rows), dtype=bool)
    for name in rows.columns:
        others = [i for i, key in enumerate(keys) if key != name]
        candidates = np.flatnonzero(blank[:, others].all(axis=1))
        for place, text in zip(candidates, rows[name].iloc[candidates].tolist(), strict=True):
            if len(text) <= 60 and label.fullmatch(text.strip()):
                labelled[place] = True
    found = {int(number) for number in rows.index[labelled]}
    lonely = np.asarray(blank.all(axis=1), dtype=bool)
    return tuple(sorted(found | _bare_sum(rows, held, type, lonely, labelled)))


def _label(type: ImportType) -> re.Pattern[str]:
    """The label of a total row: a sheet may say what it adds up in the words of any type."""
    nouns = [*PARTIES, *(noun for known in (type, *types.ALL.values()) for noun in known.noun)]
    return re.compile(_LABEL % "|".join(map(re.escape, nouns)), re.IGNORECASE)


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
