"""What a look does besides the rows: the work of its buttons."""

from types import SimpleNamespace
from typing import Any

import pytest

from komet_import import services
from komet_import.refusal import Refusal
from komet_import.review.draft import Draft
from komet_import.review.edits import CellChange, Changes
from komet_import.review.judge import judge
from komet_import.review.window import Look, Show
from komet_import.web.review.look import Reviewing
from komet_import.web.shared import vanished
from tests.review.drafting import AS_THEY_ARE, draft, reference, row
from tests.services.workspace import People


def test_a_button_s_work_is_done_once_when_the_page_is_drawn_and_its_refusal_is_said(
    people: People, looking: Reviewing
) -> None:
    done: list[str] = []
    looking.later(lambda: done.append("first"))()
    looking.later(lambda: importing_nothing(people))()
    assert done == []
    looking.run_next()
    looking.run_next()
    assert (done, looking.waiting) == (["first"], [])
    assert [(notice["level"], notice["text"][-1]) for notice in looking.notices] == [("error", ".")]


def importing_nothing(people: People) -> None:
    services.view(people.rita, "no-such-batch")


@pytest.mark.parametrize("code", ["already-imported", "discarded"])
def test_where_the_draft_is_no_draft_any_more_the_page_says_so_and_not_its_grid(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(vanished, "tell", lambda: told.append(code))

    def work() -> None:
        raise Refusal(code, "It is gone.")

    looking = Reviewing("gone", 1)
    looking.later(work)()
    looking.run_next()
    assert (told, looking.notices) == ([code], [])


def test_it_is_told_how_many_rows_are_in_view_only_because_they_were_fixed_there() -> None:
    def opened(sheet: Draft) -> Any:
        return SimpleNamespace(draft=sheet, judgement=judge(sheet, reference()))

    def setting(number: int, before: str, after: str) -> Changes:
        return Changes(cells=(CellChange(number, "Credit Balance", before, after),))

    sheet = draft(row(amount="-5"), row(number="B"), row(number="C", amount="-7")).apply(AS_THEY_ARE)
    looking = Reviewing("fixing", 1, look=Look(show=Show.ATTENTION))
    assert looking.fixed(opened(sheet)) is None, "nothing was looked at yet"
    assert looking.see(opened(sheet)).tolist() == [0, 2]
    assert looking.fixed(opened(sheet)) is None
    one = sheet.apply(setting(4, "-7", "7"))
    assert looking.see(opened(one)).tolist() == [0, 2] and looking.fixed(opened(one)) == 1
    assert looking.fixed(opened(one.apply(setting(2, "-5", "5")))) == 2
    assert looking.fixed(opened(one.apply(setting(4, "7", "-7")))) is None
