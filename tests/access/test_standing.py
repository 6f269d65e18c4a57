"""Where a session stands: whose it is, with which roles, and that it is nobody's in every way of ending."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete, update
from sqlmodel import Session, col

from komet_import.access import password_hashes, sessions, users
from komet_import.access.sessions import fingerprint
from komet_import.access.standing import SessionStanding, standing, standings
from komet_import.ledger import database
from komet_import.ledger.models import User, UserRole, UserSession, now
from komet_import.types import Role
from tests import tokens
from tests.services import workspace
from tests.services.workspace import People
from tests.web.tabs import token_of

NEW = "an-entirely-new-sentence"
Ending = Callable[[Session, int, str], object]


def _changed(**values: object) -> Ending:
    def change(session: Session, _user_id: int, token: str) -> object:
        its = col(UserSession.token_hash) == fingerprint(token)
        return session.execute(update(UserSession).where(its).values(**values))

    return change


ENDINGS: dict[str, Ending] = {
    "signed out": lambda session, _, token: sessions.end(session, token),
    "signed out everywhere": lambda session, user_id, _: sessions.end_all(session, user_id=user_id),
    "deactivated": lambda session, user_id, _: users.deactivate(session, user_id=user_id),
    "password changed elsewhere": lambda session, user_id, _: users.change_password(
        session, user_id=user_id, password_hash=password_hashes.hashed(NEW)
    ),
    "password reset": lambda session, user_id, _: users.reset_password(
        session, user_id=user_id, password_hash=password_hashes.hashed(NEW)
    ),
    "too old": lambda session, user_id, token: _changed(expires_at=now())(session, user_id, token),
    "left unused": lambda session, user_id, token: _changed(seen_at=now() - timedelta(hours=12))(
        session, user_id, token
    ),
    "user not active": lambda session, user_id, _: session.execute(
        update(User).where(col(User.id) == user_id).values(active=False)
    ),
}
"""Ways in which a session ends; with the last three nobody says so."""
SILENT = ("too old", "left unused", "user not active")


@pytest.fixture
def people(database_url: str) -> People:
    return workspace.fill()


@pytest.mark.parametrize("way", ENDINGS)
def test_an_ended_session_stands_nowhere_and_others_stay_where_they_were(people: People, way: str) -> None:
    rita, carl = token_of(people.rita.id), token_of(people.carl.id)
    carls = SessionStanding(user_id=people.carl.id, roles=frozenset({Role.CREDIT_MANAGER}))
    assert standing(rita) == SessionStanding(
        user_id=people.rita.id, roles=frozenset({Role.ACCOUNTS_RECEIVABLES})
    )
    told: list[str] = []
    stop = sessions.when_changed(lambda: told.append(way))
    try:
        with database.transaction() as session:
            ENDINGS[way](session, people.rita.id, rita)
            assert told == [], "nothing is said of what may still be rolled back"
    finally:
        stop()
    assert bool(told) == (way not in SILENT)
    assert standing(rita) is None
    assert tokens.user_id_of(rita) is None or way == "user not active"  # `users.current` says no to that one
    assert standings([fingerprint(rita), fingerprint(carl), "unknown"]) == {fingerprint(carl): carls}


def test_the_roles_are_those_of_now(people: People) -> None:
    token = token_of(people.rita.id)
    told: list[int] = []
    stop = sessions.when_changed(lambda: told.append(1))
    with database.transaction() as session:
        users.set_roles(session, user_id=people.rita.id, roles=[Role.SETUP, Role.SALESPERSON])
    stop()
    found = standing(token)
    assert told and found and found.roles == {Role.SETUP, Role.SALESPERSON}


def test_what_was_rolled_back_is_not_announced(people: People) -> None:
    token = token_of(people.rita.id)
    told: list[int] = []
    stop = sessions.when_changed(lambda: told.append(1))
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        sessions.end(session, token)
        _ = 1 / 0
    stop()
    assert told == []
    assert standing(token) is not None


def test_looking_at_it_writes_nothing(people: People) -> None:
    token = token_of(people.rita.id)
    with database.transaction() as session:
        _changed(seen_at=now() - timedelta(hours=1))(session, people.rita.id, token)
    before = workspace.everything()
    assert standing(token) is not None
    assert workspace.everything() == before


def test_who_has_lost_every_role_is_signed_in_without_a_right(people: People) -> None:
    token = token_of(people.rita.id)
    with database.transaction() as session:
        session.execute(delete(UserRole).where(col(UserRole.user_id) == people.rita.id))
    assert standing(token) == SessionStanding(user_id=people.rita.id, roles=frozenset())


def test_several_roles_and_several_browsers_are_each_told(people: People) -> None:
    with database.transaction() as session:
        users.set_roles(session, user_id=people.carl.id, roles=[Role.SETUP, Role.CASHIER])
    tokens = [fingerprint(token_of(one.id)) for one in (people.carl, people.carl, people.lou)]
    carls = SessionStanding(user_id=people.carl.id, roles=frozenset({Role.SETUP, Role.CASHIER}))
    lous = SessionStanding(user_id=people.lou.id, roles=frozenset({Role.SALESPERSON}))
    assert standings(tokens) == dict(zip(tokens, (carls, carls, lous), strict=True))
    assert standings([]) == {}
