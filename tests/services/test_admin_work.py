"""What an Admin does arrives as it was meant, in the Admin's name; what is one's own touches nobody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from komet_import import services
from komet_import.access import browsers, password_hashes, sessions, users
from komet_import.access.users import CurrentUser
from komet_import.clock import earlier
from komet_import.ledger import database
from komet_import.ledger.models import AuditEntry, User, UserSession
from komet_import.refusal import Refusal
from komet_import.types import Role
from tests.services import workspace
from tests.services.workspace import PASSWORD, People, refused

NEW = "carnations-by-the-bucket"


def audited(*actions: str) -> list[tuple[str, int | None, str]]:
    """Action, who did it, and of what, for the actions with these beginnings."""
    return [
        (entry.action, entry.user_id, entry.subject or "")
        for entry in workspace.own(AuditEntry)
        if entry.action.startswith(actions)
    ]


def listed(people: People, username: str) -> users.ListedUser:
    (found,) = (line for line in services.all_users(people.ada) if line.username == username)
    return found


def accepts(username: str, password: str) -> bool:
    with database.reading() as session:
        found = session.execute(select(User).where(User.username == username)).scalar_one()
    return password_hashes.matches(password, found.password_hash)


def test_a_new_user_is_who_was_typed_and_the_trail_names_the_admin(people: People) -> None:
    services.add_user(
        people.ada,
        username="zoe",
        email="zoe@komet.example",
        name="Zoë Quintero",
        roles=[Role.SETUP, Role.SHIPPING],
        password=NEW,
    )
    zoe = listed(people, "zoe")
    assert (zoe.name, zoe.email, set(zoe.roles)) == (
        "Zoë Quintero", "zoe@komet.example", {Role.SETUP, Role.SHIPPING}
    )  # fmt: skip
    assert zoe.active and accepts("zoe", NEW)
    assert audited("user-added")[-1] == ("user-added", people.ada.id, "zoe")


@pytest.mark.parametrize("password", ["zoe.quintero.1", "zq-flowers.example", "quintero-blooms-1", "short"])
def test_a_password_that_names_its_person_is_no_password(people_here: People, password: str) -> None:
    person = {"username": "zoe.quintero", "email": "zq-flowers@flowers.example", "name": "Zoë Quintero"}
    before = workspace.everything()
    with pytest.raises(Refusal):
        services.add_user(people_here.ada, **person, roles=[Role.SETUP], password=password)
    assert workspace.everything() == before


def test_a_reset_password_must_not_name_whose_it_is(people_here: People) -> None:
    services.add_user(
        people_here.ada,
        username="zoe.quintero",
        email="zq-flowers@flowers.example",
        name="Zoë Quintero",
        roles=[Role.SETUP],
        password=NEW,
    )
    zoe = listed(people_here, "zoe.quintero").id
    for password in ("zoe.quintero.1", "quintero-blooms", "zq-flowers-2026"):
        with pytest.raises(Refusal):
            services.reset_password(people_here.ada, zoe, new=password)
    assert accepts("zoe.quintero", NEW)


@pytest.mark.twin
def test_what_an_admin_changes_of_a_user_is_changed_of_that_one_and_audited(people: People) -> None:
    ada, rita = people.ada, people.rita
    services.set_roles(ada, rita.id, roles=[Role.SALESPERSON])
    services.reset_password(ada, rita.id, new=NEW)
    services.deactivate(ada, rita.id)
    assert not listed(people, "rita").active
    services.reactivate(ada, rita.id)
    told = listed(people, "rita")
    assert (told.roles, told.active) == ((Role.SALESPERSON,), True)
    assert accepts("rita", NEW) and not accepts("rita", PASSWORD)
    for name, user in (("carl", people.carl), ("lou", people.lou), ("ada", ada)):
        other = listed(people, name)
        assert (other.roles, other.active, accepts(name, PASSWORD)) == (user.roles, True, True)
    assert audited("roles-", "password-", "user-deactivated", "user-reactivated")[-4:] == [
        ("roles-changed", ada.id, "rita"),
        ("password-reset", ada.id, "rita"),
        ("user-deactivated", ada.id, "rita"),
        ("user-reactivated", ada.id, "rita"),
    ]


def test_what_an_admin_changes_of_locations_is_as_typed_and_audited(people: People) -> None:
    ada = people.ada
    services.add_location(ada, code="BOG", name="Bogotá")
    places = {place.code: place.id for place in services.all_locations(ada)}
    assert list(places) == ["BOG", "LAX", "MIA"]
    services.change_location(ada, places["BOG"], code="UIO", name="Quito")
    assert [(place.code, place.name) for place in services.all_locations(ada)] == [
        ("LAX", "Los Angeles"), ("MIA", "Miami"), ("UIO", "Quito")
    ]  # fmt: skip
    services.remove_location(ada, places["BOG"])
    assert [place.code for place in services.all_locations(ada)] == ["LAX", "MIA"]
    assert audited("location-") == [
        ("location-added", ada.id, "BOG"),
        ("location-changed", ada.id, "BOG"),
        ("location-removed", ada.id, "UIO"),
    ]


ACTS: dict[str, Callable[[CurrentUser, People], object]] = {
    "all_users": lambda by, people: services.all_users(by),
    "add_user": lambda by, people: services.add_user(
        by, username="zoe", email="z@komet.example", name="Zoë", roles=[Role.ADMIN], password=NEW
    ),
    "set_roles": lambda by, people: services.set_roles(by, people.lou.id, roles=[Role.SETUP]),
    "reset_password": lambda by, people: services.reset_password(by, people.lou.id, new=NEW),
    "a weak password": lambda by, people: services.reset_password(by, people.lou.id, new="1"),
    "nobody's password": lambda by, people: services.reset_password(by, 999, new=NEW),
    "deactivate": lambda by, people: services.deactivate(by, people.lou.id),
    "reactivate": lambda by, people: services.reactivate(by, people.lou.id),
    "all_locations": lambda by, people: services.all_locations(by),
    "add_location": lambda by, people: services.add_location(by, code="BOG", name="Bogotá"),
    "change_location": lambda by, people: services.change_location(by, 1, code="M", name="M"),
    "remove_location": lambda by, people: services.remove_location(by, 1),
}


@pytest.mark.parametrize("act", ACTS)
def test_only_who_is_an_admin_now_does_any_of_it(people_here: People, act: str) -> None:
    """An Admin of before, with the page still open, is told that it needs one: nothing else, as of a
    password that would be refused or of a user who does not exist."""
    with database.transaction() as session:
        users.set_roles(session, user_id=people_here.carl.id, roles=[Role.ADMIN])
        users.set_roles(session, user_id=people_here.ada.id, roles=[Role.CREDIT_MANAGER])
    before = workspace.everything()
    for user in (people_here.ada, people_here.rita, people_here.lou):
        refused("no-right", lambda u=user: ACTS[act](u, people_here))
    assert workspace.everything() == before


def signed_in(user: CurrentUser) -> str:
    with database.transaction() as session:
        ticket = sessions.open_ticket(session, user_id=user.id, browser="here")
        token = sessions.redeem_ticket(session, ticket=ticket, browser="here")
    assert token is not None
    return token


def sessions_of(user: CurrentUser) -> int:
    with database.reading() as session:
        return len(session.execute(select(UserSession).where(UserSession.user_id == user.id)).all())


@pytest.mark.twin
def test_who_signs_out_everywhere_signs_out_nobody_else(people: People) -> None:
    for user in (people.rita, people.rita, people.carl):
        signed_in(user)
    assert services.signed_in_browsers(people.rita) == 2
    assert services.signed_in_browsers(people.carl) == 1
    services.sign_out_everywhere(people.rita)
    assert services.signed_in_browsers(people.rita) == sessions_of(people.rita) == 0
    assert sessions_of(people.carl) == 1


def test_who_signs_out_everywhere_is_a_stranger_in_every_browser_but_this_one(people: People) -> None:
    with database.transaction() as session:
        here, _lost = (browsers.remember(session, user_id=people.rita.id, mark="") for _ in range(2))
        carls = browsers.remember(session, user_id=people.carl.id, mark="")
    services.sign_out_everywhere(people.rita, mark=here)
    (left,) = services.trusted_browsers(people.rita, mark=here)
    assert left.here
    services.sign_out_everywhere(people.rita)  # from a browser that has no mark
    assert services.trusted_browsers(people.rita, mark=here) == ()
    assert [one.here for one in services.trusted_browsers(people.carl, mark=carls)] == [True]


def test_a_person_and_an_admin_see_how_old_a_password_is(people: People) -> None:
    before = services.password_changed(people.rita), services.password_changed(people.carl)
    with earlier(timedelta(days=-3)):
        services.reset_password(people.ada, people.rita.id, new=NEW)
    changed = services.password_changed(people.rita)
    assert changed - before[0] > timedelta(days=2)
    assert services.password_changed(people.carl) == before[1]
    assert listed(people, "rita").password_changed_at == changed


def test_a_browser_is_forgotten_by_whom_it_is_of(people: People) -> None:
    with database.transaction() as session:
        here, there = (browsers.remember(session, user_id=people.rita.id, mark="") for _ in range(2))
        carls = browsers.remember(session, user_id=people.carl.id, mark="")
    known = services.trusted_browsers(people.rita, mark=here)
    assert sorted(one.here for one in known) == [False, True]
    assert not any(one.here for one in services.trusted_browsers(people.rita, mark=carls))
    ids = {one.here: one.id for one in known}
    services.forget_browser(people.carl, ids[True])  # not his
    assert len(services.trusted_browsers(people.rita, mark=here)) == 2
    services.forget_browser(people.rita, ids[True])
    (left,) = services.trusted_browsers(people.rita, mark=there)
    assert left.here and left.id == ids[False]
    assert len(services.trusted_browsers(people.carl, mark=carls)) == 1


def test_what_is_ones_own_is_for_who_may_sign_in(people: People) -> None:
    with database.transaction() as session:
        browsers.remember(session, user_id=people.rita.id, mark="")
        users.deactivate(session, user_id=people.rita.id)
        rest = browsers.remember(session, user_id=people.rita.id, mark="")
    with database.reading() as session:
        (kept,) = browsers.of_user(session, user_id=people.rita.id, mark=rest)
    before = workspace.everything()
    for act in (
        lambda: services.signed_in_browsers(people.rita),
        lambda: services.password_changed(people.rita),
        lambda: services.sign_out_everywhere(people.rita),
        lambda: services.trusted_browsers(people.rita, mark=rest),
        lambda: services.forget_browser(people.rita, kept.id),
    ):
        refused("no-right", act)
    assert workspace.everything() == before
