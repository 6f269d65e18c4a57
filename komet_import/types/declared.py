"""The import types that are declared: found by their files, so that there is no list to forget one in."""

import importlib
import pkgutil
from collections.abc import Iterable

from komet_import.types import contradictions
from komet_import.types.schema import ImportType


def declared(package: str, folders: Iterable[str]) -> dict[str, ImportType]:
    """The types that the modules of a package declare, by slug: money first, then by title.

    Each is declared in the module that its slug names: there its posting is looked for as well
    (`ledger.posting`). Raises Contradiction.
    """
    found = [
        (module.name, type)
        for module in pkgutil.iter_modules(folders)
        for type in vars(importlib.import_module(f"{package}.{module.name}")).values()
        if isinstance(type, ImportType)
    ]
    for module, type in found:
        contradictions.refuse(type)
        if module != type.module:
            raise contradictions.Contradiction(
                f"The import type “{type.title}” is declared in {module}.py; its slug “{type.slug}” belongs "
                f"into {type.module}.py."
            )
    types = sorted((type for _, type in found), key=lambda type: (type.summed is None, type.title))
    contradictions.refuse_together(types)
    return {type.slug: type for type in types}
