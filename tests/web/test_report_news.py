"""An open report learns what others do with its import. By real requests."""

import urllib.error
import urllib.request
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from komet_import import services
from komet_import.ledger import database
from komet_import.ledger.models import UserSession, now
from komet_import.services import File
from komet_import.web.report import news
from komet_import.web.review.look import ROWS
from komet_import.web.shared.auth import SESSION_COOKIE
from tests.services import workspace
from tests.services.workspace import People, credit
from tests.web.grids import token_of
from tests.web.test_drawn import drawn


@pytest.fixture
def posted(people: People) -> str:
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", amount=7), credit("C", amount=-1))
    services.post(people.rita, batch_id)
    return batch_id


def asked(address: str, token: str, batch_id: str, version: str, **headers: str) -> int:
    url = f"{address.removesuffix(ROWS)}{news.NEWS}?{urlencode({'batch': batch_id, 'version': version})}"
    cookie = {"Cookie": f"{SESSION_COOKIE}={token}"}
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, headers=cookie | headers), timeout=20
        ) as told:
            return int(told.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def test_what_a_colleague_does_with_an_import_is_news_and_what_stands_is_none(
    address: str, people: People, posted: str
) -> None:
    token = token_of(people.rita)
    for act in (
        lambda: services.drop_rows(people.carl, posted, [4], reason="a test"),
        lambda: services.reverse(people.carl, posted, rows=[2], reason="a test"),
        lambda: services.reverse(people.carl, posted, rows=None, reason="a test"),
    ):
        version = services.last_happening(people.rita, posted)
        assert asked(address, token, posted, version) == 204
        act()
        assert asked(address, token, posted, version) == 200
    version = services.last_happening(people.rita, posted)
    services.download(people.carl, File.EVIDENCE, posted)
    assert asked(address, token, posted, version) == 204, "who takes its files away changes nothing"


@pytest.mark.twin
def test_what_becomes_of_its_rejected_rows_in_another_import_is_news_and_an_edit_there_is_none(
    address: str, people: People
) -> None:
    token = token_of(people.rita)
    first = workspace.opened(people.rita, credit("A"), *(credit(number, amount=0) for number in "BCD"))
    services.post(people.rita, first)
    shown: dict[str, str] = {}
    latest = first
    for amount in ("7", "9"):  # what is rejected again there is a row of both, and news for both
        shown[latest] = services.last_happening(people.rita, latest)
        draft = services.fix_rejected(people.carl, latest)
        for one, version in shown.items():
            assert asked(address, token, one, version) == 200, "who reads it sees that somebody is at it"
            shown[one] = services.last_happening(people.rita, one)
        row, before = next(iter(workspace.texts(people.carl, draft, "Credit Balance").items()))
        services.set_cells(people.carl, draft, [(row, "Credit Balance", before, amount)])
        for one, version in shown.items():
            assert asked(address, token, one, version) == 204
        services.post(people.carl, draft)
        for one, version in shown.items():
            assert asked(address, token, one, version) == 200
            shown[one] = services.last_happening(people.rita, one)
        latest = draft
    other = workspace.opened(people.rita, credit("Z", amount=11))
    services.post(people.rita, other)
    for one, version in shown.items():
        assert asked(address, token, one, version) == 204, "another import is none of it"


def test_news_are_for_who_may_see_the_report_and_for_this_app_s_own_page(
    address: str, people: People, posted: str
) -> None:
    version = services.last_happening(people.rita, posted)
    assert asked(address, "of nobody", posted, version) == 401
    assert asked(address, token_of(people.lou), posted, version) == 404
    assert asked(address, token_of(people.rita), posted, version, **{"Sec-Fetch-Site": "cross-site"}) == 403


def test_a_report_that_only_keeps_itself_up_to_date_does_not_keep_its_session_alive(
    address: str, people: People, posted: str
) -> None:
    token, own = token_of(people.rita), col(UserSession.user_id) == people.rita.id
    with database.transaction() as session:
        session.execute(update(UserSession).where(own).values(seen_at=now() - timedelta(hours=1)))
    assert asked(address, token, posted, "") == 200
    with database.reading() as session:
        seen = session.execute(select(col(UserSession.seen_at)).where(own)).scalar_one()
    assert now() - seen > timedelta(minutes=50)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (("B", "1", True), True),  # the browser has heard of it
        (("B", "1", False), False),  # its own person did it
        (("B", "2", True), False),  # both: it is drawn already
        (("A", "1", True), False),  # another report
    ],
)
def test_it_is_told_of_what_its_person_did_not_do(
    before: tuple[str, str, bool], said: bool, sqlite_database: str
) -> None:
    page = drawn(lambda: news.tell_of_news("B", "2"), report_drawn=before)
    assert bool(page.toast) == said
