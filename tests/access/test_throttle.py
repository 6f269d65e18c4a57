"""Guessing is slowed down for a name and for an address; waiting helps, and so does the right password."""

import threading
from datetime import timedelta

import pytest
from sqlmodel import select

from komet_import.access import throttle
from komet_import.ledger import database
from komet_import.ledger.models import SignInAttempt
from komet_import.refusal import Refusal


def attempt(username: str = "rita", address: str = "10.0.0.1") -> str:
    """What is said to that attempt; empty where it may be checked."""
    try:
        throttle.note(username=username, address=address)
    except Refusal as refused:
        assert refused.code == "too-many-attempts"
        return refused.message
    return ""


def pass_time(delta: timedelta) -> None:
    with database.transaction() as session:
        for one in session.exec(select(SignInAttempt)).all():
            one.at -= delta
            session.add(one)


def test_the_sixth_attempt_at_a_name_has_to_wait(database_url: str) -> None:
    said = [attempt(address=f"10.0.0.{n}") for n in range(6)]
    assert said == [""] * 5 + ["Too many failed sign-ins; try again in 15 minutes."]
    assert attempt("RITA") != ""
    assert attempt("sam") == ""


def test_refused_attempts_do_not_make_the_wait_longer(database_url: str) -> None:
    for _ in range(5):
        attempt()
    pass_time(timedelta(minutes=14, seconds=30))
    assert [attempt() for _ in range(9)] == ["Too many failed sign-ins; try again in 1 minute."] * 9
    pass_time(timedelta(seconds=30))
    assert attempt() == ""


def test_the_right_password_wipes_the_failures_of_that_name_only(sqlite_database: str) -> None:
    for name in ("rita", "sam"):
        for _ in range(5):
            attempt(name)
    throttle.forget(username="Rita")
    assert attempt("rita") == ""
    assert attempt("sam") != ""


def test_one_address_cannot_try_many_names(database_url: str) -> None:
    said = [attempt(f"user{n}") for n in range(throttle.FAILURES_PER_ADDRESS + 1)]
    assert said[:-1] == [""] * throttle.FAILURES_PER_ADDRESS
    assert said[-1] != ""
    assert attempt("somebody", address="10.0.0.2") == ""


def test_an_unknown_address_locks_nobody_out(sqlite_database: str) -> None:
    said = [attempt(f"user{n}", address="") for n in range(throttle.FAILURES_PER_ADDRESS + 1)]
    assert set(said) == {""}


def test_attempts_at_the_same_moment_are_all_counted(database_url: str) -> None:
    together, said = threading.Barrier(12), []

    def guess() -> None:
        together.wait()
        said.append(attempt())

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(said) == 12
    assert said.count("") <= throttle.FAILURES_PER_NAME


def test_a_name_of_any_length_is_counted(database_url: str) -> None:
    assert [attempt("x" * 10_000) for _ in range(6)][-1] != ""


@pytest.mark.parametrize("name", ["", "\x00", "名前", "\ud800"])
def test_a_strange_name_is_counted_like_any_other(database_url: str, name: str) -> None:
    assert [bool(attempt(name)) for _ in range(6)] == [False] * 5 + [True]
