"""What the grid is given of a judged draft: its columns, and the rows of a window with their issues."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from komet_import.language import _, marked
from komet_import.review.catalogue import DUPLICATES
from komet_import.review.differences import RecordChange
from komet_import.review.draft import Draft
from komet_import.review.seen import kept_in_window, seen_in_window
from komet_import.row_numbers import told
from komet_import.services import Opened
from komet_import.sheets.layout.row_kinds import RowKind
from komet_import.types import ColumnFormat, Need


def grid_columns(opened: Opened, *, editable: bool) -> list[dict[str, Any]]:
    """The columns; of a sheet that is only to be read none can be edited."""
    found = []
    for name in opened.draft.rows.columns:
        column = opened.type.columns_by_name.get(str(name))
        found.append(
            {
                "name": str(name),
                "title": _(column.name) if column else str(name),
                "kind": str(column.kind) if column else "ignored",
                "need": str(_need(opened, column.need)) if column else "ignored",
                "needed": _(_need(opened, column.need)) if column else "",
                "editable": column is not None and editable,
                "choices": list(column.choices) if column else [],
                "rule": _(column.rule) if column else _("This column is not imported."),
                "width": None,
            }
        )
    return found


def _need(opened: Opened, need: Need) -> Need:
    """A column for companies with several locations is plainly required in one of them."""
    if need is not Need.MULTI_LOCATION:
        return need
    return Need.REQUIRED if opened.reference.directory.multi_location else Need.OPTIONAL


def grid_rows(opened: Opened, places: npt.NDArray[np.intp]) -> list[dict[str, Any]]:
    """The rows at these positions: the texts of the sheet, what is seen in place of some of them, what
    the file says in those that were changed, and of an upsert what is kept where they say something else."""
    judgement, draft = opened.judgement, opened.draft
    seen = seen_in_window(draft, judgement, places)
    kept = kept_in_window(draft, judgement, opened.reference.directory, places)
    texts = draft.rows.iloc[places].to_numpy(dtype=object).tolist()
    numbers = judgement.numbers[places].tolist()
    called = _called(opened, texts)
    return [
        {
            "row": number,
            "told": told(number),
            "state": _state(opened, place),
            "hidden": number in draft.sheet.hidden_rows,
            "aside": _aside(opened, place),
            "values": values,
            "seen": otherwise,
            "was": own,
            "change": RecordChange(change).name.lower() if change else None,
            "kept": there,
            "called": names,
            "issues": _issues(opened, place),
        }
        for number, place, values, otherwise, own, change, there, names in zip(
            numbers,
            places.tolist(),
            texts,
            seen,
            _changed(draft, places, texts),
            judgement.records[places].tolist(),
            kept,
            called,
            strict=True,
        )
    ]


def _changed(
    draft: Draft, places: npt.NDArray[np.intp], texts: Sequence[Sequence[str]]
) -> list[dict[int, str]]:
    """The file's own text of each cell that was changed, by the place of its column."""
    before = draft.sheet.rows[draft.rows.columns].iloc[places].to_numpy(dtype=object).tolist()
    return [
        {at: own for at, (own, now) in enumerate(zip(line, there, strict=True)) if own != now}
        for line, there in zip(before, texts, strict=True)
    ]


def _called(opened: Opened, texts: Sequence[Sequence[str]]) -> list[dict[int, str]]:
    """What the ledger calls whom a row is about, by the place of the column with their code."""
    columns, directory = opened.type.columns_by_name, opened.reference.directory
    codes = [
        at
        for at, name in enumerate(opened.draft.rows.columns)
        if name in columns and columns[name].kind is ColumnFormat.CUSTOMER
    ]
    return [
        {at: found.name for at in codes if (found := directory.named(ColumnFormat.CUSTOMER, line[at]))}
        for line in texts
    ]


def _state(opened: Opened, place: int) -> str:
    judgement = opened.judgement
    if judgement.set_aside[place]:
        return "set-aside"
    if judgement.left_out[place]:
        return "left-out"
    if judgement.errors[place]:
        return "attention"
    if judgement.unconfirmed[place]:
        alike = any(issue.code in DUPLICATES and issue.confirmable for issue in judgement.of(place))
        return "duplicate" if alike else "to-confirm"
    return "warning" if judgement.warnings[place] else "ready"


ASIDE = {
    RowKind.TOTAL: marked("total row"),
    RowKind.SUBTOTAL: marked("total row"),
    RowKind.REPEATED_HEADER: marked("repeated headers"),
    RowKind.HEADING: marked("heading"),
    RowKind.OTHER_TABLE: marked("row of a second table"),
    RowKind.FILTERED: marked("not imported"),
    RowKind.FOOTER: marked("line of text"),
    RowKind.CONTROL: marked("control totals"),
}
"""What a row is that is no row to import, in a word or two."""


def _aside(opened: Opened, place: int) -> dict[str, str] | None:
    """What a row is that is no row to import, in a word and in a sentence; None for every other."""
    aside = opened.judgement.aside.get(place)
    if aside is None:
        return None
    return {"words": _(ASIDE[aside.kind]), "said": opened.judgement.of(place)[0].message}


def _issues(opened: Opened, place: int) -> dict[str, list[dict[str, Any]]]:
    if opened.judgement.set_aside[place]:
        return {}  # the row is said to be none; no cell of it is wrong
    found: dict[str, list[dict[str, Any]]] = {}
    for issue in opened.judgement.of(place):
        told = {
            "code": issue.code,
            "severity": str(issue.severity),
            "message": issue.message,
            "suggestion": issue.suggestion,
            "confirm": issue.confirmable and bool(opened.judgement.to_confirm[place]),
        }
        found.setdefault(issue.column, []).append(told)
    return found
