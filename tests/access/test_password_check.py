"""A password is checked with every guess counted: strangers, the owner, and who sits at an open browser."""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from statistics import median

import pytest
from sqlmodel import Session, select, update

from komet_import.access import browsers, password_check, password_hashes, sessions, throttle, users
from komet_import.access.users import CurrentUser
from komet_import.ledger import database
from komet_import.ledger.models import SignInAttempt, SignInTicket, User
from komet_import.refusal import Refusal
from tests import tokens
from tests.interleaving import meet

PASSWORD = "tulips-and-roses"
NEW = "peonies-in-june"


@pytest.fixture
def rita(database_url: str) -> CurrentUser:
    """Rita, with Sam beside her."""
    return _rita()


@pytest.fixture
def rita_here(sqlite_database: str) -> CurrentUser:
    """The same on SQLite only, where the database does not matter."""
    return _rita()


def _rita() -> CurrentUser:
    for name in ("sam", "rita"):
        with database.transaction() as session:
            added = users.add(
                session,
                username=name,
                email=f"{name}@example.com",
                name=name.title(),
                roles=["Shipping"],
                password_hash=password_hashes.hashed(PASSWORD),
            )
            user = users.current(session, added.id or 0)
    assert user is not None
    return user


def ticket(username: str = "rita", password: str = PASSWORD, *, mark: str = "", address: str = "") -> str:
    """What came of a sign-in: a ticket, "wrong", or why it was not checked."""
    try:
        given = password_check.ticket(
            username=username, password=password, address=address, mark=mark, browser="b"
        )
    except Refusal as refused:
        return refused.code
    return given or "wrong"


def signed_in(username: str = "rita", *, mark: str = "") -> tuple[str, str]:
    """Token and mark of a browser after a sign-in with the right password."""
    given = ticket(username, mark=mark)
    with database.transaction() as session:
        token = sessions.redeem_ticket(session, ticket=given, browser="b")
        assert token is not None
        user_id = sessions.opened_by(session, token)
        assert user_id is not None
        return token, browsers.remember(session, user_id=user_id, mark=mark)


def change(user: CurrentUser, token: str, mark: str = "", *, old: str = PASSWORD, new: str = NEW) -> str:
    try:
        password_check.change_password(user, token=token, mark=mark, old=old, new=new, again=new)
    except Refusal as refused:
        return refused.code
    return "changed"


def failures() -> int:
    with database.reading() as session:
        return len(session.exec(select(SignInAttempt)).all())


def test_the_right_password_gives_a_ticket_and_leaves_no_attempt(rita: CurrentUser) -> None:
    token, _ = signed_in(" RITA ")
    assert tokens.user_id_of(token) == rita.id
    assert failures() == 0


@pytest.mark.parametrize("username", ["rita", "nobody", "gone"])
def test_a_wrong_a_strange_and_a_deactivated_name_are_counted_and_answered_alike(
    rita: CurrentUser, username: str
) -> None:
    with database.transaction() as session:
        gone = users.add(
            session,
            username="gone",
            email="g@example.com",
            name="G",
            roles=["Setup"],
            password_hash=password_hashes.hashed(PASSWORD),
        )
        users.deactivate(session, user_id=gone.id or 0)
    password = "a-wrong-guess" if username == "rita" else PASSWORD
    said = [ticket(username, password) for _ in range(throttle.STRANGERS_AT_A_NAME + 1)]
    assert said == ["wrong"] * throttle.STRANGERS_AT_A_NAME + ["too-many-attempts"]


def test_a_strange_name_takes_as_long_as_a_known_one(rita_here: CurrentUser, real_hashes: None) -> None:
    with database.transaction() as session:
        users.reset_password(session, user_id=rita_here.id, password_hash=password_hashes.hashed(NEW))

    def took(username: str, password: str) -> float:
        times = []
        for _ in range(3):
            start = time.thread_time()
            assert ticket(username, password) == "wrong"
            times.append(time.thread_time() - start)
        return median(times)

    for password in ("a-wrong-guess", "a very long guess " * 9):
        assert 0.5 < took("rita", password) / took("nobody", password) < 2


def test_strangers_stop_the_strangers_and_not_the_owners_browser(rita: CurrentUser) -> None:
    _, mark = signed_in()
    for n in range(30):
        ticket(password="a-wrong-guess", address=f"10.1.0.{n}")
    assert ticket(address="10.1.0.99") == "too-many-attempts"
    assert ticket(mark="made-up") == "too-many-attempts"
    assert ticket("sam", mark=mark) not in ("wrong", "too-many-attempts")
    signed_in(mark=mark)


def test_another_accounts_mark_is_a_strangers(rita: CurrentUser) -> None:
    _, sams = signed_in("sam")
    for _ in range(throttle.STRANGERS_AT_A_NAME):
        assert ticket(password="a-wrong-guess", mark=sams) == "wrong"
    assert ticket(mark=sams) == "too-many-attempts"


def test_guesses_in_the_owners_browser_have_their_limit(rita: CurrentUser) -> None:
    _, mark = signed_in()
    said = [ticket(password="a-wrong-guess", mark=mark) for _ in range(throttle.IN_A_KNOWN_BROWSER + 1)]
    assert said == ["wrong"] * throttle.IN_A_KNOWN_BROWSER + ["too-many-attempts"]
    assert ticket() not in ("wrong", "too-many-attempts")


def while_it_is_checked(patch: pytest.MonkeyPatch, then: Callable[[Session], object]) -> None:
    """Whoever's password is checked from now on, `then` happens before it is known whether it was right."""
    matches = password_hashes.matches

    def matches_meanwhile(password: str, kept: str) -> bool:
        was_right = matches(password, kept)
        with database.transaction() as session:
            then(session)
        return was_right

    patch.setattr(password_hashes, "matches", matches_meanwhile)


def test_a_password_that_was_changed_while_it_was_checked_opens_nothing(
    rita: CurrentUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = password_hashes.hashed(NEW)
    while_it_is_checked(monkeypatch, partial(users.reset_password, user_id=rita.id, password_hash=new))
    assert ticket() == "wrong"


def test_a_password_that_is_reset_while_a_ticket_is_written_for_the_old_one_takes_it_back(
    rita: CurrentUser,
) -> None:
    """Whoever resets it waits for the one who signs in, and so finds the ticket."""

    def reset() -> None:
        with database.transaction() as session:
            users.reset_password(session, user_id=rita.id, password_hash=password_hashes.hashed(NEW))

    given, done = meet("INSERT INTO sign_in_ticket", ticket, reset)
    assert done is None and isinstance(given, str)
    with database.transaction() as session:
        assert sessions.redeem_ticket(session, ticket=given, browser="b") is None
        assert password_hashes.matches(NEW, users.get(session, rita.id).password_hash)


def test_the_owner_changes_the_password_while_strangers_guess(rita: CurrentUser) -> None:
    token, mark = signed_in()
    for n in range(12):
        ticket(password="a-wrong-guess", address=f"10.1.0.{n}")
    assert change(rita, token, mark) == "changed"
    assert tokens.user_id_of(token) == rita.id
    assert ticket(password=NEW, mark=mark) not in ("wrong", "too-many-attempts")


def test_guesses_at_the_old_password_are_counted_and_end_the_session(rita: CurrentUser) -> None:
    (token, mark), (other, _), (sams, _) = signed_in(), signed_in(), signed_in("sam")
    said = [change(rita, token, mark, old="a-wrong-guess") for _ in range(throttle.IN_A_SESSION)]
    assert said == ["wrong-password"] * (throttle.IN_A_SESSION - 1) + ["signed-out"]
    assert [tokens.user_id_of(one) is not None for one in (token, other, sams)] == [False, True, True]
    assert change(rita, token, mark) == "too-many-attempts"
    with database.reading() as session:
        assert password_hashes.matches(PASSWORD, session.get_one(User, rita.id).password_hash)
    assert change(rita, other) == "changed"


@pytest.mark.parametrize(("new", "code"), [("short", "bad-password"), (PASSWORD, "same-password")])
def test_a_new_password_that_is_refused_is_no_wrong_guess(rita: CurrentUser, new: str, code: str) -> None:
    token, _ = signed_in()
    assert [change(rita, token, new=new) for _ in range(9)] == [code] * 9
    assert failures() == 0


def test_a_password_that_was_changed_while_the_owner_changes_it_stays(
    rita: CurrentUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, mark = signed_in()
    new_hash = password_hashes.new_hash

    def new_hash_and_then_it_is_reset(password: str, **person: str) -> str:
        with database.transaction() as session:
            users.reset_password(session, user_id=rita.id, password_hash=password_hashes.hashed("reset"))
        return new_hash(password, **person)

    monkeypatch.setattr(password_hashes, "new_hash", new_hash_and_then_it_is_reset)
    assert change(rita, token, mark) == "password-changed"
    with database.reading() as session:
        assert password_hashes.matches("reset", users.get(session, rita.id).password_hash)


def test_two_new_passwords_that_differ_are_refused_before_the_old_one_is_looked_at(rita: CurrentUser) -> None:
    with pytest.raises(Refusal, match="two new passwords differ"):
        password_check.change_password(rita, token="t", mark="", old="a-guess", new=NEW, again=NEW + "x")
    assert failures() == 0


def test_a_changed_password_signs_out_this_person_elsewhere_and_nobody_else(rita: CurrentUser) -> None:
    (token, mark), (there, _), (sams, _) = signed_in(), signed_in(), signed_in("sam")
    sams_ticket = ticket("sam")
    assert change(rita, token, mark) == "changed"
    assert [tokens.user_id_of(one) is not None for one in (token, there, sams)] == [True, False, True]
    with database.transaction() as session:
        assert sessions.redeem_ticket(session, ticket=sams_ticket, browser="b") is not None


def test_somebody_who_was_deactivated_while_the_password_was_checked_gets_no_ticket(
    rita: CurrentUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as meanwhile:
        while_it_is_checked(meanwhile, partial(users.deactivate, user_id=rita.id))
        assert ticket() == "wrong"
    with database.reading() as session:
        assert session.exec(select(SignInTicket)).all() == []
        before = session.get_one(User, rita.id).password_hash
    assert change(rita, "t") == "password-changed"
    with database.reading() as session:
        assert session.get_one(User, rita.id).password_hash == before


def test_two_people_with_one_hash_are_two_people(rita: CurrentUser) -> None:
    """A hash that somebody has copied in the database lets nobody in as somebody else."""
    with database.transaction() as session:
        hers = session.get_one(User, rita.id).password_hash
        session.exec(update(User).values(password_hash=hers))
    for name in ("sam", "rita"):
        token, _ = signed_in(name)
        with database.reading() as session:
            assert tokens.user_id_of(token) == users.find(session, name).id  # type: ignore[union-attr]
    assert change(rita, token) == "changed"
    assert ticket("sam") not in ("wrong", "too-many-attempts")


def test_a_ticket_is_for_the_browser_that_asked(rita: CurrentUser) -> None:
    given = ticket()
    with database.transaction() as session:
        assert sessions.redeem_ticket(session, ticket=given, browser="another") is None
        assert sessions.redeem_ticket(session, ticket=given, browser="b") is not None


def test_where_a_guess_comes_from_is_counted(rita: CurrentUser) -> None:
    for n in range(throttle.STRANGERS_AT_AN_ADDRESS):
        assert ticket(f"name-{n}", address="10.9.9.9") == "wrong"
    assert ticket(address="10.9.9.9") == "too-many-attempts"
    assert ticket(address="10.9.9.8") not in ("wrong", "too-many-attempts")


def test_a_change_that_went_well_leaves_no_attempt_and_begins_the_count_anew(rita: CurrentUser) -> None:
    token, mark = signed_in()
    for _ in range(throttle.IN_A_SESSION - 1):
        assert change(rita, token, mark, old="a-wrong-guess") == "wrong-password"
    assert change(rita, token, mark) == "changed"
    assert failures() == 0
    for _ in range(throttle.IN_A_SESSION - 1):
        assert change(rita, token, mark, old="a-wrong-guess") == "wrong-password"
    assert tokens.user_id_of(token) == rita.id


def test_every_refusal_of_a_change_says_what_to_do(rita: CurrentUser) -> None:
    token, mark = signed_in()

    def said(**given: str) -> str:
        with pytest.raises(Refusal) as refused:
            password_check.change_password(
                rita, token=token, mark=mark, **({"old": PASSWORD, "new": NEW, "again": NEW} | given)
            )
        return f"{refused.value.code}: {refused.value.message}"

    assert said(again="x") == "different-passwords: The two new passwords differ; type them again."
    assert said(old="x") == "wrong-password: The current password is not right; type it again."
    same = {"new": PASSWORD, "again": PASSWORD}
    assert said(**same) == "same-password: The new password is the current one; choose another."
    for _ in range(throttle.IN_A_SESSION - 1):
        last = said(old="x")
    assert last == "wrong-password: The current password is not right; type it again."
    assert said(old="x") == (
        "signed-out: The current password was wrong 5 times, so this browser is signed out. "
        "Reload the page to sign in again."
    )


@pytest.mark.parametrize(
    "about", [{"username": "tamarind"}, {"name": "Tamarind Nine"}, {"email": "t@tamarind.example"}]
)
def test_a_new_password_is_held_against_what_others_know_of_the_person(
    rita: CurrentUser, about: dict[str, str]
) -> None:
    token, _ = signed_in()
    assert change(replace(rita, **about), token, new="tamarind-27-tamarind") == "bad-password"
