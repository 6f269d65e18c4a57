"""The posting of each import type, found by the file that its slug names: no list can forget one."""

import importlib
from collections.abc import Iterable
from typing import Any, Protocol, cast

from sqlmodel import Session

from komet_import.ledger.posting.shared import Posting, Write
from komet_import.review.reference import Directory
from komet_import.types import Contradiction, ImportType, Meaning

PACKAGE = __name__.rpartition(".")[0]


class TypePosting(Protocol):
    """What the posting of a type has (`shared`)."""

    def prepare(self, session: Session, posting: Posting, /) -> Write: ...

    def existing(self, session: Session, directory: Directory, /) -> list[dict[Meaning, str]]: ...


def of(type: ImportType) -> TypePosting:
    """The posting of a type. Raises Contradiction where it has none, or one that lacks something."""
    name = f"{PACKAGE}.{type.module}"
    try:
        module: Any = importlib.import_module(name)
    except ModuleNotFoundError as missing:
        if missing.name != name:
            raise
        raise Contradiction(
            f"The import type “{type.title}” has no posting; write ledger/posting/{type.module}.py."
        ) from None
    for needed in ("prepare",) if type.once else ("prepare", "existing"):
        if not callable(getattr(module, needed, None)):
            raise Contradiction(f"ledger/posting/{type.module}.py lacks the function {needed}.")
    return cast(TypePosting, module)


def require(types: Iterable[ImportType]) -> None:
    """Raises Contradiction where one of these types cannot be posted."""
    for type in types:
        of(type)
