"""What the audit trail says of a step of the journal: its number there, and as much of it as a line shows.

The whole step is in the journal, whose rows are as immutable; its hash goes into the trail, so that the chain
holds the journal fast too (`ledger.audit_chain`). A fix of 50,000 cells is one entry of the same size.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from komet_import.language import _, marked
from komet_import.language.kept_texts import filled_in
from komet_import.ledger.audit_chain import digest
from komet_import.review.catalogue import CATALOGUE
from komet_import.review.edits import Changes
from komet_import.review.given_answers import chosen_row
from komet_import.row_numbers import told
from komet_import.services.open_draft import Step

MOST_SHOWN = 5
LONGEST_TEXT = 120
LONGEST_LABEL = 300


def recorded(step: Step) -> dict[str, Any]:
    """A step as the details of its entry."""
    changes = step.changes
    shown = list(islice(_shortened(changes), MOST_SHOWN))
    told: dict[str, Any] = {
        "step": step.seq,
        "label": step.label[:LONGEST_LABEL],
        "before": {name: before for name, before, _ in shown},
        "after": {name: after for name, _, after in shown},
        "changes_sha256": digest(changes.to_json()),
    }
    if changes.parts > len(shown):
        told["more"] = changes.parts - len(shown)
    return told


def _shortened(changes: Changes) -> Iterator[tuple[str, str | None, str | None]]:
    for name, before, after in parts_of(changes):
        yield name, _short(before), _short(after)


def as_kept(text: str, **values: object) -> str:
    """The words in which a step is kept, whoever reads them."""
    return text.format(**values)


def parts_of(
    changes: Changes, say: Callable[..., str] = as_kept
) -> Iterator[tuple[str, str | None, str | None]]:
    """What was changed, before and after, part by part; `say` tells a text of ours with its values, the name
    of a column or the code of an issue."""
    for cell in changes.cells:
        yield say(_CELL, column=say(cell.column), row=told(cell.row)), cell.before, cell.after
    yield from _moved((*changes.left_out, *changes.set_aside), say(_IN), say(_OUT), say)
    yield from _moved((*changes.taken_in, *changes.admitted), say(_OUT), say(_IN), say)
    for answer in changes.answers:
        before, after = (_said(answer.question, text, say) for text in (answer.before, answer.after))
        yield say(_ANSWERED[answer.question], column=say(answer.column)), before, after
    for given in changes.confirmations:
        before, after = (None if basis is None else say(_CONFIRMED) for basis in (given.before, given.after))
        yield say(_CELL, column=say(given.code), row=told(given.row)), before, after


_CELL, _ROW = marked("{column}, row {row}"), marked("row {row}")
_IN, _OUT, _CONFIRMED = marked("included"), marked("excluded"), marked("confirmed")
_ANSWERED = {
    "mark": marked("mark {column}"),
    "order": marked("order {column}"),
    "column": marked("column {column}"),
    "field": marked("field {column}"),
    "filter": marked("filter {column}"),
    "sign": marked("sign {column}"),
    "sheet": marked("sheet"),
    "beside": marked("beside"),
    "hidden": marked("hidden"),
    "header": marked("header"),
}
"""What an answer is to, by the kind of question."""


def as_told(text: str, **values: object) -> str:
    """A text of a step for the reader; of the code of an issue, its title."""
    return _(CATALOGUE[text].title if text in CATALOGUE else text, **values)


def told_part(name: str, before: Any, after: Any) -> tuple[str, Any, Any] | None:
    """A part of a step as it is kept (`recorded`), for the reader: its name, before and after. None for what
    is no part of one.
    """
    if found := filled_in(name, _CELL):
        column = found["column"]
        told = as_told(_CELL, column=as_told(column), row=found["row"])
        return (told, *map(_word, (before, after))) if column in CATALOGUE else (told, before, after)
    if filled_in(name, _ROW):
        return _kept_row(name), _word(before), _word(after)
    for question, text in _ANSWERED.items():
        if (found := filled_in(name, text)) is not None:
            said = (_kept_row(one) if question == "header" else one for one in (before, after))
            return (as_told(text, column=as_told(found.get("column", ""))), *said)
    return None


def _word(kept: Any) -> Any:
    """One of the words in which a part is kept."""
    return _(kept) if kept in (_IN, _OUT, _CONFIRMED) else kept


def _kept_row(kept: Any) -> Any:
    found = filled_in(kept, _ROW) if isinstance(kept, str) else None
    return as_told(_ROW, **found) if found else kept


def _moved(
    rows: Iterable[int], before: str, after: str, say: Callable[..., str]
) -> Iterator[tuple[str, str, str]]:
    for row in rows:
        yield say(_ROW, row=told(row)), before, after


def _said(question: str, text: str | None, say: Callable[..., str]) -> str | None:
    """An answer as it was given; of a header, its row."""
    return say(_ROW, row=chosen_row(text)) if question == "header" and text is not None else _short(text)


def _short(text: str | None) -> str | None:
    return text if text is None or len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
