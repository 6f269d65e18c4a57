"""The table of pages: titles and addresses that mails, people and tests rely on."""

from pathlib import Path

import pytest

from komet_import.access.users import CurrentUser
from komet_import.types import Role, with_money
from komet_import.web import router
from komet_import.web.server.routes import local_path

PATHS = {
    "Data import": "/",
    "Review": "/review",
    "Report": "/report",
    "History": "/history",
    "Balances": "/balances",
    "Customers": "/customers",
    "Messages": "/messages",
    "Account": "/account",
    "Users": "/users",
    "Locations": "/locations",
    "Periods": "/periods",
    "Remembered": "/remembered",
    "Outgoing email": "/mail",
    "Audit trail": "/audit",
}


def test_every_page_has_the_title_and_path_that_people_rely_on() -> None:
    assert {screen.title: "/" + screen.path for screen in router.SCREENS} == PATHS


def test_sign_in_can_lead_to_every_page() -> None:
    for path in PATHS.values():
        assert local_path(path + "?batch=AB12") == path + "?batch=AB12"


def person(*held: Role) -> CurrentUser:
    return CurrentUser(id=1, username="ada", name="Ada", email="ada@example.com", roles=held)


SETUP = {"Users", "Locations", "Periods", "Remembered", "Outgoing email", "Audit trail"}
OPENED_FROM_ANOTHER = {"Review", "Report", "Account"}


@pytest.mark.parametrize("role", Role)
def test_the_menu_names_the_pages_that_a_role_may_see(role: Role) -> None:
    named = set(PATHS) - OPENED_FROM_ANOTHER
    if role is not Role.ADMIN:
        named -= SETUP - ({"Periods"} if role is Role.SETUP else set())
    if not any(role in type.roles for type in with_money()):
        named -= {"Balances", "Customers"}
    assert {screen.title for screen in router.SCREENS if screen.named_to(person(role))} == named
    assert not any(screen.named_to(None) for screen in router.SCREENS)


@pytest.mark.parametrize("screen", router.SCREENS, ids=lambda screen: screen.title)
def test_a_page_asks_for_the_right_by_which_the_menu_names_it(screen: router.Screen) -> None:
    script = (router.PAGES / screen.file).read_text()
    named = getattr(screen.may, "__name__", "")
    asked = f"auth.guard(roles.{named})" if named != "<lambda>" else "auth.guard()"
    assert asked in script


def test_the_router_does_not_lie_beside_the_pages() -> None:
    assert router.PAGES.is_dir()
    room = Path(router.__file__).parent
    assert router.PAGES not in room.iterdir()
    assert not (room / "pages").exists()
