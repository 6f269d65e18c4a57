"""That a session was seen is written when nobody else writes: a page's run waits for no posting."""

import time
from datetime import timedelta

from sqlalchemy import text
from sqlmodel import col, select, update

from komet_import.access import sessions
from komet_import.ledger import database
from komet_import.ledger.models import UserSession, now
from tests import tokens
from tests.services import workspace


def signed_in(user_id: int) -> str:
    """The token of a session that was last seen an hour ago."""
    with database.transaction() as session:
        ticket = sessions.open_ticket(session, user_id=user_id, browser="hers")
    with database.transaction() as session:
        token = sessions.redeem_ticket(session, ticket=ticket, browser="hers")
        session.exec(
            update(UserSession)
            .where(col(UserSession.user_id) == user_id)
            .values(seen_at=now() - timedelta(hours=1))
        )
    assert token is not None
    return token


def seen_ago(user_id: int) -> timedelta:
    with database.reading() as session:
        return now() - session.exec(select(UserSession.seen_at).where(UserSession.user_id == user_id)).one()


def test_a_look_does_not_wait_for_whoever_is_writing_and_the_next_one_is_noted(database_url: str) -> None:
    rita = workspace.fill().rita.id
    token = signed_in(rita)
    with database.transaction() as session:
        # What a long posting holds of SQLite; of PostgreSQL, the very row that is to be written.
        session.execute(text(f"UPDATE user_session SET seen_at = seen_at WHERE user_id = {rita}"))
        began = time.monotonic()
        assert tokens.user_id_of(token) == rita
        assert time.monotonic() - began < 10  # it would wait for as long as the database lets it
    assert seen_ago(rita) > timedelta(minutes=50)
    assert tokens.user_id_of(token) == rita
    assert seen_ago(rita) < timedelta(minutes=1)


def test_a_look_that_is_no_use_is_not_noted(sqlite_database: str) -> None:
    rita = workspace.fill().rita.id
    token = signed_in(rita)
    assert tokens.user_id_of(token, used=False) == rita
    assert seen_ago(rita) > timedelta(minutes=50)
