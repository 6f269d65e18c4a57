"""What can be imported, declared as data: one file per import type.

A type says which columns a sheet has, what each must hold, and who may import it.
The rest of the house reads these declarations; it knows no type by name. Adding a type:
a file here, a posting function in `ledger/posting.py`, a migration, a line in `ALL`.
"""

from komet_import.types.customers import CUSTOMERS
from komet_import.types.open_credits import OPEN_CREDITS
from komet_import.types.schema import Column, ImportType, Need, Role, ValueKind

ALL: dict[str, ImportType] = {t.slug: t for t in (OPEN_CREDITS, CUSTOMERS)}
"""Every import type by slug, in the order in which people are offered them."""

__all__ = ["ALL", "CUSTOMERS", "OPEN_CREDITS", "Column", "ImportType", "Need", "Role", "ValueKind"]
