"""Guessing is slowed down for those who guess: an owner, an office and a crowd go on signing in."""

import threading
from collections.abc import Callable, Iterable
from contextvars import copy_context
from datetime import timedelta

import pytest
from sqlmodel import col, select

from komet_import.access import throttle
from komet_import.clock import earlier
from komet_import.ledger import database
from komet_import.ledger.models import SignInAttempt
from komet_import.refusal import Refusal

NEW_BROWSER = None
HERS = 17


def guess(
    username: str = "rita",
    address: str = "10.0.0.1",
    browser_id: int | None = NEW_BROWSER,
    *,
    right: bool = False,
) -> str:
    """What is said to an attempt with a password that is wrong, or right; empty where it was checked."""
    try:
        attempt = throttle.sign_in(username=username, address=address, browser_id=browser_id)
    except Refusal as refused:
        return refused.code
    throttle.right(attempt) if right else throttle.failed(attempt)
    return ""


def checked(said: Iterable[str]) -> int:
    return list(said).count("")


def together(works: Iterable[Callable[[], str]]) -> list[str]:
    """What each of the works says, all begun at the same moment."""
    works = list(works)
    start, said = threading.Barrier(len(works)), []

    def run(work: Callable[[], str]) -> None:
        start.wait()
        said.append(work())

    threads = [threading.Thread(target=copy_context().run, args=(run, work)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(said) == len(works)
    return said


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    """The guesses of strangers overall: fewer than in earnest, so that a test need not make a hundred."""
    assert throttle.STRANGERS_OVERALL == 100
    monkeypatch.setattr(throttle, "STRANGERS_OVERALL", 14)
    return 14


def use_up(username: str = "rita") -> None:
    """Strangers guess until they are refused, each from an address of their own."""
    said = [guess(username, f"10.1.0.{n}") for n in range(throttle.STRANGERS_AT_A_NAME + 1)]
    assert said == [""] * throttle.STRANGERS_AT_A_NAME + ["too-many-attempts"]


def test_strangers_have_ten_guesses_at_a_name_however_many_addresses_they_use(database_url: str) -> None:
    use_up()
    assert guess("RITA", right=True) == "too-many-attempts"
    assert guess("sam") == ""


@pytest.mark.parametrize("name", ["rita", "nobody-of-that-name"])
def test_who_has_to_wait_is_told_how_long_and_where_not(sqlite_database: str, name: str) -> None:
    use_up(name)
    with pytest.raises(Refusal) as refused:
        throttle.sign_in(username=name, address="10.0.0.9", browser_id=NEW_BROWSER)
    assert refused.value.message == (
        "Too many failed sign-ins; try again in 15 minutes, or use a browser in which you have signed in "
        "before."
    )


def test_strangers_cannot_lock_the_owner_out_of_a_known_browser(database_url: str, few: int) -> None:
    use_up()
    assert guess(browser_id=HERS, right=True) == ""
    for n in range(few):
        guess(f"name-{n}", f"10.2.0.{n}")
    assert guess("anybody") == "too-many-attempts"
    assert guess(browser_id=HERS, right=True) == ""


def test_a_known_browser_is_limited_too_and_makes_no_other_wait(database_url: str) -> None:
    said = [guess(browser_id=HERS) for _ in range(throttle.IN_A_KNOWN_BROWSER + 1)]
    assert said == [""] * throttle.IN_A_KNOWN_BROWSER + ["too-many-attempts"]
    assert guess(browser_id=HERS + 1, right=True) == ""
    assert guess(right=True) == ""


def test_the_owners_sign_in_gives_strangers_no_fresh_guesses(database_url: str) -> None:
    for n in range(throttle.STRANGERS_AT_A_NAME):
        assert guess(address=f"10.1.0.{n}") == ""
        assert guess(browser_id=HERS, right=True) == ""
    assert guess(address="10.1.0.99") == "too-many-attempts"
    assert guess(address="10.1.0.99", right=True) == "too-many-attempts"


def test_a_right_password_from_a_new_browser_leaves_its_failures_counted(sqlite_database: str) -> None:
    for _ in range(throttle.STRANGERS_AT_A_NAME - 1):
        guess()
    assert guess(right=True) == ""
    assert guess() == ""
    assert guess() == "too-many-attempts"


def test_a_right_password_wipes_the_failures_of_that_browser_only(database_url: str) -> None:
    for browser_id in (HERS, HERS + 1):
        for _ in range(throttle.IN_A_KNOWN_BROWSER - 1):
            guess(browser_id=browser_id)
        guess(browser_id=HERS, right=True)
    assert checked(guess(browser_id=HERS) for _ in range(20)) == throttle.IN_A_KNOWN_BROWSER
    assert checked(guess(browser_id=HERS + 1) for _ in range(20)) == 1


def test_refused_attempts_do_not_make_the_wait_longer(database_url: str) -> None:
    with earlier(timedelta(minutes=15)):
        use_up()
    assert guess() == ""
    with earlier(timedelta(minutes=14)):
        use_up("sam")
        assert checked(guess("sam") for _ in range(9)) == 0
    assert guess("sam") == "too-many-attempts"
    with earlier(-timedelta(minutes=1)):
        assert checked(guess("sam") for _ in range(20)) == throttle.STRANGERS_AT_A_NAME


def test_one_address_cannot_try_many_names(database_url: str) -> None:
    said = [guess(f"user{n}") for n in range(throttle.STRANGERS_AT_AN_ADDRESS + 1)]
    assert said == [""] * throttle.STRANGERS_AT_AN_ADDRESS + ["too-many-attempts"]
    assert guess("somebody", address="10.0.0.2") == ""


def test_addresses_that_are_not_known_are_not_one_address(sqlite_database: str) -> None:
    many = throttle.STRANGERS_AT_AN_ADDRESS + 1
    assert checked(guess(f"user{n}", address="") for n in range(many)) == many


def test_a_spraying_colleague_does_not_lock_the_office(database_url: str) -> None:
    for n in range(throttle.STRANGERS_AT_AN_ADDRESS + 1):
        guess(f"user{n}")
    assert checked(guess(f"colleague-{n}", browser_id=n, right=True) for n in range(30)) == 30


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("not an address" * 9, "not an address" * 9, True),
    ],
)
def test_an_address_is_what_one_party_has_of_them(
    sqlite_database: str, one: str, other: str, same: bool
) -> None:
    for n in range(throttle.STRANGERS_AT_AN_ADDRESS):
        assert guess(f"user{n}", one) == ""
    assert guess("somebody", other) == ("too-many-attempts" if same else "")


@pytest.mark.parametrize("address", ["", "one for each"])
def test_spraying_over_names_is_limited_wherever_it_comes_from(
    database_url: str, address: str, few: int
) -> None:
    said = [guess(f"user{n}", address and f"10.1.1.{n}") for n in range(few + 2)]
    assert said == [""] * few + ["too-many-attempts"] * 2


def test_thirty_people_who_sign_in_at_once_are_all_let_in(database_url: str) -> None:
    works = [lambda n=n: guess(f"user{n}", right=True) for n in range(30)]  # type: ignore[misc]
    assert together(works) == [""] * 30
    with database.reading() as session:
        assert session.exec(select(SignInAttempt)).all() == []


def test_more_people_at_once_than_places_wait_for_one_another_and_are_let_in(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "STRANGERS_AT_AN_ADDRESS", 4)
    works = [lambda n=n: guess(f"user{n}", right=True) for n in range(24)]  # type: ignore[misc]
    assert together(works) == [""] * 24


def test_of_sixty_guesses_at_once_no_more_are_checked_than_allowed(database_url: str) -> None:
    works = [lambda n=n: guess(address=f"10.1.0.{n}") for n in range(60)]  # type: ignore[misc]
    said = together(works)
    assert checked(said) == throttle.STRANGERS_AT_A_NAME
    assert set(said) == {"", "too-many-attempts"}


def test_a_crowd_whose_answers_stay_out_is_told_to_come_back_in_a_moment(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "PATIENCE_SECONDS", 0.2)
    for _ in range(throttle.STRANGERS_AT_A_NAME):
        throttle.sign_in(username="rita", address="10.0.0.1", browser_id=NEW_BROWSER)
    assert guess(right=True) == "sign-in-busy"


def test_a_check_that_was_cut_off_counts_as_a_failure(database_url: str) -> None:
    with earlier(timedelta(minutes=2)):
        for _ in range(throttle.STRANGERS_AT_A_NAME):
            throttle.sign_in(username="rita", address="10.0.0.1", browser_id=NEW_BROWSER)
    assert guess() == "too-many-attempts"


def test_guesses_at_the_old_password_are_counted_for_the_session_alone(database_url: str) -> None:
    use_up()
    counted = [
        throttle.failed(throttle.old_password(username="rita", token="a"))
        for _ in range(throttle.IN_A_SESSION)
    ]
    assert counted == [*range(1, throttle.IN_A_SESSION + 1)]
    with pytest.raises(Refusal, match="Too many wrong passwords in this session"):
        throttle.old_password(username="rita", token="a")
    throttle.right(throttle.old_password(username="rita", token="b"))
    assert guess(browser_id=HERS, right=True) == ""


def test_an_answer_given_twice_or_too_late_changes_nothing(sqlite_database: str) -> None:
    attempt = throttle.sign_in(username="rita", address="", browser_id=HERS)
    throttle.right(attempt)
    throttle.right(attempt)
    assert throttle.failed(attempt) == 0


def test_a_name_of_any_length_is_counted(database_url: str) -> None:
    use_up("x" * 10_000)


@pytest.mark.parametrize("name", ["", "\x00", "名前", "\ud800"])
def test_a_strange_name_is_counted_like_any_other(database_url: str, name: str) -> None:
    use_up(name)


def test_the_wait_is_told_in_whole_minutes_and_never_too_short(sqlite_database: str) -> None:
    def told() -> str:
        with pytest.raises(Refusal) as refused:
            throttle.sign_in(username="rita", address="", browser_id=HERS)
        return refused.value.message

    def use_up_this_browser() -> None:
        for _ in range(throttle.IN_A_KNOWN_BROWSER):
            guess(browser_id=HERS)

    assert (throttle.IN_A_KNOWN_BROWSER, throttle.IN_A_SESSION, throttle.STRANGERS_AT_A_NAME) == (10, 5, 10)
    with earlier(timedelta(minutes=14, seconds=30)):
        use_up_this_browser()
        assert told() == "Too many wrong passwords in this browser; try again in 15 minutes."
        with earlier(-timedelta(minutes=12, seconds=50)):
            assert told() == "Too many wrong passwords in this browser; try again in 3 minutes."
        with earlier(-timedelta(minutes=13, seconds=20)):
            assert told() == "Too many wrong passwords in this browser; try again in 2 minutes."
        with earlier(-timedelta(minutes=14, seconds=59)):
            assert told() == "Too many wrong passwords in this browser; try again in 1 minute."
    assert told() == "Too many wrong passwords in this browser; try again in 1 minute."


def test_of_several_limits_the_longest_wait_is_told(sqlite_database: str) -> None:
    """The address has to wait for longer than the name, and then the name for longer than the address."""
    with earlier(timedelta(minutes=10)):
        use_up("rita")
    with earlier(timedelta(minutes=2)):
        for n in range(throttle.STRANGERS_AT_AN_ADDRESS):
            guess(f"name-{n}")
    with earlier(timedelta(minutes=1)):
        use_up("sam")
    for name, minutes in (("rita", 13), ("sam", 14)):
        with pytest.raises(Refusal, match=f"try again in {minutes} minutes"):
            throttle.sign_in(username=name, address="10.0.0.1", browser_id=NEW_BROWSER)


def test_the_oldest_failure_that_leaves_the_window_makes_room_for_one_guess(sqlite_database: str) -> None:
    for minutes in range(throttle.STRANGERS_AT_A_NAME, 0, -1):
        with earlier(timedelta(minutes=minutes, seconds=30)):
            assert guess(address=f"10.1.0.{minutes}") == ""
    assert guess() == "too-many-attempts"
    with earlier(-timedelta(minutes=4, seconds=40)):
        assert checked(guess(address="10.9.0.1") for _ in range(5)) == 1


def test_an_answer_belongs_to_its_attempt(database_url: str) -> None:
    hers, other, elsewhere = (
        throttle.sign_in(username="rita", address="", browser_id=one) for one in (HERS, HERS, HERS + 1)
    )
    assert throttle.failed(hers) == 1, "the other one is not answered yet"
    with database.reading() as session:
        answers = {row.id: row.failed for row in session.exec(select(SignInAttempt))}
    assert answers == {hers: True, other: False, elsewhere: False}
    throttle.failed(elsewhere)
    throttle.right(elsewhere)
    with database.reading() as session:
        assert {row.id for row in session.exec(select(SignInAttempt))} == {hers, other}
    assert throttle.failed(other) == 2
    throttle.right(other)
    with database.reading() as session:
        assert session.exec(select(SignInAttempt)).all() == [], "and its failures with it"


def test_a_right_password_takes_no_answer_away_that_is_still_to_come(database_url: str) -> None:
    first, second = (throttle.sign_in(username="rita", address="", browser_id=HERS) for _ in range(2))
    throttle.right(first)
    with database.reading() as session:
        assert session.exec(select(SignInAttempt.id)).all() == [second]


def test_sessions_and_browsers_are_counted_apart(database_url: str) -> None:
    for _ in range(throttle.IN_A_SESSION - 1):
        throttle.failed(throttle.old_password(username="rita", token="a"))
        guess(browser_id=HERS)
    assert throttle.failed(throttle.old_password(username="rita", token="b")) == 1
    assert throttle.failed(throttle.sign_in(username="rita", address="", browser_id=HERS + 1)) == 1
    assert throttle.failed(throttle.old_password(username="rita", token="a")) == throttle.IN_A_SESSION
    with pytest.raises(Refusal) as refused:
        throttle.old_password(username="rita", token="a")
    assert refused.value.code == "too-many-attempts"
    assert refused.value.message == "Too many wrong passwords in this session; try again in 15 minutes."


def test_what_an_attempt_says_of_who_made_it_is_kept_and_the_password_is_not(sqlite_database: str) -> None:
    throttle.sign_in(username=" RITA ", address="2001:db8::1", browser_id=NEW_BROWSER)
    throttle.sign_in(username="x" * 500, address="y" * 500, browser_id=HERS)
    throttle.old_password(username="Rita" * 100, token="a-token")
    with database.reading() as session:
        kept = session.exec(select(SignInAttempt).order_by(col(SignInAttempt.id))).all()
    assert [(one.username_key, one.address) for one in kept] == [
        ("rita", "2001:db8::/64"),
        ("x" * 192, "y" * 64),
        ("rita" * 48, ""),
    ]
    assert [one.guard for one in kept][:2] == ["", f"browser-{HERS}"]
    assert kept[2].guard.startswith("session-") and "a-token" not in kept[2].guard


def test_a_check_counts_as_cut_off_after_a_minute_and_not_before(sqlite_database: str) -> None:
    for seconds, said in ((61, "too-many-attempts"), (30, "sign-in-busy")):
        with earlier(timedelta(seconds=seconds)):
            for _ in range(throttle.IN_A_KNOWN_BROWSER):
                throttle.sign_in(username="rita", address="", browser_id=HERS + seconds)
        with pytest.MonkeyPatch.context() as impatient:
            impatient.setattr(throttle, "PATIENCE_SECONDS", 0.0)
            assert guess(browser_id=HERS + seconds) == said


def test_how_many_guesses_whom_are_allowed() -> None:
    assert timedelta(minutes=15) == throttle.WINDOW
    assert throttle.STRANGERS_AT_A_NAME == 10
    assert throttle.STRANGERS_AT_AN_ADDRESS == 30
    assert throttle.STRANGERS_OVERALL == 100
    assert (throttle.IN_A_KNOWN_BROWSER, throttle.IN_A_SESSION) == (10, 5)
