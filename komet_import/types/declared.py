"""The import types that are declared: found by their files, so that no list can forget one."""

import importlib
import pkgutil
from collections.abc import Iterable

from komet_import.types import contradictions
from komet_import.types.schema import ImportType


def declared(package: str, folders: Iterable[str]) -> list[tuple[str, ImportType]]:
    """The types that the modules of a package declare, and the module of each: money first, and of that the
    usual type, then by title.
    """
    found = [
        (module.name, type)
        for module in pkgutil.iter_modules(folders)
        for type in vars(importlib.import_module(f"{package}.{module.name}")).values()
        if isinstance(type, ImportType)
    ]
    return sorted(found, key=lambda one: (one[1].summed is None, not one[1].usual, one[1].title))


def require_sound(found: Iterable[tuple[str, ImportType]]) -> None:
    """Raises Contradiction where a declaration cannot hold, or stands where nobody looks for it: its module
    is the one that its slug names, as is that of its posting (`ledger.posting`).
    """
    found = list(found)
    for module, type in found:
        contradictions.refuse(type)
        if module != type.module:
            raise contradictions.Contradiction(
                f"The import type “{type.title}” is declared in {module}.py; its slug “{type.slug}” belongs "
                f"into {type.module}.py."
            )
    contradictions.refuse_together([type for _, type in found])
