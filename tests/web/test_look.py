"""What a look does besides the rows: the work of its buttons."""

from komet_import import services
from komet_import.web.review.look import Reviewing
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
