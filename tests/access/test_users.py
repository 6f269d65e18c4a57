"""Adding and changing people: what is refused, what a change ends, what the audit trail says."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select, update

from komet_import.access import password_hashes, sessions, user_details, users
from komet_import.access.readers import reader
from komet_import.clock import earlier
from komet_import.language.current import Language
from komet_import.ledger import database
from komet_import.ledger.models import AuditEntry, User
from komet_import.refusal import Refusal
from komet_import.types import Role
from tests import tokens
from tests.services import workspace

PASSWORD = "tulips-and-roses"


def add(username: str = "rita", roles: tuple[str, ...] = ("Accounts Receivables",), **changed: str) -> int:
    values = {"email": f"{username}@example.com", "name": "Rita Gómez"} | changed
    with database.transaction() as session:
        user_id = users.add(
            session, username=username, roles=roles, password_hash=password_hashes.hashed(PASSWORD), **values
        ).id
    assert user_id is not None
    return user_id


def signed_in(user_id: int) -> str:
    with database.transaction() as session:
        ticket = sessions.open_ticket(session, user_id=user_id, browser="b")
        token = sessions.redeem_ticket(session, ticket=ticket, browser="b")
    assert token is not None
    return token


@pytest.fixture
def others(database_url: str) -> None:
    """Beside the people of a test: others who work, one not active Admin; they stay as they are."""
    workspace.others_only()


def trail() -> list[tuple[int | None, str, str, dict[str, object]]]:
    """The audit trail in order: who, did what, to whom, with which details."""
    return [(one.user_id, one.action, one.subject, one.details) for one in workspace.own(AuditEntry)]


def added(
    username: str, roles: list[str], *, name: str = "Rita Gómez", email: str = ""
) -> dict[str, dict[str, object]]:
    """What the trail says of a new user."""
    return {"after": {"name": name, "email": email or f"{username}@example.com", "roles": roles}}


def current(user_id: int) -> users.CurrentUser | None:
    with database.reading() as session:
        return users.current(session, user_id)


def test_an_added_user_has_a_bcrypt_hash_and_the_rights_of_their_roles(others: None) -> None:
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
    assert password_hashes.matches(PASSWORD, user.password_hash)
    assert not password_hashes.matches(PASSWORD.upper(), user.password_hash)


def test_a_name_is_taken_whatever_its_case(others: None) -> None:
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
        password_hashes.new_hash(password, **(rita | person))
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


def test_an_own_change_of_password_ends_all_other_sessions_of_that_person(others: None) -> None:
    user_id = add()
    here, there, sams = signed_in(user_id), signed_in(user_id), signed_in(add("sam"))
    with database.transaction() as session:
        users.change_password(
            session, user_id=user_id, password_hash=password_hashes.hashed("peonies-in-june"), keep_token=here
        )
    assert tokens.user_id_of(here) == user_id
    assert tokens.user_id_of(there) is None
    assert tokens.user_id_of(sams) is not None
    with database.reading() as session:
        assert password_hashes.matches("peonies-in-june", users.get(session, user_id).password_hash)


def test_a_reset_and_a_deactivation_end_every_session_and_ticket(others: None) -> None:
    add("ada", ("Admin",))
    user_id = add()
    sams = signed_in(add("sam"))
    with database.transaction() as session:
        sams_ticket = sessions.open_ticket(session, user_id=tokens.user_id_of(sams) or 0, browser="b")
    for end in (
        lambda work: users.reset_password(
            work, user_id=user_id, password_hash=password_hashes.hashed("peonies")
        ),
        lambda work: users.deactivate(work, user_id=user_id),
    ):
        token = signed_in(user_id)
        with database.transaction() as session:
            ticket = sessions.open_ticket(session, user_id=user_id, browser="b")
        with database.transaction() as session:
            end(session)
        assert tokens.user_id_of(token) is None
        with database.transaction() as session:
            assert sessions.redeem_ticket(session, ticket=ticket, browser="b") is None
    assert current(user_id) is None
    assert tokens.user_id_of(sams) is not None
    with database.transaction() as session:
        assert sessions.redeem_ticket(session, ticket=sams_ticket, browser="b") is not None
    with database.transaction() as session:
        users.reactivate(session, user_id=user_id)
    assert current(user_id) is not None


def test_the_last_active_admin_stays(others: None) -> None:
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
    others: None, first: Callable[[Session, int], None], second: Callable[[Session, int], None]
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


def test_changes_are_in_the_audit_trail_without_any_password(others: None) -> None:
    ada = add("ada", ("Admin",))
    rita = add()
    with database.transaction() as session:
        users.set_roles(session, user_id=rita, roles=["Shipping"], by=ada)
        users.reset_password(
            session, user_id=rita, password_hash=password_hashes.hashed("peonies-in-june"), by=ada
        )
        users.change_password(session, user_id=rita, password_hash=password_hashes.hashed("asters-in-may"))
        users.deactivate(session, user_id=rita, by=ada)
        users.reactivate(session, user_id=rita, by=ada)
        users.add(
            session,
            username="sam",
            email="s@example.com",
            name="Sam",
            roles=["Setup", "Shipping"],
            password_hash=password_hashes.hashed(PASSWORD),
            by=ada,
        )
    roles = {"before": {"roles": ["Accounts Receivables"]}, "after": {"roles": ["Shipping"]}}
    assert trail() == [
        (None, "user-added", "ada", added("ada", ["Admin"])),
        (None, "user-added", "rita", added("rita", ["Accounts Receivables"])),
        (ada, "roles-changed", "rita", roles),
        (ada, "password-reset", "rita", {}),
        (rita, "password-changed", "rita", {}),
        (ada, "user-deactivated", "rita", {}),
        (ada, "user-reactivated", "rita", {}),
        (ada, "user-added", "sam", added("sam", ["Setup", "Shipping"], name="Sam", email="s@example.com")),
    ]
    with database.reading() as session:
        hashes = session.exec(select(User.password_hash)).all()
    assert not any(secret in str(trail()) for secret in (PASSWORD, "peonies-in-june", *hashes))


def test_what_was_refused_is_not_in_the_audit_trail_and_ends_no_session(others: None) -> None:
    ada = add("ada", ("Admin",))
    token, before = signed_in(ada), trail()
    for refuse in (
        lambda work: users.deactivate(work, user_id=ada),
        lambda work: users.set_roles(work, user_id=ada, roles=["Setup"]),
        lambda work: users.set_roles(work, user_id=ada, roles=["Boss"]),
        lambda work: users.set_roles(work, user_id=ada, roles=[]),
    ):
        with pytest.raises(Refusal), database.transaction() as session:
            refuse(session)
    assert trail() == before
    assert tokens.user_id_of(token) == ada
    assert current(ada).roles == (Role.ADMIN,)  # type: ignore[union-attr]


def test_somebody_who_is_no_admin_can_go_while_one_is_left(others: None) -> None:
    ada, rita = add("ada", ("Admin",)), add()
    with database.transaction() as session:
        users.set_roles(session, user_id=ada, roles=["Admin", "Setup"])
        users.set_roles(session, user_id=rita, roles=["Shipping"])
        users.deactivate(session, user_id=rita)
    assert current(ada).roles == (Role.ADMIN, Role.SETUP)  # type: ignore[union-attr]
    assert current(rita) is None


def test_roles_are_those_of_one_person(others: None) -> None:
    rita, sam = add(roles=("Shipping", "Setup")), add("sam", ("Cashier",))
    with database.transaction() as session:
        users.set_roles(session, user_id=rita, roles=["Inventory"])
    assert current(rita).roles == (Role.INVENTORY,)  # type: ignore[union-attr]
    assert current(sam).roles == (Role.CASHIER,)  # type: ignore[union-attr]


def test_when_the_password_was_changed_is_kept(others: None) -> None:
    rita = add()
    for change in (users.change_password, users.reset_password):
        with earlier(timedelta(days=1)), database.transaction() as session:
            change(session, user_id=rita, password_hash=password_hashes.hashed("peonies-in-june"))
        with database.transaction() as session:
            before = users.get(session, rita).password_changed_at
            change(session, user_id=rita, password_hash=password_hashes.hashed("asters-in-may"))
            assert users.get(session, rita).password_changed_at - before >= timedelta(days=1)
            assert password_hashes.matches("asters-in-may", users.get(session, rita).password_hash)


def test_the_rights_asked_for_are_those_of_now(others: None) -> None:
    """Also in a transaction that has looked at this user before."""
    rita = add()
    with database.transaction() as session:
        held = users.get(session, rita)
        assert held.active
        session.execute(
            update(User)
            .where(col(User.id) == rita)
            .values(active=False)
            .execution_options(synchronize_session=False)
        )
        assert users.current(session, rita) is None


@pytest.mark.parametrize(
    "act",
    [
        lambda work, who: users.deactivate(work, user_id=who),
        lambda work, who: users.reactivate(work, user_id=who),
        lambda work, who: users.set_roles(work, user_id=who, roles=["Setup"]),
        lambda work, who: users.reset_password(work, user_id=who, password_hash="x"),
        lambda work, who: users.change_password(work, user_id=who, password_hash="x"),
    ],
)
def test_nobody_is_changed_who_is_not_there(others: None, act: Callable[[Session, int], None]) -> None:
    with pytest.raises(Refusal) as refused, database.transaction() as session:
        act(session, 10**6)
    assert refused.value.code == "no-such-user"
    assert refused.value.message == "This user does not exist; reload the list."
    assert trail() == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"username": "sam"}, "There is a user “sam” already; choose another user name."),
        (
            {"username": "a b"},
            "“a b” is no user name; use up to 64 letters, digits and . _ - @ +, no spaces.",
        ),
        ({"email": "x"}, "“x” is not an e-mail address; it looks like name@company.com."),
        ({"name": ""}, "The name must have 1 to 100 printable characters."),
        ({"name": "a\x00b"}, "The name must have 1 to 100 printable characters."),
    ],
)
def test_what_is_refused_is_said_and_leaves_nobody(
    sqlite_database: str, changed: dict[str, str], said: str
) -> None:
    add("sam")
    with pytest.raises(Refusal) as refused:
        add(changed.pop("username", "rita"), **changed)
    assert refused.value.message == said
    assert [one.username for one in workspace.own(User)] == ["sam"]


def test_values_are_kept_as_one_would_type_them_again(sqlite_database: str) -> None:
    held = current(add(" ｒita ", email=" rita@mail.example.com ", name="  Rita \t Gómez "))
    assert held is not None
    assert (held.username, held.email, held.name) == ("rita", "rita@mail.example.com", "Rita Gómez")
    longest = current(add("x" * 64, email=f"{'a' * 64}@{'b' * 61}.{'c' * 61}.{'d' * 61}.eee", name="n" * 100))
    assert longest is not None
    assert (len(longest.username), len(longest.email), len(longest.name)) == (64, 254, 100)
    with pytest.raises(Refusal) as refused:
        user_details.checked_email(f"{'a' * 64}@{'b' * 61}.{'c' * 61}.{'d' * 61}.eeee")
    assert refused.value.code == "bad-email"


def test_who_holds_one_of_several_roles_is_found_once_by_name_while_active(others: None) -> None:
    add("sam", roles=("Credit Manager", "Admin"))
    add("ada", roles=("Admin", "Setup"))
    add("rita")
    gone = add("bob", roles=("Admin",))
    with database.transaction() as session:
        users.deactivate(session, user_id=gone)
        found = users.holding(session, [Role.ADMIN, Role.CREDIT_MANAGER])
    own = [person.username for person in found if person.email.endswith("@example.com")]
    assert own == ["ada", "sam"]


def test_the_list_shows_active_users_first_by_name(sqlite_database: str) -> None:
    ids = {
        name: add(name, ("Admin", "Setup") if name == "zoe" else ("Shipping",))
        for name in ("zoe", "Abe", "bob")
    }
    with database.transaction() as session:
        users.deactivate(session, user_id=ids["Abe"])
    with database.reading() as session:
        listed = users.all(session)
        zoe = users.get(session, ids["zoe"])
    assert [(one.username, one.active) for one in listed] == [("bob", True), ("zoe", True), ("Abe", False)]
    assert listed[1] == users.ListedUser(
        id=ids["zoe"],
        username="zoe",
        name="Rita Gómez",
        email="zoe@example.com",
        roles=(Role.ADMIN, Role.SETUP),
        active=True,
        created_at=zoe.created_at,
        password_changed_at=zoe.password_changed_at,
    )


def test_nobodys_hash_matches_nothing_and_is_like_a_real_one(real_hashes: None) -> None:
    real = password_hashes.hashed("tulips-and-roses")
    assert len(password_hashes.NOBODYS_HASH) == len(real)
    assert password_hashes.NOBODYS_HASH.partition("$")[0] == real.partition("$")[0]
    assert password_hashes.NOBODYS_HASH.split("$")[2] == "12"
    assert not password_hashes.matches("tulips-and-roses", password_hashes.NOBODYS_HASH)


@pytest.mark.parametrize(
    ("chosen", "met", "in_mails"),
    [("", "es", "es"), ("", "es en", "en"), ("es", "en", "es"), ("en", "es", "en"), ("", "", "en")],
)
def test_a_browser_says_the_language_of_mails_until_the_person_chooses_one(
    others: None, chosen: str, met: str, in_mails: str
) -> None:
    rita = add()
    with database.transaction() as session:
        if chosen:
            users.read_in(session, user_id=rita, language=chosen)
        for language in met.split():
            users.met_in(session, user_id=rita, language=Language(language))
    known = current(rita)
    assert known is not None
    assert (known.language, reader(known).language) == (chosen, in_mails)
