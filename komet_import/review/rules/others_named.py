"""Rows whose note names another customer by its code: the credit may be that one's, or both may share it."""

import re
from functools import lru_cache

from komet_import.accents import without_accents
from komet_import.review.catalogue import OTHER_NAME, SAID_OF_ROWS
from komet_import.review.draft import Draft
from komet_import.review.reference import KnownCustomer, Reference
from komet_import.review.rules.finding import Finding, JudgedRows
from komet_import.sheets.layout.expressions import either
from komet_import.sheets.layout.lines import arrow
from komet_import.sheets.layout.patterns import occurs
from komet_import.types import Meaning
from komet_import.types.codes import code_key
from komet_import.types.marks import INSTEAD_OF

_HINT = "[A-Za-z]-?[0-9]{2}|[0-9]{2}-?[A-Za-z]"
"""What a code of letters and figures has in it: figures alone may number anything (Arrow's expression)."""
_CODES = re.compile(r"(?<![\w#/.-])(?=[0-9_-]*[A-Za-z])(?=[A-Za-z_-]*[0-9])[\w-]{4,20}(?![\w/-])").findall

_INSTEAD = rf"(?:^|\W)(?:{either(map(without_accents, INSTEAD_OF))})\W+"


def _instead(code: str, text: str) -> bool:
    """Whether a note says that a code is not the one that is meant: `FL201 not FL200`."""
    said = without_accents(text).replace("’", "'")
    return re.search(rf"{_INSTEAD}{re.escape(code)}(?!\w)", said, re.IGNORECASE) is not None


def read_others_named(draft: Draft, reference: Reference, rows: JudgedRows) -> None:
    """Rows wait to be confirmed where a note names a customer, and not theirs."""
    note, party = draft.type.name_for(Meaning.NOTE), draft.type.name_for(Meaning.PARTY)
    if draft.type.side is None or note not in draft.rows or party not in rows.readings:
        return
    places = list(rows.positions)
    texts = draft.rows[note] if len(places) == len(draft.rows) else draft.rows[note].iloc[places]
    customers = reference.directory.customers

    @lru_cache(maxsize=4096)
    def named(text: str) -> tuple[KnownCustomer, ...]:
        found = (customers.get(code_key(code)) for code in _CODES(text))
        return tuple(customer for customer in found if customer is not None)

    for place in occurs(arrow(texts), _HINT).nonzero()[0].tolist():
        others, position = named(str(texts.iloc[place])), places[place]
        own = rows.readings[party][position]
        if own is None or not others:
            continue
        if own in others:  # “FL201 not FL200” says it of FL200, “FL200 / FL201” does not
            others = tuple(other for other in others if other != own)
            if not others or not _instead(own.code, str(texts.iloc[place])):
                continue
        if any(issue.code in SAID_OF_ROWS.values() for issue in rows.found.get(position, ())):
            continue  # who confirms that the row counts has read it
        facts = {"name": own.name, "said": others[0].name, "other": others[0].code}
        finding = Finding(code=OTHER_NAME, facts=facts, basis=f"{own.code} beside {others[0].code}")
        rows.add(position, party, str(draft.rows[party].iloc[position]), finding)
