"""What waits for approval is read-only for who decides, and whatever a button said is what its click does."""

import pytest

from komet_import import services
from komet_import.ledger.models import Adjustment, Batch, Message
from komet_import.ledger.receipt import Receipt
from komet_import.ledger.states import Move
from komet_import.services import Request
from komet_import.settings import settings
from komet_import.web.review.look import Reviewing
from komet_import.web.review.offers import Proposed
from komet_import.web.review.reading_panel.panel_answers import confirm_reading
from tests.services import workspace
from tests.services.workspace import People, credit
from tests.web.grids import Grid, setting, token_of


@pytest.fixture
def waiting(people: People, monkeypatch: pytest.MonkeyPatch) -> str:
    """Rita's batch that waits for approval."""
    monkeypatch.setenv("KOMET_APPROVAL", "always")
    settings.cache_clear()
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", amount=7))
    services.set_cells(people.rita, batch_id, [(3, "Comments", "", "late")])
    services.send(people.rita, batch_id)
    return batch_id


CHANGING = [
    setting(2, "Comments", "", "x"),
    {"kind": "exclude", "rows": [2]},
    {"kind": "restore", "rows": [2]},
    {"kind": "undo"},
    {"kind": "redo"},
    {"kind": "paste", "row": 2, "column": "Comments", "block": [["x"]]},
]


@pytest.mark.parametrize("action", CHANGING, ids=lambda action: action["kind"])
def test_who_decides_looks_and_changes_nothing(
    address: str, people: People, waiting: str, action: dict[str, object]
) -> None:
    looking = Reviewing(waiting, people.carl.id)
    grid = Grid(address, token_of(people.carl), looking.identity)
    before = workspace.everything()
    _, answer = grid.ask(action)
    assert answer["refused"]["code"] == "read-only", answer.get("refused")
    assert not any(column["editable"] for column in answer["columns"])
    assert answer["steps"] is None, "and has nothing to undo"
    assert workspace.everything() == before
    _, answer = grid.ask({"kind": "sort", "column": "Comments", "descending": True})
    assert answer["rows"][0]["row"] == 3, "they may look as they like"


def test_who_prepared_it_may_edit_and_so_withdraws_the_request(
    address: str, people: People, waiting: str
) -> None:
    looking = Reviewing(waiting, people.rita.id)
    grid = Grid(address, token_of(people.rita), looking.identity)
    _, answer = grid.ask(setting(2, "Comments", "", "x"))
    assert answer["refused"] is None and any(column["editable"] for column in answer["columns"])
    assert services.view(people.rita, waiting).batch.status == "draft"


def clicked(looking: Reviewing, user) -> object:  # type: ignore[no-untyped-def]
    looking.click.begin(user)
    assert looking.click.posting is not None
    looking.click.posting.exception(timeout=60)
    return looking.click.settle()


def test_a_click_does_what_the_button_said(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOMET_APPROVAL", "above")
    monkeypatch.setenv("KOMET_APPROVAL_ABOVE", "125")
    settings.cache_clear()
    batch_id = workspace.opened(people.rita, credit("A"), credit("B", amount=7))
    ritas, carls = Reviewing(batch_id, people.rita.id), Reviewing(batch_id, people.carl.id)
    ritas.click.promise(services.view(people.rita, batch_id), decides=False)
    assert ritas.click.move is Move.SEND
    assert isinstance(clicked(ritas, people.rita), Request) and workspace.count(Adjustment) == 0
    ritas.click.promise(services.view(people.rita, batch_id), decides=False)
    assert clicked(ritas, people.rita) is None and ritas.click.answer is not None, (
        "a second click is answered"
    )
    carls.checks = services.standing(people.carl, services.view(people.carl, batch_id)).decides
    carls.click.promise(services.view(people.carl, batch_id), decides=carls.checks)
    assert carls.click.move is Move.APPROVE
    services.leave_out(people.rita, batch_id, [2])
    assert clicked(carls, people.carl) is None and carls.click.answer is not None
    assert "no longer waits for approval" in carls.click.answer.message
    assert workspace.count(Adjustment) == 0
    ritas.click.promise(services.view(people.rita, batch_id), decides=False)
    assert ritas.click.move is Move.POST, "what is left is below the limit"
    assert isinstance(clicked(ritas, people.rita), Receipt)
    (batch,) = workspace.own(Batch)
    assert (batch.prepared_by, batch.posted_by, workspace.count(Message)) == (None, people.rita.id, 3)


def test_who_decides_answers_no_question_about_how_the_file_was_read(people: People, waiting: str) -> None:
    looking = Reviewing(waiting, people.carl.id)
    looking.checks = services.standing(people.carl, services.view(people.carl, waiting)).decides
    looking.proposed.keep(Proposed({}, {}, services.view(people.carl, waiting).batch.revision))
    before = workspace.everything()
    workspace.refused("read-only", lambda: confirm_reading(people.carl, looking))
    assert workspace.everything() == before
    looking.checks = False
    confirm_reading(people.carl, looking)
    assert looking.reading is False
