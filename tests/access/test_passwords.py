"""Which passwords may be used, and that one which may is found again, in any script and length."""

import unicodedata
from typing import Any

import bcrypt
import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlmodel import col, update

from komet_import import demo, services
from komet_import.access import password_check, password_hashes, passwords, users
from komet_import.ledger import database
from komet_import.ledger.models import User, now
from komet_import.refusal import Refusal

ABOUT = ("rita.gomez", "Rita Gómez", "rita", "rosasdelvalle.example", "Rosas del Valle, Inc.")

SHORT = "The password is too short; use at least 12 characters."
EASY = "The password is too easy to guess; use four words that do not belong together, or a longer one."
NAMES = "The password is made of names that others know; use four words that have nothing to do with them."


def said(password: str, *, about: tuple[str, ...] = ABOUT) -> str:
    """What is said to a password; empty where it may be used."""
    try:
        passwords.check(password, about=about)
    except Refusal as refused:
        assert refused.code == "bad-password"
        return refused.message
    return ""


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("", SHORT),
        ("qwerty1234", SHORT),
        ("Summer2026!", SHORT),
        ("rita1234", SHORT),
        ("x7Kq!92mZpW", SHORT),
        ("qwerty123456", EASY),
        ("Summer2026!!", EASY),
        ("Welcome2026!!", EASY),
        ("Florist2026!!!", EASY),
        ("Invoices2026!!", EASY),
        ("correct horse battery staple", EASY),
        ("CorrectHorseBatteryStaple1!", EASY),
        ("c0rrect-h0rse_b4ttery.st4ple", EASY),
        ("correct horse battery staple correct horse battery staple", EASY),
        ("Rita, may the force be with you!", EASY),
        ("To be, or not to be: that is the question", EASY),
        ("In the beginning God created the heaven and the earth", EASY),
        ("Padre nuestro, que estás en el cielo", EASY),
        ("P@ssw0rd1234", EASY),
        ("password12345678", EASY),
        ("aaaaaaaaaaaaaaaaaaaa", EASY),
        ("abcdefghijklmnop", EASY),
        ("ab1!" * 60, EASY),
        ("2026-11-27-2026", EASY),
        ("rosasdelvallemonkey123", EASY),
        ("kometimport-elephants", EASY),
        ("1qaz2wsx3edc4rfv", EASY),
        ("ritagomez2026", NAMES),
        ("Rita.Gomez.2026", NAMES),
        ("RITA-GÓMEZ-27", NAMES),
        ("RosasDelValle1!", NAMES),
        ("rosas del valle 27", NAMES),
        ("rosasdelvalle.example", NAMES),
        ("komet-import-2026", NAMES),
        ("KometKomet12!", NAMES),
        (" x7Kq!92mZp ", "The password may not start or end with a space."),
        (" tulips-and-roses", "The password may not start or end with a space."),
        ("tulips\tand-roses", "The password may not hold control characters."),
        ("tulips-\ud800-and-roses", "The password may not hold control characters."),
        ("x7Kq!92mZpW4" * 21 + "mZpW!", "The password is too long; use at most 256 characters."),
        ("rita x7Kq!92m", NAMES),
        ("tulips-and-roses ", "The password may not start or end with a space."),
        ("tulips-and-roses " * 16 + "x", "The password is too long; use at most 256 characters."),
    ],
)
def test_what_others_try_first_is_refused_with_what_to_do(password: str, told: str) -> None:
    assert said(password) == told


@pytest.mark.parametrize(
    "password",
    [
        "x7Kq!92mZpW4",
        "tulips-and-roses",
        "battery hens correct the stable horse",
        "once upon a time rita bought seven purple elephants",
        "rita has nine purple elephants",
        "正しい馬の電池の留め金です",
        "мой дядя самых честных правил",
        "🌹🐘🧲🌋🪁🛶🪗🧊🎺🥁🧵🪡",
        "x7Kq!92mZpW4" * 21,
        "x7Kq!92mZpW4" * 21 + "mZpW",  # 256 signs, the most there may be
        "rita x7Kq!92mZ",  # eight letters and digits are left without the name
    ],
)
def test_a_long_password_in_any_script_may_be_used(password: str) -> None:
    assert said(password) == ""


def test_the_demos_password_which_everybody_can_read_is_nobodys() -> None:
    for dressed_up in (demo.PASSWORD, demo.PASSWORD.title(), demo.PASSWORD.replace("-", " ") + "1!"):
        assert said(dressed_up) == EASY, dressed_up


def test_letters_are_counted_as_they_are_kept_however_a_machine_writes_them() -> None:
    """Eleven letters, of which some machines write each accent as a sign of its own."""
    assert len(unicodedata.normalize("NFD", "tülíps-añd9")) > passwords.SHORTEST
    assert said(unicodedata.normalize("NFD", "tülíps-añd9")) == SHORT


def test_somebody_elses_names_are_no_reason() -> None:
    assert said("gomez-elephants-27", about=("sam", "Sam Okafor", "Flores")) == ""
    assert said("gomez-elephants-27") == ""
    assert said("gomez-gomez-27", about=ABOUT) == NAMES
    assert said("rosasdelvallemonkey123", about=("sam", "Sam Okafor", "Flores")) == ""


@pytest.mark.parametrize("letter", ["a", "ñ", "馬", "🌹"])
def test_every_letter_counts_however_long_the_password_is(letter: str) -> None:
    kept = password_hashes.hashed(letter * 200)
    assert len(kept) <= 100
    assert password_hashes.matches(letter * 200, kept)
    assert not password_hashes.matches(letter * 199, kept)
    assert not password_hashes.matches(letter * 199 + "x", kept)


@given(some.text(min_size=1, max_size=256))
def test_a_password_is_found_again_however_a_machine_writes_its_letters(password: str) -> None:
    kept = password_hashes.hashed(password)
    for form in ("NFC", "NFD", "NFKC"):
        assert password_hashes.matches(unicodedata.normalize(form, password), kept)  # type: ignore[arg-type]
    assert not password_hashes.matches(password + "x", kept)


@pytest.mark.parametrize("password", ["", "\x00", "\ud800", "x" * 5000, "馬" * 100])
def test_anything_may_be_tried(password: str) -> None:
    old = bcrypt.hashpw(b"tulips-and-roses", bcrypt.gensalt(4)).decode()
    for kept in (password_hashes.hashed("tulips-and-roses"), old, password_hashes.NOBODYS_HASH, "none"):
        assert not password_hashes.matches(password, kept)


@pytest.fixture
def old_hand(database_url: str) -> int:
    """Rita with the hash of a version before, of a password that is too weak today; Sam beside her."""
    ids = []
    for name in ("sam", "rita"):
        with database.transaction() as session:
            user = users.add(
                session,
                username=name,
                email=f"{name}@example.com",
                name=name,
                roles=["Shipping"],
                password_hash=password_hashes.hashed("tulips-and-roses"),
            )
            user.password_hash = bcrypt.hashpw(b"sunny-day", bcrypt.gensalt(4)).decode()
            ids.append(user.id or 0)
    return ids[1]


def kept_of(user_id: int) -> str:
    with database.reading() as session:
        return session.get_one(User, user_id).password_hash


def sign_in(password: str) -> bool:
    given = password_check.ticket(username="rita", password=password, address="", mark="", browser="b")
    return given is not None


def test_a_hash_of_before_goes_on_working_and_is_renewed_at_the_next_sign_in(old_hand: int) -> None:
    before = kept_of(old_hand)
    assert not sign_in("sunny-days")
    assert kept_of(old_hand) == before
    assert sign_in("sunny-day")
    renewed = kept_of(old_hand)
    assert renewed != before
    assert password_hashes.matches("sunny-day", renewed)
    assert sign_in("sunny-day")
    assert kept_of(old_hand) == renewed
    assert kept_of(old_hand - 1).startswith("$2b$")


def test_the_longest_password_of_before_is_still_one() -> None:
    longest = "x" * 72
    before = bcrypt.hashpw(longest.encode(), bcrypt.gensalt(4)).decode()
    assert password_hashes.matches(longest, before)
    assert not password_hashes.matches(f"{longest}x", before)


def test_a_weak_password_cannot_be_given_by_anybody(old_hand: int) -> None:
    with database.transaction() as session:
        users.set_roles(session, user_id=old_hand - 1, roles=["Admin"])
        admin, rita = users.current(session, old_hand - 1), users.current(session, old_hand)
    assert admin is not None
    assert rita is not None
    for weak in ("rita-rita-2026", "Summer2026!!", "short"):
        for give in (
            lambda new: services.reset_password(admin, old_hand, new=new),
            lambda new: password_check.change_password(
                rita, token="t", mark="", old="sunny-day", new=new, again=new
            ),
        ):
            with pytest.raises(Refusal) as refused:
                give(weak)
            assert refused.value.code == "bad-password"


def test_nobody_waits_while_a_password_is_hashed(old_hand: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with database.transaction() as session:
        users.set_roles(session, user_id=old_hand - 1, roles=["Admin"])
        admin, rita = users.current(session, old_hand - 1), users.current(session, old_hand)
    assert admin is not None
    assert rita is not None
    free: list[bool] = []
    somebody_writes = update(User).where(col(User.username) == "sam").values(password_changed_at=now())
    for name in ("hashed", "matches"):
        takes_long = getattr(password_hashes, name)

        def watched(*given: str, takes_long: Any = takes_long) -> Any:
            free.append(database.write_if_free(somebody_writes))
            return takes_long(*given)

        monkeypatch.setattr(password_hashes, name, watched)
    services.add_user(
        admin, username="new", email="n@x.example", name="N", roles=["Setup"], password="peonies-in-june"
    )
    services.reset_password(admin, old_hand - 1, new="asters-in-october")
    password_check.change_password(
        rita, token="t", mark="", old="sunny-day", new="lilies-in-august", again="lilies-in-august"
    )
    assert sign_in("lilies-in-august")
    assert free == [True] * 5


def test_the_same_password_in_other_letters_is_the_same(database_url: str) -> None:
    composed, apart = "piñatas and purple rain", "pin\u0303atas and purple rain"
    with database.transaction() as session:
        user = users.add(
            session,
            username="r",
            email="r@x.example",
            name="R",
            roles=["Setup"],
            password_hash=password_hashes.hashed(composed),
        )
        whose = users.current(session, user.id or 0)
    assert whose is not None
    with pytest.raises(Refusal, match="is the current one"):
        password_check.change_password(whose, token="t", mark="", old=composed, new=apart, again=apart)


def test_the_demos_password_is_what_its_page_says_whatever_the_company_is_called(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "PASSWORD", "demo")
    with database.transaction() as session:
        demo._add_people(session, password_hashes.hashed(demo.PASSWORD))
        rita = users.find(session, "rita")
    assert rita is not None
    assert password_hashes.matches("demo", rita.password_hash)


def test_a_name_counts_however_it_is_written() -> None:
    """The words of a name alone and all together, with and without accents; two letters are no name."""
    about = ("J. Ñuñoa-de la Río", "x@y")
    for password in ("NUNOA-2026-rio", "jnunoadelario-27", "ñuñoa.río.ñuñoa", "ＮＵＮＯＡ-2026-ＲＩＯ"):
        assert said(password, about=about) == NAMES
    assert said("de-la-de-la-de-27", about=about) == ""
