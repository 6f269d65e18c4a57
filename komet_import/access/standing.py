"""Where a signed-in browser stands at this moment: whose session it is, and with which roles.

A reading that never writes, so that every message of an open tab may ask it, and one question for all the
tabs of a server. An ended session, one left unused too long and one of a user who is not active any more
are the same: there is none.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import col, select

from komet_import.access import sessions
from komet_import.ledger import database
from komet_import.ledger.models import User, UserRole, UserSession, now


@dataclass(frozen=True, kw_only=True)
class SessionStanding:
    """Who a session works as, and with what rights; another one means that the tab shows old ones."""

    user_id: int
    roles: frozenset[str]


def standing(token: str) -> SessionStanding | None:
    """Where the session of that token stands; None where there is none (any more)."""
    token_hash = sessions.fingerprint(token)
    return standings([token_hash]).get(token_hash)


def standings(token_hashes: Collection[str]) -> dict[str, SessionStanding]:
    """Where the sessions stand that have not ended, by the fingerprint of their token."""
    query = (
        select(UserSession.token_hash, UserSession.user_id, UserRole.role)
        .join(User, col(User.id) == col(UserSession.user_id))
        .join(UserRole, col(UserRole.user_id) == col(UserSession.user_id), isouter=True)
        .where(col(UserSession.token_hash).in_(token_hashes), col(User.active), *sessions.live(now()))
    )
    held: dict[str, tuple[int, set[str]]] = {}
    with database.reading() as session:
        for token_hash, user_id, role in session.exec(query):
            held.setdefault(token_hash, (user_id, set()))[1].update({role} if role else ())
    return {
        token_hash: SessionStanding(user_id=user_id, roles=frozenset(roles))
        for token_hash, (user_id, roles) in held.items()
    }
