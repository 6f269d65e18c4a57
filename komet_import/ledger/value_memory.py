"""Our codes for other systems' values, as the company keeps them: what was posted last holds."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select, tuple_, update
from sqlmodel import Session, col

from komet_import.ledger.models import User, ValueMemory, now
from komet_import.ledger.portions import portions
from komet_import.review.value_memory import Key, KnownValue, SaidValue
from komet_import.types import Meaning

_KEY = (col(ValueMemory.meaning), col(ValueMemory.key))


@dataclass(frozen=True, kw_only=True)
class Value:
    """A value that is remembered, for the list of an Admin."""

    meaning: Meaning
    key: str
    text: str
    code: str
    file_name: str
    by: str
    at: datetime
    used_at: datetime | None


def recall(session: Session, meanings: Collection[Meaning]) -> dict[Key, KnownValue]:
    """Every value of these meanings that is remembered: people chose each, so they are not many."""
    query = (
        select(ValueMemory, col(User.name))
        .join(User, col(User.id) == col(ValueMemory.user_id))
        .where(col(ValueMemory.meaning).in_([str(meaning) for meaning in meanings]))
    )
    return {
        (Meaning(kept.meaning), kept.key): KnownValue(
            text=kept.text, code=kept.code, target=kept.target, by=name, at=kept.at
        )
        for kept, name in session.execute(query)
    }


def keep(session: Session, said: Mapping[Key, SaidValue], *, file_name: str) -> list[Key]:
    """Remember what a sheet that is being posted says of values; returns those that are new or other ones.

    A value that now has another code, without that a person replaced it, is remembered no longer: it is
    not what it was taken for.
    """
    known = recall(session, {meaning for meaning, _ in said}) if said else {}
    kept = []
    for key, one in said.items():
        before = known.get(key)
        same = before is not None and (before.code, before.target) == (one.code, one.target)
        if not one.hand and (same or before is None):
            continue
        session.execute(delete(ValueMemory).where(*_here(key)))
        if not one.hand:
            continue
        session.execute(
            insert(ValueMemory).values(
                meaning=str(key[0]),
                key=key[1],
                text=one.text,
                code=one.code,
                target=one.target,
                file_name=file_name,
                user_id=one.hand,
                at=now(),
            )
        )
        kept.append(key)
    return kept


def used(session: Session, keys: Iterable[Key]) -> None:
    """These values were applied now."""
    pairs = [(str(meaning), key) for meaning, key in keys]
    for some in portions(pairs):
        session.execute(
            update(ValueMemory)
            .where(tuple_(*_KEY).in_(some))
            .values(used_at=now())
            .execution_options(synchronize_session=False)
        )


def values(session: Session) -> list[Value]:
    """Every value that is remembered, the latest first."""
    query = (
        select(ValueMemory, col(User.name))
        .join(User, col(User.id) == col(ValueMemory.user_id))
        .order_by(col(ValueMemory.at).desc(), *_KEY)
    )
    return [
        Value(
            meaning=Meaning(kept.meaning),
            key=kept.key,
            text=kept.text,
            code=kept.code,
            file_name=kept.file_name,
            by=name,
            at=kept.at,
            used_at=kept.used_at,
        )
        for kept, name in session.execute(query)
    ]


def forget(session: Session, key: Key) -> tuple[str, str] | None:
    """Remember nothing of a value any longer; the value and the code it had, where there was one."""
    there = session.execute(
        select(col(ValueMemory.text), col(ValueMemory.code)).where(*_here(key))
    ).one_or_none()
    session.execute(delete(ValueMemory).where(*_here(key)))
    return (there[0], there[1]) if there is not None else None


def _here(key: Key) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(ValueMemory.meaning) == str(key[0]), col(ValueMemory.key) == key[1]
