"""What people said about the columns of a header row, remembered and offered when such a row comes again."""

import hashlib
import json

from sqlalchemy import delete, insert, select
from sqlmodel import Session, col

from komet_import.ledger.models import ColumnMemory, now
from komet_import.sheets.layout.sheet import Header
from komet_import.types import ImportType


def recall(session: Session, type: ImportType, header: Header) -> dict[str, str]:
    """What was said of the columns of such a header row the last time: letter to name."""
    found = session.execute(
        select(col(ColumnMemory.columns)).where(
            col(ColumnMemory.type) == type.slug, col(ColumnMemory.header) == _fingerprint(header)
        )
    ).scalar_one_or_none()
    return dict(found or {})


def remember(session: Session, type: ImportType, header: Header, letter: str, name: str) -> None:
    """Keep one more answer for this header row."""
    columns = {**recall(session, type, header), letter: name}
    key = {"type": type.slug, "header": _fingerprint(header)}
    session.execute(
        delete(ColumnMemory).where(
            col(ColumnMemory.type) == key["type"], col(ColumnMemory.header) == key["header"]
        )
    )
    session.execute(insert(ColumnMemory).values(**key, columns=columns, changed_at=now()))


def _fingerprint(header: Header) -> str:
    texts = {letter: text.strip().casefold() for letter, text in sorted(header.headers.items())}
    return hashlib.sha256(json.dumps(texts, ensure_ascii=False).encode()).hexdigest()
