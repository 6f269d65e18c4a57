"""Rows that are not to be imported because of what they are: which, and why.

What the file says of them is the sheet's (`sheets.layout.rows.other_rows`); here is what answers and edits
make of it.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from komet_import.language import Phrase, phrase
from komet_import.review.given_answers import EVERY_VALUE, kept_values
from komet_import.sheets.layout.modifiers import EXPIRED, TO_COME, Modifier
from komet_import.sheets.layout.row_kinds import Aside, RowKind
from komet_import.sheets.layout.sheet import Sheet
from komet_import.types import ImportType, Need


def filtered(
    sheet: Sheet, answers: Mapping[str, str], left: npt.NDArray[np.bool_]
) -> dict[str, npt.NDArray[np.bool_]]:
    """Of the rows `left`, those that an answer about a column that says what rows mean sets aside, by the
    column's letter; a row that several set aside is the first one's."""
    found: dict[str, npt.NDArray[np.bool_]] = {}
    for modifier in sheet.header.modifiers:
        answer = answers.get(modifier.letter)
        if answer is not None and EVERY_VALUE not in (kept := kept_values(answer)):
            out = left & ~sheet.marked(modifier, kept)
            left = left & ~out
            found[modifier.letter] = out
    return found


def filtered_aside(sheet: Sheet, filtered: Mapping[str, npt.NDArray[np.bool_]]) -> dict[int, Aside]:
    """These rows by position, and what their column says of them."""
    modifiers = {one.letter: one for one in sheet.header.modifiers}
    found: dict[int, Aside] = {}
    for letter, rows in filtered.items():
        places = np.flatnonzero(rows).tolist()
        modifier = modifiers[letter]
        texts = sheet.said(modifier).iloc[places].tolist()
        said = {
            text: Aside(kind=RowKind.FILTERED, certain=True, why=_says(modifier, text)) for text in set(texts)
        }
        found |= {place: said[text] for place, text in zip(places, texts, strict=True)}
    return found


def names_party_or_day(
    type: ImportType, came: pd.DataFrame, rows: pd.DataFrame, places: npt.NDArray[np.intp]
) -> npt.NDArray[np.bool_]:
    """Whether a person has written into the rows at these positions whose or of which day they are.

    Then they are to be imported, whatever the file says of them; `came` are its rows.
    """
    written = np.zeros(len(places), dtype=np.bool_)
    for column in type.columns:
        if column.need is Need.REQUIRED and column.name != type.amount_column:
            texts = rows[column.name].iloc[places].to_numpy(dtype=object)
            written |= texts != came[column.name].iloc[places].to_numpy(dtype=object)
    return written


def _says(modifier: Modifier, text: str) -> Phrase:
    """Why a row is set aside: what it says in a column of which a person said which values count."""
    if text == EXPIRED:
        return phrase("“{heading}” is past", heading=modifier.header)
    if text == TO_COME:
        return phrase("“{heading}” is a later day", heading=modifier.header)
    if text:
        return phrase("“{heading}” says {text}", heading=modifier.header, text=text)
    return phrase("“{heading}” says nothing", heading=modifier.header)
