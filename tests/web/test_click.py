"""A click on Import: it is done once, for what the button said, however late its page is drawn."""

import time

import pytest

from komet_import import services
from komet_import.ledger.models import Adjustment
from komet_import.ledger.posting import PostingRefusal
from komet_import.settings import settings
from komet_import.web.review.look import Reviewing
from tests.services import workspace
from tests.services.workspace import People, credit, refused


def test_a_click_is_done_however_late_its_page_is_drawn(people: People, looking: Reviewing) -> None:
    looking.click.promise(services.view(people.rita, looking.batch_id), decides=False)
    looking.click.begin(people.rita)
    deadline = time.monotonic() + 20
    while not (looking.click.posting and looking.click.posting.done()) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert workspace.count(Adjustment) == 2  # and nothing of the page has run since
    receipt = looking.click.settle()
    assert receipt is not None and receipt.posted.rows == 2
    assert looking.click.settle() is None


def test_a_click_for_what_was_said_before_another_changed_it_is_answered(
    people: People, looking: Reviewing
) -> None:
    looking.click.promise(services.view(people.rita, looking.batch_id), decides=False)
    services.set_cells(people.carl, looking.batch_id, [(2, "Customer Code", "FL219", "FL220")])
    looking.click.begin(people.rita)
    assert looking.click.settle() is None and looking.click.answer is not None
    assert [d.words for d in looking.click.answer.differences] == [
        "Customer Code in row 2: “FL219” → “FL220”"
    ]
    assert workspace.count(Adjustment) == 0
    looking.click.promise(services.view(people.rita, looking.batch_id), decides=False)
    looking.click.begin(people.rita)
    assert looking.click.settle() is not None and looking.click.answer is None


def test_a_click_on_what_a_colleague_has_imported_says_where_that_is(
    people: People, looking: Reviewing
) -> None:
    looking.click.promise(services.view(people.rita, looking.batch_id), decides=False)
    services.post(people.carl, looking.batch_id)
    looking.click.begin(people.rita)
    refusal = refused("already-imported", looking.click.settle)
    assert isinstance(refusal, PostingRefusal) and refusal.batch_id == looking.batch_id
    assert looking.click.answer is None


def test_a_click_sends_for_approval_what_the_button_said_or_nothing(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOMET_APPROVAL", "always")
    settings.cache_clear()
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", customer="FL220"))
    looking = Reviewing(batch_id, people.rita.id)
    looking.click.promise(services.view(people.rita, batch_id), decides=False)
    workspace.change_customer("FL220", active=False)
    looking.click.begin(people.rita)
    assert looking.click.settle() is None and looking.click.answer is not None
    assert "changed since you looked" in looking.click.answer.message
    assert services.waiting_for(people.carl) == []


def test_two_clicks_post_once(people: People, looking: Reviewing) -> None:
    looking.click.promise(services.view(people.rita, looking.batch_id), decides=False)
    for _ in range(5):
        looking.click.begin(people.rita)
    assert looking.click.settle() is not None
    assert workspace.count(Adjustment) == 2
