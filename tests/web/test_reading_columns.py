"""What the panel *How your file was read* draws of columns."""

import pytest
from streamlit.testing.v1 import AppTest

from komet_import import services
from komet_import.web.review.look import Reviewing
from komet_import.web.review.reading_panel import reading
from tests.services.workspace import HEADERS, People, credit, opened
from tests.web.test_drawn import drawn


def doubts(people: People, batch_id: str) -> AppTest:
    found, seen = services.propose(people.rita, batch_id, {})
    looking = Reviewing(batch_id, people.rita.id)
    return drawn(lambda: reading._doubts(people.rita, looking, found, seen, [], []))


def boxes(page: AppTest) -> int:
    """How many frames are drawn."""
    blocks, count = [page.main], 0
    while blocks:
        block = blocks.pop()
        count += "border: true" in str(getattr(block, "proto", "")).split("}")[0]
        blocks += getattr(block, "children", {}).values()
    return count


@pytest.mark.parametrize(
    ("headers", "rows", "drawn_boxes"),
    [
        (HEADERS[1:], [credit("A")[1:]], 0),  # no column is its customer, and none is left to choose
        (HEADERS, [credit("A", day="03/04/2026"), credit("B", day="05/04/2026")], 1),
    ],
)
def test_what_is_missing_is_said_without_an_empty_frame(
    people: People, headers: tuple[str, ...], rows: list[tuple[object, ...]], drawn_boxes: int
) -> None:
    page = doubts(people, opened(people.rita, *rows, headers=headers))
    (title,) = [one.value for one in page.subheader]
    assert (title == "Match by hand") is (not drawn_boxes)
    assert boxes(page) == drawn_boxes
