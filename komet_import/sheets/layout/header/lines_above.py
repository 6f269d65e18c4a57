"""What a line above the header says of all rows below it: another currency, thousands, a state.

It is a part of the sheet like any heading: `Currency: EUR` or `Status: Voided` above a table changes what
each row of it means. So do a title (`Voided credits`), the name of the sheet, a line of units below the
headings, a line of text at the end (`All amounts in COP`) and a remark beside the table, be it in the row of
the headings with nothing below it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

import pandas as pd

from komet_import import currencies
from komet_import.language import Phrase, phrase
from komet_import.refusal import quoted
from komet_import.sheets.files.xlsx.references import column_number
from komet_import.sheets.layout.columns.claims import Level, vocabulary
from komet_import.sheets.layout.columns.table import Match
from komet_import.sheets.layout.header.header_search import Line
from komet_import.sheets.layout.modifiers.ledgers import names_other_ledger
from komet_import.sheets.layout.modifiers.modifier_headings import heading_words, heads
from komet_import.sheets.layout.modifiers.statements import is_suppliers
from komet_import.sheets.layout.modifiers.titles import (
    ELSEWHERE,
    PARTIES,
    is_inactive,
    is_of_others,
    own_words,
    spoken,
)
from komet_import.sheets.layout.rows.company_lines import several_named
from komet_import.sheets.layout.rows.explanations import explains
from komet_import.sheets.layout.rows.footnotes import footnote
from komet_import.sheets.layout.rows.void_marks import asks_to_pass_over
from komet_import.sheets.layout.words.scales import scale_in_line
from komet_import.types import ImportType, Meaning
from komet_import.types.headings import plain, words
from komet_import.types.marks import STATES_OTHER
from komet_import.types.schema import Column

_FEW = 3
"""A line of more cells is one of a table."""

_AMOUNTS = frozenset(
    words(
        "amount amounts values figures balances importe importes monto montos valor valores saldos cifras "
        "expresado expresados expressed stated betrag betrage angaben montant montants bedrag bedragen "
        "importo importi"
    )
)
"""What a line speaks of when it speaks of amounts."""

_STATES_OTHER = frozenset(map(plain, STATES_OTHER))
_LABELLED = 2
"""A label and what it says have no more cells than these."""


def weighed(
    best: Match,
    above: Sequence[Line],
    below: Sequence[Line],
    beside: Sequence[Line],
    name: str,
    type: ImportType,
    *,
    currency: str,
    comments: Sequence[Line] = (),
) -> Match:
    """The match, in which amounts that one of the lines above the header, a line of units right below it, one
    at the end of the sheet, a remark beside the table, a comment on them or the name of the sheet says to be
    something else than amounts of the ledger's currency, or to count no longer, are a question."""
    subject = type.column_for(Meaning.MONEY)
    if subject is None:
        return _of_records(best, above, name, type)
    said = next((found for line in above if (found := _said(line, currency, type))), None)
    said = said or _named(name, currency, type)
    said = said or next((found for line in beside if (found := _remarked(line, currency, type))), None)
    said = said or next(
        (found for line in _spoken(below, best) if (found := _amounts_said(line, currency))), None
    )
    said = said or next((("", _says(line)) for line in _last(below) if _asks_to_pass_over(line)), None)
    said = said or next((found for line in comments if (found := _commented(line, currency))), None)
    return best if said is None else _in_doubt(best, subject, *said)


def _commented(line: Line, currency: str) -> tuple[str, Phrase] | None:
    """What a comment on a heading of amounts says that they are; None where it says nothing."""
    ((letter, text),) = line.cells.items()
    what = scale_in_line(text) or other_currency(text, currency)
    if not what and not _counts_no_longer(text) and not asks_to_pass_over(text):
        return None
    return what, phrase("the comment in {cell} says {text}", cell=f"{letter}{line.number}", text=quoted(text))


def _of_records(best: Match, above: Sequence[Line], name: str, type: ImportType) -> Match:
    """The match, in which the column of records is a question where a title or the name of the sheet says
    that they are not active, and no column says it of each."""
    subject = type.column_for(Meaning.RECORD)
    if subject is None or type.name_for(Meaning.ACTIVE) in best.columns.values():
        return best
    titles = [line for line in above if 0 < len(line.cells) <= _LABELLED]
    why = next((_says(line) for line in titles if is_inactive(" ".join(line.cells.values()), type)), None)
    if why is None and is_inactive(name, type):
        why = phrase("the sheet is called {name}", name=quoted(name))
    return best if why is None else _in_doubt(best, subject, "", why)


def _in_doubt(best: Match, subject: Column, currency: str, why: Phrase) -> Match:
    """The match in which this column is a question, whatever said it."""
    rivals = best.rivals.get(subject.name, ())
    letters = [letter for letter in best.letters_of(subject.name) if letter not in rivals]
    return replace(
        best,
        columns={letter: name for letter, name in best.columns.items() if letter not in letters},
        doubtful={**best.doubtful, **dict.fromkeys(letters, subject.name)},
        foreign={**best.foreign, **(dict.fromkeys((*letters, *rivals), currency) if currency else {})},
        evidence={**best.evidence, **dict.fromkeys((*letters, *rivals), why)},
    )


def explaining(below: Sequence[Line], best: Match, type: ImportType) -> list[Line]:
    """The cells, each as a line, of the lines right below the headings that say what the columns hold."""
    columns = {**best.columns, **best.doubtful}
    return [
        replace(line, cells={letter: text})
        for line in takewhile(lambda line: explains(line.cells, columns, type), below)
        for letter, text in line.cells.items()
    ]


def _spoken(below: Sequence[Line], best: Match) -> list[Line]:
    """The lines of a few words below the header, without an amount or a day."""
    return [
        line
        for line in below
        if 0 < len(line.cells) <= _FEW and line.is_header_like and not set(line.cells) >= set(best.columns)
    ]


def _last(below: Sequence[Line]) -> list[Line]:
    """The lines of text that end a sheet: one between rows speaks of those below it."""
    return list(takewhile(lambda line: len(line.cells) <= _LABELLED and line.is_header_like, reversed(below)))


def _asks_to_pass_over(line: Line) -> bool:
    """Whether a line asks that rows are not imported; a footnote speaks of the rows that have its mark."""
    text = " ".join(line.cells.values())
    return footnote(text) is None and asks_to_pass_over(text)


def remarks(
    row: int, headings: Mapping[str, str], under: Mapping[str, "pd.Series[str]"], known: Collection[str]
) -> list[Line]:
    """What stands beside a table, cells that touch as one line: texts in the row of its headings with nothing
    below them, and a few without a heading. `under` are the texts below each heading, `known` the letters of
    which it is said what they are."""
    found: dict[int, dict[str, str]] = {}
    for letter, heading in headings.items():
        if letter in known:
            continue
        below = under[letter][under[letter] != ""]
        if heading and below.empty:
            found.setdefault(row, {})[letter] = heading
        elif not heading and len(below) <= _FEW:
            for number, text in zip(below.index.tolist(), below.tolist(), strict=True):
                found.setdefault(number, {})[letter] = text
    return [
        Line(number=number, cells={letter: cells[letter] for letter in run})
        for number, cells in sorted(found.items())
        for run in _runs(cells)
    ]


def _runs(letters: Iterable[str]) -> list[list[str]]:
    """Letters in order, those that follow each other together."""
    runs: list[list[str]] = []
    for letter in sorted(letters, key=column_number):
        if runs and column_number(letter) == column_number(runs[-1][-1]) + 1:
            runs[-1].append(letter)
        else:
            runs.append([letter])
    return runs


def _remarked(line: Line, currency: str, type: ImportType) -> tuple[str, Phrase] | None:
    """What a remark beside the table says, as a whole or one of its cells. What names a column of amounts
    that is blank (`Balance EUR`) says nothing of another one, nor does a currency beside the ledger's."""
    claims = vocabulary(type)
    cells = {
        letter: text
        for letter, text in line.cells.items()
        if all(claim.level < Level.PLAIN for claim in claims.said(text, currency))
    }
    home = any(currency in currencies.named_in(text)[2] for text in cells.values())
    if several_named(list(cells.values())):
        return "", _says(line)
    whole = [cells] if 1 < len(cells) <= _FEW else []
    for part in (*whole, *({letter: text} for letter, text in cells.items())):
        told = replace(line, cells=part)
        if (found := _amounts_said(told, currency)) and not (home and found[0] in currencies.CODES):
            return found
        text = "".join(part.values())
        if len(part) == 1 and (_counts_no_longer(text) or _asks_to_pass_over(told)):
            return "", _says(told)
    return None


def _amounts_said(line: Line, currency: str) -> tuple[str, Phrase] | None:
    """What a line says that amounts are; None where it says nothing, or the ledger's currency."""
    text = " ".join(line.cells.values())
    what = scale_in_line(text) or other_currency(text, currency)
    return (what, _says(line)) if what else None


def _says(line: Line) -> Phrase:
    return phrase("row {row} says {text}", row=line.number, text=quoted(" ".join(line.cells.values())))


def _said(line: Line, currency: str, type: ImportType) -> tuple[str, Phrase] | None:
    """What a line says that amounts are, blank where it says that they count no longer, and where; None where
    it says nothing, or the ledger's currency."""
    text = " ".join(line.cells.values())
    cells = list(line.cells.values())
    if several_named(cells) or (PARTIES.isdisjoint(own_words(type, PARTIES)) and is_suppliers(cells)):
        return "", _says(line)
    if not line.cells or len(line.cells) > _FEW:
        return None
    if found := _amounts_said(line, currency):
        return found
    title = len(line.cells) == 1 and footnote(text) is None and is_of_others(text, type)
    title = title or names_other_ledger(cells) or _asks_to_pass_over(line)
    if not title and not _counts_no_longer(":".join(line.cells.values())):
        return None
    return "", _says(line)


def _named(name: str, currency: str, type: ImportType) -> tuple[str, Phrase] | None:
    """What the name of the sheet says of all of it."""
    scale = scale_in_line(name)
    what = other_currency(name, currency) or (scale if any(map(str.isalpha, scale)) else "")
    said = is_of_others(name, type) or asks_to_pass_over(name) or names_other_ledger([name])
    if not what and not said:
        return None
    return what, phrase("the sheet is called {name}", name=quoted(name))


def _counts_no_longer(text: str) -> bool:
    """Whether a line says of a state of rows that it is none of those that stand open: `Status: Voided`."""
    key, _, said = text.replace("=", ":").partition(":")
    heading = heading_words(key)
    if heading not in heads("status") and heading[-1:] not in heads("status"):
        return False
    return plain(said) in _STATES_OTHER or not ELSEWHERE.isdisjoint(spoken(words(said)))


def other_currency(text: str, currency: str) -> str:
    """The currency that a line names, where it is not the ledger's; blank where a rate names both."""
    rest, word, meant = currencies.named_in(text)
    if not word or currency in meant or currency in currencies.named_in(rest)[2]:
        return ""
    key = heading_words(text.split(word)[0].strip(" :=-(")) in heads("currency")
    about = not _AMOUNTS.isdisjoint(words(text))
    coded = word.isupper() and word in currencies.CODES
    return word if key or about or coded or not any(map(str.isalpha, word)) else ""
