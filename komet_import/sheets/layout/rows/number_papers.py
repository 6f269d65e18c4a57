"""Numbers of documents that name another paper than the type's: `INV-7` among `CM-1` and `CM-2`."""

from collections.abc import Mapping, Sequence

import pandas as pd

from komet_import.sheets.layout.modifiers import Modifier, Modifies
from komet_import.sheets.layout.modifiers.modifier_search import as_told
from komet_import.sheets.layout.modifiers.modifier_values import PAPER_HINT, kind_of
from komet_import.sheets.layout.modifiers.value_counts import blank_rows, counted
from komet_import.sheets.layout.rows.lines import arrow
from komet_import.sheets.layout.rows.patterns import occurs
from komet_import.types import ImportType


def of_numbers(
    text: pd.DataFrame,
    headers: Mapping[str, str],
    type: ImportType,
    letters: Sequence[str],
    matched: Sequence[str],
) -> tuple[Modifier, ...]:
    """Those of these columns, of the numbers of documents, in which some name another paper than the type's:
    INV-7 among CM-1 and CM-2, or a whole column of INV-7 among credits."""
    if type.paper is None:
        return ()
    found = []
    for letter in letters:
        if not occurs(arrow(text[letter]), PAPER_HINT).any():
            continue
        one = as_told(
            letter,
            headers.get(letter, ""),
            Modifies.PAPER,
            {**counted(text[letter]), "": blank_rows(text, letter, matched)},
            lambda word: not word or kind_of(word) == (type.paper, True),
        )
        if not one.certain:
            found.append(one)
    return tuple(found)
