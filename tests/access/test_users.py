"""Adding and changing people: what is refused, what a change ends, what the audit trail says."""

import threading
from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from komet_import.access import sessions, users
from komet_import.ledger import database
from komet_import.ledger.models import AuditEntry, User
from komet_import.refusal import Refusal
from komet_import.types import Role

PASSWORD = "tulips-and-roses"


def add(username: str = "rita", roles: tuple[str, ...] = ("Accounts Receivables",), **changed: str) -> int:
    values = {"email": f"{username}@example.com", "name": "Rita Gómez"} | changed
    with database.transaction() as session:
        user_id = users.add(
            session, username=username, roles=roles, password_hash=users.hashed(PASSWORD), **values
        ).id
    assert user_id is not None
    return user_id


def signed_in(user_id: int) -> str:
    with database.transaction() as session:
        ticket = sessions.open_ticket(session, user_id=user_id, browser="b")
        token = sessions.redeem_ticket(session, ticket=ticket, browser="b")
    assert token is not None
    return token


def current(user_id: int) -> users.CurrentUser | None:
    with database.reading() as session:
        return users.current(session, user_id)


def test_an_added_user_has_a_bcrypt_hash_and_the_rights_of_their_roles(database_url: str) -> None:
    user_id = add(roles=("Shipping", "administrator", "Admin"))
    assert current(user_id) == users.CurrentUser(
        id=user_id,
        username="rita",
        name="Rita Gómez",
        email="rita@example.com",
        roles=(Role.ADMIN, Role.SHIPPING),
    )
    with database.reading() as session:
        user = users.find(session, " RITA ")
    assert user is not None
    assert "$2b$" in user.password_hash
    assert users.matches(PASSWORD, user.password_hash)
    assert not users.matches(PASSWORD.upper(), user.password_hash)


def test_a_name_is_taken_whatever_its_case(database_url: str) -> None:
    add("Rita")
    with pytest.raises(Refusal) as refused:
        add("rITA")
    assert refused.value.code == "user-exists"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"username": ""}, "bad-username"),
        ({"username": "rita gomez"}, "bad-username"),
        ({"username": "rita\n"}, None),
        ({"username": "ri\nta"}, "bad-username"),
        ({"username": "x" * 65}, "bad-username"),
        ({"username": "<b>"}, "bad-username"),
        ({"username": "josé.pérez@flor"}, None),
        ({"email": "rita"}, "bad-email"),
        ({"email": "rita@"}, "bad-email"),
        ({"email": "rita@example..com"}, "bad-email"),
        ({"email": "a@b.com, c@d.com"}, "bad-email"),
        ({"email": "rita@example.com\nBcc: x@y.z"}, "bad-email"),
        ({"email": "Rita <rita@example.com>"}, "bad-email"),
        ({"email": " rita+credits@mail.example.com "}, None),
        ({"name": "  "}, "bad-name"),
        ({"name": "x" * 101}, "bad-name"),
    ],
)
def test_values_that_cannot_be_used_are_refused_by_name(
    sqlite_database: str, changed: dict[str, str], code: str | None
) -> None:
    username = changed.pop("username", "rita")
    changed.setdefault("email", "rita@example.com")
    if code is None:
        assert add(username, **changed)
        return
    with pytest.raises(Refusal) as refused:
        add(username, **changed)
    assert refused.value.code == code
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize(
    ("password", "person"),
    [
        ("", {}),
        ("Summer2026!!", {}),
        ("Rita.Gomez.2026", {"username": "rita.gomez"}),
        ("zoe-quintero-1", {"name": "Zoë Quintero"}),
        ("quintero-2026", {"email": "zq@quintero.example"}),
        ("your-company-99", {}),  # which is the company's name here
        ("pass with \ud800 in it", {}),
    ],
)
def test_a_password_that_others_try_first_gets_no_hash(password: str, person: dict[str, str]) -> None:
    rita = {"username": "rita", "email": "rita@example.com", "name": "Rita Gómez"}
    with pytest.raises(Refusal) as refused:
        users.new_hash(password, **(rita | person))
    assert refused.value.code == "bad-password"
    assert refused.value.message.endswith(".")
    assert not password or password not in refused.value.message


@pytest.mark.parametrize(("roles", "code"), [(("Boss",), "unknown-role"), ((), "no-role")])
def test_an_unknown_role_and_no_role_are_refused(
    sqlite_database: str, roles: tuple[str, ...], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        add(roles=roles)
    assert refused.value.code == code
    with database.reading() as session:
        assert not users.exist(session)


def test_an_own_change_of_password_ends_all_other_sessions_of_that_person(database_url: str) -> None:
    user_id = add()
    here, there, sams = signed_in(user_id), signed_in(user_id), signed_in(add("sam"))
    with database.transaction() as session:
        users.change_password(
            session, user_id=user_id, password_hash=users.hashed("peonies-in-june"), keep_token=here
        )
    assert sessions.user_id_of(here) == user_id
    assert sessions.user_id_of(there) is None
    assert sessions.user_id_of(sams) is not None
    with database.reading() as session:
        assert users.matches("peonies-in-june", users.get(session, user_id).password_hash)


def test_a_reset_and_a_deactivation_end_every_session_and_ticket(database_url: str) -> None:
    add("ada", ("Admin",))
    user_id = add()
    sams = signed_in(add("sam"))
    with database.transaction() as session:
        sams_ticket = sessions.open_ticket(session, user_id=sessions.user_id_of(sams) or 0, browser="b")
    for end in (
        lambda work: users.reset_password(work, user_id=user_id, password_hash=users.hashed("peonies")),
        lambda work: users.deactivate(work, user_id=user_id),
    ):
        token = signed_in(user_id)
        with database.transaction() as session:
            ticket = sessions.open_ticket(session, user_id=user_id, browser="b")
        with database.transaction() as session:
            end(session)
        assert sessions.user_id_of(token) is None
        with database.transaction() as session:
            assert sessions.redeem_ticket(session, ticket=ticket, browser="b") is None
    assert current(user_id) is None
    assert sessions.user_id_of(sams) is not None
    with database.transaction() as session:
        assert sessions.redeem_ticket(session, ticket=sams_ticket, browser="b") is not None
    with database.transaction() as session:
        users.reactivate(session, user_id=user_id)
    assert current(user_id) is not None


def test_the_last_active_admin_stays(database_url: str) -> None:
    ada, ann = add("ada", ("Admin",)), add("ann", ("Admin", "Setup"))
    with database.transaction() as session:
        users.deactivate(session, user_id=ann, by=ada)
    for remove in (
        lambda work: users.deactivate(work, user_id=ada),
        lambda work: users.set_roles(work, user_id=ada, roles=["Setup"]),
    ):
        with pytest.raises(Refusal) as refused, database.transaction() as session:
            remove(session)
        assert refused.value.code == "last-admin"
    assert current(ada) is not None


def deactivate(session: Session, user_id: int) -> None:
    users.deactivate(session, user_id=user_id)


def take_admin_away(session: Session, user_id: int) -> None:
    users.set_roles(session, user_id=user_id, roles=["Setup"])


@pytest.mark.parametrize("first", [deactivate, take_admin_away])
@pytest.mark.parametrize("second", [deactivate, take_admin_away])
def test_two_admins_who_remove_each_other_at_once_leave_one(
    database_url: str, first: Callable[[Session, int], None], second: Callable[[Session, int], None]
) -> None:
    ada, ann = add("ada", ("Admin",)), add("ann", ("Admin",))
    begun, ended, said = threading.Event(), threading.Event(), []

    def meanwhile() -> None:
        begun.set()
        try:
            with database.transaction() as session:
                second(session, ann)
        except Refusal as refused:
            said.append(refused.code)
        ended.set()

    other = threading.Thread(target=meanwhile)
    with database.transaction() as session:
        first(session, ada)
        session.flush()
        other.start()
        assert begun.wait(10)
        # The second one has to wait for what becomes of the first: it must not come to its own end now.
        assert not ended.wait(0.5)
    other.join()
    assert said == ["last-admin"]
    with database.reading() as session:
        assert [user.username for user in users.all(session) if user.active and Role.ADMIN in user.roles] == [
            "ann"
        ]


def test_changes_are_in_the_audit_trail_without_any_password(database_url: str) -> None:
    ada = add("ada", ("Admin",))
    rita = add()
    with database.transaction() as session:
        users.set_roles(session, user_id=rita, roles=["Shipping"], by=ada)
        users.reset_password(session, user_id=rita, password_hash=users.hashed("peonies-in-june"), by=ada)
    with database.reading() as session:
        trail = session.exec(select(AuditEntry).order_by(AuditEntry.id)).all()  # type: ignore[arg-type]
        hashes = session.exec(select(User.password_hash)).all()
    assert [(entry.user_id, entry.action, entry.subject) for entry in trail] == [
        (None, "user-added", "ada"),
        (None, "user-added", "rita"),
        (ada, "roles-changed", "rita"),
        (ada, "password-reset", "rita"),
    ]
    assert trail[2].details == {"before": ["Accounts Receivables"], "after": ["Shipping"]}
    told = str([entry.details for entry in trail])
    assert not any(secret in told for secret in (PASSWORD, "peonies-in-june", *hashes))


def test_the_list_shows_active_users_first(sqlite_database: str) -> None:
    add("zoe", ("Admin",))
    bob = add("bob")
    with database.transaction() as session:
        users.deactivate(session, user_id=bob)
    with database.reading() as session:
        assert [(one.username, one.active) for one in users.all(session)] == [("zoe", True), ("bob", False)]


@pytest.mark.parametrize("password", ["", "tulips-and-roses", "x" * 200, "\x00", "\ud800"])
def test_nobodys_hash_matches_nothing_and_is_like_a_real_one(password: str) -> None:
    real = users.hashed("tulips-and-roses")
    assert len(users.NOBODYS_HASH) == len(real)
    assert users.NOBODYS_HASH.partition("$")[0] == real.partition("$")[0]
    assert users.NOBODYS_HASH.split("$")[2] == "12"
    assert not users.matches(password, users.NOBODYS_HASH)
