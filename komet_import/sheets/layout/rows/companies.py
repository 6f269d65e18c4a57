"""Several companies in one sheet: a column, or a line, that says in whose books each row stands.

Where all rows say one company it is harmless. Of several only a person knows which one's this ledger is. Many
such headings name a customer's company as well, and then the values are the customers' own.
"""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

import pandas as pd

from komet_import.settings import settings
from komet_import.sheets.layout.columns.claims import vocabulary
from komet_import.sheets.layout.columns.table import Match
from komet_import.sheets.layout.modifiers import SHOWN, Modifier, Modifies
from komet_import.sheets.layout.modifiers.value_counts import blank_rows, counted_if_few, with_blank
from komet_import.sheets.layout.values.known import Known, name_key
from komet_import.types import ImportType, Meaning
from komet_import.types.codes import code_key
from komet_import.types.company_headings import COMPANY_HEADINGS
from komet_import.types.headings import plain, telling, telling_words, words

COMPANY_CODE = re.compile(r"(?=.{1,6}$)(?:[A-Z]{0,4}[ -]?\d{1,6}|[A-Z]{1,4})").fullmatch
"""What a company's code looks like, and no customer's name."""


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
        if telling(header) not in company_headings() or (
            letter in best.settled and best.doubtful.get(letter) != place
        ):
            continue
        counts = counted_if_few(text[letter])
        if not 1 < len(counts) <= SHOWN or _are_customers(counts, known):
            continue
        if party and may_be_customers(header, type) and _one_each(text, letter, party, counts):
            continue
        blank = blank_rows(text, letter, list(best.columns))
        found.append(
            Modifier(
                letter=letter,
                header=header,
                modifies=Modifies.COMPANY,
                values=with_blank(counts.items(), blank),
                usual=frozenset(
                    {*(value.casefold() for value in counts if is_ours(value)), *(() if blank else ("",))}
                ),
            )
        )
    return tuple(found)


@lru_cache(maxsize=1)
def company_headings() -> frozenset[tuple[str, ...]]:
    """The headings of a column that names companies of ours, as words."""
    return telling_words(COMPANY_HEADINGS.values())


def may_be_customers(header: str, type: ImportType) -> bool:
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
    parties = int(pairs[party].nunique())
    if all(map(COMPANY_CODE, values)) or _of_one_group(values):
        return False
    return len(pairs) == parties < 2 * len(values)


def _of_one_group(values: Collection[str]) -> bool:
    """Whether all companies have one first name, as those of a group: `Komet US`, `Komet Ecuador`."""
    first = {spoken[0] if (spoken := words(value)) else "" for value in values}
    return len(first) == 1 and len(first.pop()) >= _NAME


_NAME = 3
"""So many letters are a name."""


def is_ours(value: str) -> bool:
    """Whether a value is the name of this company."""
    return plain(value) == plain(settings().company)
