"""Whose token a browser has, asked as a page does."""

from komet_import.access import sessions
from komet_import.ledger import database


def user_id_of(token: str, *, used: bool = True) -> int | None:
    """Whose session this token is of, in a reading of its own."""
    with database.reading() as session:
        return sessions.user_id_of(session, token, used=used)
