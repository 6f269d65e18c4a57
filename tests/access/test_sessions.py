"""Tickets and tokens: one use, one browser, an end. Time passes by moving the stored timestamps."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select, update

from komet_import.access import sessions
from komet_import.ledger import database
from komet_import.ledger.models import AuditEntry, SignInTicket, User, UserSession, now
from komet_import.settings import settings
from komet_import.types import Role
from tests import tokens
from tests.interleaving import meet
from tests.services import workspace


@pytest.fixture
def rita(database_url: str) -> int:
    """One of several people; of the others some are signed in, and must stay so."""
    return workspace.fill().rita.id


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
    """Let time pass for her only session: each named timestamp moves by that much."""
    (one,) = workspace.own(UserSession)
    with database.transaction() as session:
        for name, delta in by.items():
            setattr(one, name, getattr(one, name) + delta)
        session.add(one)


def test_a_ticket_becomes_a_token_once(rita: int) -> None:
    ticket = ticket_for(rita)
    token = redeem(ticket)
    assert token is not None
    assert tokens.user_id_of(token) == rita
    assert redeem(ticket) is None


def test_a_ticket_is_worth_nothing_in_another_browser_and_keeps_its_worth_in_its_own(rita: int) -> None:
    ticket = ticket_for(rita)
    assert redeem(ticket, browser="another") is None
    assert redeem(ticket, browser="") is None
    assert redeem(ticket) is not None


def test_a_ticket_is_good_for_a_minute(rita: int) -> None:
    ticket = ticket_for(rita)
    assert grown_old(timedelta(seconds=59)) and redeem(ticket) is not None
    ticket = ticket_for(rita)
    assert grown_old(timedelta(seconds=60)) and redeem(ticket) is None


def grown_old(by: timedelta) -> bool:
    """Let time pass for her only ticket."""
    (one,) = workspace.own(SignInTicket)
    with database.transaction() as session:
        one.expires_at -= by
        session.add(one)
    return True


def test_a_ticket_used_twice_at_once_opens_one_session(rita: int) -> None:
    """Both have found the ticket; one of them finds it gone when it takes it."""
    ticket = ticket_for(rita)
    tokens = meet("DELETE FROM sign_in_ticket", lambda: redeem(ticket), lambda: redeem(ticket))
    assert sorted(type(token).__name__ for token in tokens) == ["NoneType", "str"]
    assert len(workspace.own(UserSession)) == 1


def test_neither_tokens_nor_tickets_are_kept_in_the_database(rita: int) -> None:
    token, ticket = signed_in(rita), ticket_for(rita)
    with database.reading() as session:
        kept = str([session.exec(select(table)).all() for table in (UserSession, SignInTicket)])
    assert token not in kept
    assert ticket not in kept
    assert tokens.user_id_of(sessions.fingerprint(token)) is None


@pytest.mark.parametrize("token", ["", "x", "' OR 1=1 --", "é" * 1000, "\x00"])
def test_a_token_that_was_never_given_is_nobodys(sqlite_database: str, token: str) -> None:
    assert tokens.user_id_of(token) is None


def test_a_session_left_unused_ends(rita: int, monkeypatch: pytest.MonkeyPatch) -> None:
    token = signed_in(rita)
    move(seen_at=-timedelta(hours=11, minutes=59))
    assert tokens.user_id_of(token) == rita
    move(seen_at=-timedelta(hours=12))
    assert tokens.user_id_of(token) is None


def test_a_session_in_use_ends_after_a_week(rita: int) -> None:
    token = signed_in(rita)
    move(expires_at=-sessions.LONGEST_SESSION + timedelta(minutes=1))
    assert tokens.user_id_of(token) == rita
    move(expires_at=-timedelta(minutes=1))
    assert tokens.user_id_of(token) is None


def test_being_seen_is_written_once_a_minute(rita: int) -> None:
    def seen() -> object:
        (one,) = workspace.own(UserSession)
        return one.seen_at

    token = signed_in(rita)
    first = seen()
    tokens.user_id_of(token)
    assert seen() == first
    move(seen_at=-sessions.SEEN_EVERY)
    moved = seen()
    tokens.user_id_of(token)
    assert seen() != moved


def test_an_ended_session_stays_ended(rita: int) -> None:
    token, other = signed_in(rita), signed_in(rita)
    for _ in range(2):
        with database.transaction() as session:
            sessions.end(session, token)
    assert tokens.user_id_of(token) is None
    assert tokens.user_id_of(other) == rita
    with database.transaction() as session:
        assert sessions.count(session, user_id=rita) == 1
        sessions.end_all(session, user_id=rita)
    assert tokens.user_id_of(other) is None


def test_sessions_and_tickets_that_expired_are_swept_away(rita: int) -> None:
    signed_in(rita)
    ticket_for(rita)
    move(expires_at=-timedelta(days=8))
    grown_old(timedelta(days=8))
    new = sessions.fingerprint(signed_in(rita))
    assert [one.token_hash for one in workspace.own(UserSession)] == [new]
    assert workspace.own(SignInTicket) == []


def test_sessions_and_tickets_that_have_not_expired_are_not_swept_away(rita: int) -> None:
    """Those of the others are looked at after every test."""
    token, ticket = signed_in(rita), ticket_for(rita)
    move(expires_at=-sessions.LONGEST_SESSION + timedelta(minutes=1))
    signed_in(rita)
    assert tokens.user_id_of(token) == rita
    assert redeem(ticket) is not None


def test_a_ticket_of_somebody_who_may_not_sign_in_any_more_opens_nothing(rita: int) -> None:
    ticket = ticket_for(rita)
    with database.transaction() as session:  # as if it were done between the password and the ticket
        session.exec(update(User).where(col(User.id) == rita).values(active=False))
    assert redeem(ticket) is None
    assert workspace.own(UserSession) == []


def test_ending_all_sessions_but_one_ends_the_others_and_the_tickets_of_that_person_only(rita: int) -> None:
    kept, other, ticket = signed_in(rita), signed_in(rita), ticket_for(rita)
    with database.transaction() as session:
        sessions.end_all(session, user_id=rita, but_token=kept)
    assert (tokens.user_id_of(kept), tokens.user_id_of(other)) == (rita, None)
    assert redeem(ticket) is None
    with database.reading() as session:
        assert sessions.count(session, user_id=rita) == 1


def test_a_session_that_was_left_unused_or_has_expired_does_not_count(rita: int) -> None:
    def counted() -> int:
        with database.reading() as session:
            return sessions.count(session, user_id=rita)

    signed_in(rita)
    assert counted() == 1
    move(seen_at=-timedelta(hours=11, minutes=59))
    assert counted() == 1
    move(seen_at=-timedelta(minutes=1))
    assert counted() == 0
    move(seen_at=timedelta(hours=12), expires_at=-timedelta(days=7))
    assert counted() == 0


def test_signing_in_and_out_are_in_the_audit_trail(rita: int) -> None:
    token = signed_in(rita)
    for _ in range(2):
        with database.transaction() as session:
            sessions.end(session, token)
    told = [(entry.user_id, entry.action) for entry in workspace.own(AuditEntry) if entry.user_id == rita]
    assert told == [(rita, "signed-in"), (rita, "signed-out")]


def test_a_session_outlives_a_week_only_where_the_office_says_so(
    rita: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOMET_SESSION_HOURS", str(24 * 30))
    settings.cache_clear()
    token = signed_in(rita)
    move(expires_at=-timedelta(days=29), seen_at=-timedelta(days=29))
    assert tokens.user_id_of(token, used=False) == rita
    move(expires_at=-timedelta(days=1), seen_at=-timedelta(days=1))
    assert tokens.user_id_of(token, used=False) is None


def test_at_its_last_moment_a_session_is_over(rita: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a clock that stands still, for who asks and for who counts alike."""
    moment = now()
    monkeypatch.setattr(sessions, "now", lambda: moment)
    token = signed_in(rita)
    move(seen_at=moment - seen())

    def stands() -> list[bool]:
        with database.reading() as session:
            return [tokens.user_id_of(token) == rita, sessions.count(session, user_id=rita) == 1]

    move(expires_at=timedelta(seconds=1) - sessions.LONGEST_SESSION)
    assert stands() == [True, True]
    move(expires_at=-timedelta(seconds=1))
    assert stands() == [False, False]
    move(expires_at=timedelta(days=1), seen_at=timedelta(seconds=1) - timedelta(hours=12))
    before = seen()
    assert stands() == [True, True]
    move(seen_at=before - seen() - timedelta(seconds=1))
    assert stands() == [False, False]


def seen() -> datetime:
    (one,) = workspace.own(UserSession)
    return one.seen_at


def test_a_session_is_seen_again_after_exactly_a_minute(rita: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert timedelta(minutes=1) == sessions.SEEN_EVERY
    assert timedelta(days=7) == sessions.LONGEST_SESSION
    moment = now()
    monkeypatch.setattr(sessions, "now", lambda: moment)
    token = signed_in(rita)
    move(seen_at=moment - seen() - timedelta(seconds=59))
    tokens.user_id_of(token)
    assert seen() == moment - timedelta(seconds=59)
    move(seen_at=-timedelta(seconds=1))
    tokens.user_id_of(token)
    assert seen() == moment


def test_a_new_session_is_known_to_be_its_users(rita: int) -> None:
    sam = workspace.person("sam", Role.SHIPPING).id
    with database.transaction() as session:
        tokens = [
            sessions.redeem_ticket(
                session, ticket=sessions.open_ticket(session, user_id=who, browser="b"), browser="b"
            )
            for who in (rita, sam)
        ]
        assert [sessions.opened_by(session, token or "") for token in tokens] == [rita, sam]
        assert sessions.opened_by(session, "never given") is None


def test_who_listens_no_more_is_told_no_more(rita: int) -> None:
    first, second = signed_in(rita), signed_in(rita)
    told: list[str] = []
    stops = [sessions.when_changed(lambda name=name: told.append(name)) for name in ("a", "b")]  # type: ignore[misc]
    with database.transaction() as session:
        sessions.end(session, first)
    assert told == ["a", "b"]
    stops[0]()
    with database.transaction() as session:
        sessions.end(session, first)  # which has ended
    with database.transaction() as session:
        sessions.end(session, second)
    stops[1]()
    assert told == ["a", "b", "b"]
