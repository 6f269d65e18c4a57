"""Browsers that a person has signed in from: whose they are, how they are forgotten, and how one learns."""

from datetime import timedelta

import pytest
from sqlmodel import select

from komet_import.access import browsers, password_hashes, users
from komet_import.access.sessions import fingerprint
from komet_import.clock import earlier
from komet_import.ledger import database
from komet_import.ledger.models import TrustedBrowser, now

PASSWORD = "tulips-and-roses"


@pytest.fixture
def people(database_url: str) -> dict[str, int]:
    """Rita, Sam, and the two Admins that it takes to remove one; their IDs by name."""
    made = {}
    for name, role in (("rita", "Shipping"), ("sam", "Setup"), ("ada", "Admin")):
        with database.transaction() as session:
            user = users.add(
                session,
                username=name,
                email=f"{name}@example.com",
                name=name.title(),
                roles=[role],
                password_hash=password_hashes.hashed(PASSWORD),
            )
        assert user.id is not None
        made[name] = user.id
    return made


def remember(user_id: int, mark: str = "") -> str:
    with database.transaction() as session:
        return browsers.remember(session, user_id=user_id, mark=mark)


def known(username: str, mark: str) -> bool:
    with database.reading() as session:
        return browsers.known(session, username=username, mark=mark) is not None


def ids(user_id: int, mark: str = "") -> list[tuple[int, bool]]:
    with database.reading() as session:
        return [(one.id, one.here) for one in browsers.of_user(session, user_id=user_id, mark=mark)]


def test_a_browser_is_known_for_the_account_that_signed_in_from_it(people: dict[str, int]) -> None:
    mark, other = remember(people["rita"]), remember(people["sam"])
    assert known(" RITA", mark)
    assert not known("sam", mark)
    assert not known("nobody", mark)
    assert not known("rita", other)
    assert not known("rita", "")
    assert remember(people["rita"], mark) == mark
    assert ids(people["rita"], mark) == [(ids(people["rita"])[0][0], True)]


def test_the_mark_itself_is_not_in_the_database(people: dict[str, int]) -> None:
    mark = remember(people["rita"])
    with database.reading() as session:
        assert mark not in str(session.exec(select(TrustedBrowser)).all())


def test_two_people_share_a_browser_and_it_knows_both(people: dict[str, int]) -> None:
    first = remember(people["rita"])
    before = ids(people["rita"])
    second = remember(people["sam"], first)
    assert known("rita", second)
    assert known("sam", second)
    assert ids(people["rita"]) == before  # and so her counter goes on


def test_a_mark_that_somebody_planted_is_not_taken_over(people: dict[str, int]) -> None:
    planted = remember(people["sam"])
    for mark in (planted, "made-up"):
        given = remember(people["rita"], mark)
        assert given != mark
        assert not known("rita", mark)


def test_a_browser_is_forgotten_after_400_days_without_a_sign_in(people: dict[str, int]) -> None:
    with earlier(browsers.LIFETIME + timedelta(days=1)):
        old = remember(people["rita"])
        kept = remember(people["rita"])
    with earlier(timedelta(days=2)):
        assert known("rita", old)
        remember(people["rita"], kept)
    assert not known("rita", old)
    assert known("rita", kept)
    remember(people["sam"])
    with database.reading() as session:
        assert len(session.exec(select(TrustedBrowser)).all()) == 2


def test_a_person_removes_one_browser_and_only_of_their_own(people: dict[str, int]) -> None:
    mine, other, foreign = remember(people["rita"]), remember(people["rita"]), remember(people["sam"])
    (foreign_id, _), *_ = ids(people["sam"])
    removed = next(one for one, here in ids(people["rita"], other) if here)
    with database.transaction() as session:
        browsers.forget(session, user_id=people["rita"], browser_id=removed)
        browsers.forget(session, user_id=people["rita"], browser_id=foreign_id)
    assert [known("rita", mine), known("rita", other), known("sam", foreign)] == [True, False, True]


def test_only_the_browsers_used_last_are_known(people: dict[str, int]) -> None:
    marks = []
    for hours in range(browsers.MOST + 3, 0, -1):
        with earlier(timedelta(hours=hours)):
            marks.append(remember(people["rita"]))
            if len(marks) == browsers.MOST:
                assert remember(people["rita"], marks[0]) == marks[0], "used again, so it is not the oldest"
    foreign = remember(people["sam"])
    expected = [True] + [False] * 3 + [True] * (browsers.MOST - 1)
    assert browsers.MOST == 20
    assert [known("rita", mark) for mark in marks] == expected
    assert known("sam", foreign)


def test_a_changed_password_keeps_this_browser_and_a_reset_one_keeps_none(people: dict[str, int]) -> None:
    here, there, foreign = remember(people["rita"]), remember(people["rita"]), remember(people["sam"])
    with database.transaction() as session:
        users.change_password(
            session, user_id=people["rita"], password_hash=password_hashes.hashed("peonies"), keep_mark=here
        )
    assert [known("rita", here), known("rita", there), known("sam", foreign)] == [True, False, True]
    with database.transaction() as session:
        users.reset_password(session, user_id=people["rita"], password_hash=password_hashes.hashed("asters"))
    assert [known("rita", here), known("sam", foreign)] == [False, True]


def test_a_deactivated_user_comes_back_as_a_stranger(people: dict[str, int]) -> None:
    mark, foreign = remember(people["rita"]), remember(people["sam"])
    with database.transaction() as session:
        users.deactivate(session, user_id=people["rita"])
        users.reactivate(session, user_id=people["rita"])
    assert [known("rita", mark), known("sam", foreign)] == [False, True]


def test_the_list_shows_a_persons_own_browsers_the_one_used_last_first(people: dict[str, int]) -> None:
    assert timedelta(days=400) == browsers.LIFETIME
    with earlier(browsers.LIFETIME + timedelta(hours=1)):
        forgotten = remember(people["rita"])
    with earlier(timedelta(days=3)):
        first = remember(people["rita"])
    with earlier(timedelta(days=2)):
        second = remember(people["rita"])
    remember(people["sam"])
    with database.transaction() as session:  # one that has expired, and was not swept away yet
        row = session.exec(select(TrustedBrowser).where(TrustedBrowser.user_id == people["sam"])).one()
        session.add(
            TrustedBrowser(
                token_hash=fingerprint(forgotten),
                user_id=people["rita"],
                expires_at=now() - timedelta(minutes=1),
                seen_at=row.seen_at,
            )
        )

    def listed(mark: str) -> list[tuple[int, int, bool]]:
        with database.reading() as session:
            found = browsers.of_user(session, user_id=people["rita"], mark=mark)
            return [((now() - one.created_at).days, (now() - one.seen_at).days, one.here) for one in found]

    assert listed(first) == [(2, 2, False), (3, 3, True)]
    remember(people["rita"], first)
    assert listed(second) == [(3, 0, False), (2, 2, True)]
    assert listed("") == [(3, 0, False), (2, 2, False)]


def test_a_browser_that_is_given_a_new_mark_leaves_the_others_as_they_were(people: dict[str, int]) -> None:
    hers, his = remember(people["rita"]), remember(people["sam"])
    assert remember(people["ada"], hers) not in (hers, his)
    assert not known("rita", hers)
    assert known("sam", his)


def test_all_browsers_are_forgotten_where_none_is_to_be_kept(people: dict[str, int]) -> None:
    marks, foreign = [remember(people["rita"]) for _ in range(2)], remember(people["sam"])
    with database.transaction() as session:
        browsers.forget_all(session, user_id=people["rita"])
    assert [known("rita", mark) for mark in marks] == [False, False]
    assert known("sam", foreign)
