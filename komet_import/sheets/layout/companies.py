"""Several companies in one sheet: a column, or a line, that says in whose books each row stands.

Where all rows say one company it is harmless. Of several only a person knows which one's this ledger is. Many
such headings name a customer's company as well, and then the values are the customers' own.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

import pandas as pd

from komet_import.settings import settings
from komet_import.sheets.layout.claims import vocabulary
from komet_import.sheets.layout.columns.table import Match
from komet_import.sheets.layout.known import Known, name_key
from komet_import.sheets.layout.modifier_search import blank_rows, counted
from komet_import.sheets.layout.modifiers import SHOWN, Modifier, Modifies
from komet_import.types import ImportType, Meaning
from komet_import.types.codes import code_key
from komet_import.types.company_headings import COMPANY_HEADINGS
from komet_import.types.headings import plain, telling

_CODE = re.compile(r"(?=.{1,6}$)(?:[A-Z]{0,4}[ -]?\d{1,6}|[A-Z]{1,4})").fullmatch
"""What a company's code looks like, and no customer's name."""
_PARTS = re.compile(r"\s*(?:[,;/&|+–]|\b(?:and|y|e|et|und|en|to|a|bis|tot)\b|(?<=\w)\s*-\s*(?=\w))\s*")
"""What stands between the companies of a line."""
_LONGEST = max(len(heading.split()) for several in COMPANY_HEADINGS.values() for heading in several)


def of_companies(
    text: pd.DataFrame,
    headers: Mapping[str, str],
    type: ImportType,
    best: Match,
    known: Known,
) -> tuple[Modifier, ...]:
    """The columns of companies that name more than one, among those that are nothing else, or perhaps places
    (a subsidiary may be one): what they say counts where a person says that they are none. `text` are the
    rows, `best` is what other columns are."""
    if type.side is None:
        return ()
    names = {name: letter for letter, name in best.columns.items()}
    party, place = names.get(type.name_for(Meaning.PARTY)), type.name_for(Meaning.LOCATION)
    found = []
    for letter, header in headers.items():
        if telling(header) not in _headings() or (
            letter in best.settled and best.doubtful.get(letter) != place
        ):
            continue
        counts = counted(text[letter])
        if not 1 < len(counts) <= SHOWN or _are_customers(counts, known):
            continue
        if party and _may_be_customers(header, type) and _one_each(text, letter, party, counts):
            continue
        blank = blank_rows(text, letter, list(best.columns))
        found.append(
            Modifier(
                letter=letter,
                header=header,
                modifies=Modifies.COMPANY,
                values=(*counts.items(), ("", blank)) if blank else tuple(counts.items()),
                usual=frozenset(
                    {*(value.casefold() for value in counts if _is_ours(value)), *(() if blank else ("",))}
                ),
            )
        )
    return tuple(found)


def several_named(cells: Sequence[str]) -> bool:
    """Whether a line names several companies: `Company Code: 1000, 2000`, `Mandant | 100 | 200`."""
    words = cells[0].replace(":", " ").split() if cells else []
    lengths = range(min(len(words), _LONGEST), 0, -1)
    named = next((n for n in lengths if telling(" ".join(words[:n])) in _headings()), 0)
    if not named:
        return False
    rest = " ".join(words[named:])
    said = [part for text in (rest, *cells[1:]) for part in _PARTS.split(text.strip()) if part]
    return len(set(map(plain, said))) > 1 and all(_CODE(part) for part in said)


@lru_cache(maxsize=1)
def _headings() -> frozenset[tuple[str, ...]]:
    return frozenset(telling(heading) for several in COMPANY_HEADINGS.values() for heading in several)


def _may_be_customers(header: str, type: ImportType) -> bool:
    """Whether a heading may as well name the customer's company."""
    return any(claim.meaning is Meaning.PARTY for claim in vocabulary(type).said(header, settings().currency))


def _are_customers(values: Collection[str], known: Known) -> bool:
    """Whether the most of these values are customers that we know."""
    ours = sum(name_key(value) in known.names or code_key(value) in known.codes for value in values)
    return 2 * ours > len(values)


def _one_each(text: pd.DataFrame, letter: str, party: str, values: Collection[str]) -> bool:
    """Whether each customer has one of these values for itself, more or less, and they are no codes."""
    pairs = text[[letter, party]].apply(lambda column: column.str.strip())
    pairs = pairs[(pairs != "").all(axis=1)].drop_duplicates()
    parties = pairs[party].nunique()
    return len(pairs) == parties < 2 * len(values) and not all(map(_CODE, values))


def _is_ours(value: str) -> bool:
    return plain(value) == plain(settings().company)
