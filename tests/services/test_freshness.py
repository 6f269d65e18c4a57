"""A list of drafts promises nothing that opening them denies."""

from collections.abc import Callable

import pytest

from komet_import import services
from komet_import.services.draft import freshness
from komet_import.services.draft.desk import DESK
from komet_import.web.home import drafts
from tests.services import workspace
from tests.services.workspace import People, credit
from tests.web.test_drawn import drawn


def listed(people: People) -> dict[str, services.Listed]:
    found = services.drafts(people.rita)
    return {draft.batch.id: draft for draft in workspace.ours(found)}


def badges(people: People, batch_id: str) -> list[str]:
    draft = listed(people)[batch_id]
    page = drawn(lambda: drafts._badge(draft))
    return [one.value for one in page.markdown]


def nothing() -> None:
    """The process goes on."""


def new_process() -> None:
    """What was judged is forgotten."""
    DESK.__init__()  # type: ignore[misc]


@pytest.mark.parametrize("before", [nothing, new_process])
def test_a_draft_whose_rows_were_imported_elsewhere_is_ready_no_longer(
    people: People, before: Callable[[], None]
) -> None:
    mine = workspace.opened(people.rita, credit("A"), credit("B"))
    theirs = workspace.opened(people.carl, credit("A"), credit("C"))
    assert listed(people)[mine].batch.rows_rejected == 0
    services.post(people.carl, theirs)
    before()
    draft = listed(people)[mine]
    assert (draft.current, draft.batch.rows_rejected) == (True, 1)
    assert services.view(people.rita, mine).figures.not_posted.rows == 1


def test_of_a_draft_that_is_too_large_to_be_judged_for_a_list_nothing_is_promised(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freshness, "MOST_ROWS", 1)
    mine = workspace.opened(people.rita, credit("A"), credit("B"))
    assert "Ready" in badges(people, mine)[0]
    services.post(people.carl, workspace.opened(people.carl, credit("C")))
    assert "To be checked again" in badges(people, mine)[0]
    services.view(people.rita, mine)
    assert "Ready" in badges(people, mine)[0], "who opened it has had it judged"


def test_drafts_are_judged_for_a_list_as_long_as_they_have_few_rows_together(
    people_here: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = workspace.opened(people_here.rita, credit("A"))
    larger = workspace.opened(people_here.rita, credit("B"), credit("C"))  # the newest is judged first
    for most, current in ((1, [True, False]), (2, [False, True]), (3, [True, True])):
        services.post(people_here.carl, workspace.opened(people_here.carl, credit(f"D{most}")))
        monkeypatch.setattr(freshness, "MOST_ROWS", most)
        assert [listed(people_here)[id_].current for id_ in (small, larger)] == current


def test_a_list_judges_a_draft_once_after_each_import(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = workspace.opened(people.rita, credit("A"))
    services.post(people.carl, workspace.opened(people.carl, credit("C")))
    assert listed(people)[mine].current
    monkeypatch.setattr(freshness, "view", None)
    DESK.drop(mine)
    assert listed(people)[mine].current


def test_of_a_draft_with_bad_rows_no_fewer_are_said_to_be_bad_than_are(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [credit("A"), credit("B"), credit("C", customer="NOBODY")]
    mine, theirs = workspace.opened(people.rita, *rows), workspace.opened(people.carl, *rows)
    assert "1 needs attention" in badges(people, mine)[0]
    services.post(people.carl, theirs)
    assert listed(people)[mine].batch.rows_rejected == 3
    monkeypatch.setattr(freshness, "MOST_ROWS", 1)
    new_process()
    assert "To be checked again" in badges(people, mine)[0]
