"""Tickets and tokens: one use, one browser, an end. Time passes by moving the stored timestamps."""

import threading
from datetime import timedelta

import pytest
from sqlmodel import col, select, update

from komet_import.access import sessions, users
from komet_import.ledger import database
from komet_import.ledger.models import SignInTicket, UserSession


@pytest.fixture
def rita(database_url: str) -> int:
    with database.transaction() as session:
        user = users.add(
            session,
            username="rita",
            email="rita@example.com",
            name="Rita",
            roles=["Shipping"],
            password="tulips-and-roses",
        )
    assert user.id is not None
    return user.id


def ticket_for(user_id: int, browser: str = "hers") -> str:
    with database.transaction() as session:
        return sessions.open_ticket(session, user_id=user_id, browser=browser)


def redeem(ticket: str, browser: str = "hers") -> str | None:
    with database.transaction() as session:
        return sessions.redeem_ticket(session, ticket=ticket, browser=browser)


def signed_in(user_id: int) -> str:
    token = redeem(ticket_for(user_id))
    assert token is not None
    return token


def move(**by: timedelta) -> None:
    """Let time pass for the session: each named timestamp moves by that much."""
    with database.transaction() as session:
        one = session.exec(select(UserSession)).one()
        for name, delta in by.items():
            setattr(one, name, getattr(one, name) + delta)
        session.add(one)


def test_a_ticket_becomes_a_token_once(rita: int) -> None:
    ticket = ticket_for(rita)
    token = redeem(ticket)
    assert token is not None
    assert sessions.user_id_of(token) == rita
    assert redeem(ticket) is None


def test_a_ticket_is_worth_nothing_in_another_browser_and_keeps_its_worth_in_its_own(rita: int) -> None:
    ticket = ticket_for(rita)
    assert redeem(ticket, browser="another") is None
    assert redeem(ticket, browser="") is None
    assert redeem(ticket) is not None


def test_a_ticket_is_good_for_a_minute(rita: int) -> None:
    ticket = ticket_for(rita)
    with database.transaction() as session:
        found = session.exec(select(SignInTicket)).one()
        session.exec(update(SignInTicket).values(expires_at=found.expires_at - timedelta(seconds=60)))
    assert redeem(ticket) is None


def test_a_ticket_used_twice_at_once_opens_one_session(rita: int) -> None:
    ticket, together, tokens = ticket_for(rita), threading.Barrier(4), []

    def use() -> None:
        together.wait()
        tokens.append(redeem(ticket))

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([token for token in tokens if token]) == 1
    assert len(tokens) == 4


def test_neither_tokens_nor_tickets_are_kept_in_the_database(rita: int) -> None:
    token, ticket = signed_in(rita), ticket_for(rita)
    with database.reading() as session:
        kept = str([session.exec(select(table)).all() for table in (UserSession, SignInTicket)])
    assert token not in kept
    assert ticket not in kept
    assert sessions.user_id_of(sessions.fingerprint(token)) is None


@pytest.mark.parametrize("token", ["", "x", "' OR 1=1 --", "é" * 1000, "\x00"])
def test_a_token_that_was_never_given_is_nobodys(sqlite_database: str, token: str) -> None:
    assert sessions.user_id_of(token) is None


def test_a_session_left_unused_ends(rita: int, monkeypatch: pytest.MonkeyPatch) -> None:
    token = signed_in(rita)
    move(seen_at=-timedelta(hours=11, minutes=59))
    assert sessions.user_id_of(token) == rita
    move(seen_at=-timedelta(hours=12))
    assert sessions.user_id_of(token) is None


def test_a_session_in_use_ends_after_a_week(rita: int) -> None:
    token = signed_in(rita)
    move(expires_at=-sessions.LONGEST_SESSION + timedelta(minutes=1))
    assert sessions.user_id_of(token) == rita
    move(expires_at=-timedelta(minutes=1))
    assert sessions.user_id_of(token) is None


def test_being_seen_is_written_once_a_minute(rita: int) -> None:
    def seen() -> object:
        with database.reading() as session:
            return session.exec(select(UserSession.seen_at)).one()

    token = signed_in(rita)
    first = seen()
    sessions.user_id_of(token)
    assert seen() == first
    move(seen_at=-sessions.SEEN_EVERY)
    moved = seen()
    sessions.user_id_of(token)
    assert seen() != moved


def test_an_ended_session_stays_ended(rita: int) -> None:
    token, other = signed_in(rita), signed_in(rita)
    for _ in range(2):
        with database.transaction() as session:
            sessions.end(session, token)
    assert sessions.user_id_of(token) is None
    assert sessions.user_id_of(other) == rita
    with database.transaction() as session:
        assert sessions.count(session, user_id=rita) == 1
        sessions.end_all(session, user_id=rita)
    assert sessions.user_id_of(other) is None


def test_sessions_and_tickets_that_expired_are_swept_away(rita: int) -> None:
    signed_in(rita)
    ticket_for(rita)
    long_ago = sessions.now() - timedelta(days=8)
    with database.transaction() as session:
        session.exec(update(UserSession).values(expires_at=long_ago))
        session.exec(update(SignInTicket).values(expires_at=long_ago))
    new = sessions.fingerprint(signed_in(rita))
    with database.reading() as session:
        assert session.exec(select(col(UserSession.token_hash))).all() == [new]
        assert session.exec(select(SignInTicket)).all() == []
