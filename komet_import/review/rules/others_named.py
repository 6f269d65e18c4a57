"""Rows whose note names another customer by its code: the credit may be that one's, or both may share it."""

import re
from collections.abc import Iterator
from functools import lru_cache

from komet_import.accents import without_accents
from komet_import.review.catalogue import OTHER_NAME, SAID_OF_ROWS
from komet_import.review.draft import Draft
from komet_import.review.reference import KnownCustomer, Reference
from komet_import.review.rules.finding import BETWEEN, Finding, JudgedRows
from komet_import.sheets.layout.rows.lines import arrow
from komet_import.sheets.layout.rows.patterns import occurs
from komet_import.sheets.layout.words.expressions import either
from komet_import.types import Meaning
from komet_import.types.codes import code_key
from komet_import.types.marks import INSTEAD_OF

_HINT = "[A-Za-z]-?[0-9]{2}|[0-9]{2}-?[A-Za-z]"
"""What a code of letters and figures has in it: figures alone may number anything (Arrow's expression)."""
_RUNS = re.compile(r"(?<![\w#/.\\-])[\w/\\-]{3,60}(?![\w/\\-])").findall
_CODE = re.compile(r"(?=[0-9_-]*[A-Za-z])(?=[A-Za-z_-]*[0-9])[\w-]{4,20}").fullmatch
_BETWEEN = re.compile(r"[/\\]|-(?=[^\W\d_]{3,}$)").split
_MOST_PARTS = 3
"""A path has more parts."""

_INSTEAD = rf"(?:^|\W)(?:{either(map(without_accents, INSTEAD_OF))})\W+"


def _instead(code: str, text: str) -> bool:
    """Whether a note says that a code is not the one that is meant: `FL201 not FL200`."""
    said = without_accents(text).replace("’", "'")
    return re.search(rf"{_INSTEAD}{re.escape(code)}(?!\w)", said, re.IGNORECASE) is not None


def _codes(text: str) -> Iterator[str]:
    """What of a text may be the code of a customer: alone, or beside a word or a code with a slash or a
    hyphen between them (`FL201/late`). Beside a number it may be a part of one (`12/FL201`)."""
    for run in _RUNS(text):
        if _CODE(run):
            yield run
        parts = _BETWEEN(run)
        if 1 < len(parts) <= _MOST_PARTS and all(not part or part.isalpha() or _CODE(part) for part in parts):
            yield from filter(_CODE, parts)


def read_others_named(draft: Draft, reference: Reference, rows: JudgedRows) -> None:
    """Rows wait to be confirmed where a note, or a comment of a cell, names a customer, and not theirs."""
    party = draft.type.name_for(Meaning.PARTY)
    if draft.type.side is None or party not in rows.readings:
        return
    customers = reference.directory.customers

    @lru_cache(maxsize=4096)
    def named(text: str) -> tuple[KnownCustomer, ...]:
        found = (customers.get(code_key(code)) for code in _codes(text))
        return tuple(customer for customer in found if customer is not None)

    for position, text in _said(draft, rows):
        others, own = named(text), rows.readings[party][position]
        if own is None or not others:
            continue
        if own in others:  # “FL201 not FL200” says it of FL200, “FL200 / FL201” does not
            others = tuple(other for other in others if other != own)
            if not others or not _instead(own.code, text):
                continue
        if any(issue.code in _READ for issue in rows.found.get(position, ())):
            continue  # who confirms that the row counts has read it, and one other customer is enough
        several = {other.code: other.name for other in others}
        codes, names = BETWEEN.join(several), BETWEEN.join(several.values())
        facts = {"name": own.name, "said": names, "other": codes}
        finding = Finding(code=OTHER_NAME, facts=facts, basis=f"{own.code} beside {codes}")
        rows.add(position, party, str(draft.rows[party].iloc[position]), finding)


_READ = frozenset({*SAID_OF_ROWS.values(), OTHER_NAME})


def _said(draft: Draft, rows: JudgedRows) -> Iterator[tuple[int, str]]:
    """What is said beside the rows that may name a customer, by position."""
    note, places = draft.type.name_for(Meaning.NOTE), list(rows.positions)
    if note in draft.rows:
        texts = draft.rows[note] if len(places) == len(draft.rows) else draft.rows[note].iloc[places]
        for place in occurs(arrow(texts), _HINT).nonzero()[0].tolist():
            yield places[place], str(texts.iloc[place])
    remarks = draft.sheet.remarks
    for position in places if remarks else ():
        yield from ((position, text) for text in remarks.get(position, ()))
