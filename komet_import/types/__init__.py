"""What can be imported, declared as data: one file per import type.

A type says which columns a sheet has, what each means and must hold, what makes a duplicate, and who may
import it. The rest of the house reads these declarations; it knows no type and no column by name. Adding a
type: a file here, a file of the same name in `ledger/posting/`, its words in Spanish, a migration for what
has no place yet; CONTRIBUTING.md has the steps.
"""

from komet_import.types import declared
from komet_import.types.contradictions import Contradiction
from komet_import.types.customers import CUSTOMERS
from komet_import.types.open_credits import OPEN_CREDITS
from komet_import.types.schema import Column, ColumnFormat, ImportType, Meaning, Need, Role, Side, Sign

_DECLARED = declared.declared(__name__, __path__)

ALL: dict[str, ImportType] = {type.slug: type for _, type in _DECLARED}
"""Every import type by slug, in the order in which people are offered them."""


def require_sound() -> None:
    """Raises Contradiction where what is declared cannot hold: asked for at every start."""
    declared.require_sound(_DECLARED)


def usual() -> ImportType:
    """The type that the terminal takes where none is named."""
    return next(type for type in ALL.values() if type.usual)


def with_money() -> tuple[ImportType, ...]:
    """The types whose rows are money of a party."""
    return tuple(type for type in ALL.values() if type.summed)


def saying(meaning: Meaning) -> tuple[ImportType, ...]:
    """The types that have a column of this meaning."""
    return tuple(type for type in ALL.values() if type.column_for(meaning))


__all__ = [
    "ALL",
    "CUSTOMERS",
    "OPEN_CREDITS",
    "Column",
    "ColumnFormat",
    "Contradiction",
    "ImportType",
    "Meaning",
    "Need",
    "Role",
    "Side",
    "Sign",
    "require_sound",
    "saying",
    "usual",
    "with_money",
]
