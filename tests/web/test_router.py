"""The table of pages: titles and addresses that mails, people and tests rely on."""

from komet_import.web import router
from komet_import.web.server import local_path

PATHS = {
    "Data import": "/",
    "Review": "/review",
    "Report": "/report",
    "History": "/history",
    "Balances": "/balances",
    "Messages": "/messages",
    "Account": "/account",
    "Users": "/users",
    "Locations": "/locations",
    "Mail": "/mail",
}


def test_every_page_has_the_title_and_path_that_people_rely_on() -> None:
    assert {screen.title: "/" + screen.path for screen in router.SCREENS} == PATHS


def test_sign_in_can_lead_to_every_page() -> None:
    for path in PATHS.values():
        assert local_path(path + "?batch=AB12") == path + "?batch=AB12"


def test_only_the_administration_is_for_admins() -> None:
    assert [screen.title for screen in router.SCREENS if screen.admin] == ["Users", "Locations", "Mail"]


def test_the_router_does_not_lie_beside_the_pages() -> None:
    assert router.PAGES.is_dir()
    assert router.PAGES not in router.LAYOUT.parent.iterdir()
    assert not (router.LAYOUT.parent / "pages").exists()
