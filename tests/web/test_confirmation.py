"""What a card says of rows that wait to be confirmed."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from komet_import.review.catalogue import POSSIBLE_DUPLICATE, REPEATED_ROW
from komet_import.review.issues import Issue
from komet_import.types import OPEN_CREDITS
from komet_import.web.review.cards import confirmation
from komet_import.web.review.cards.confirmation import alike
from komet_import.web.review.look import Reviewing
from tests.web.test_drawn import drawn

SAME, SAMES = "customer, date and amount", "customers, dates and amounts"
MARCH = [datetime(2026, 3, day, 12, tzinfo=UTC) for day in (9, 2, 31)]


def before(*at: datetime) -> list[Issue]:
    return [
        Issue(row=n, column="Credit #", code=POSSIBLE_DUPLICATE, value="", facts={"date": day})
        for n, day in enumerate(at, 2)
    ]


def again(*others: int) -> list[Issue]:
    return [
        Issue(row=n, column="Credit #", code=REPEATED_ROW, value="", facts={"other": other})
        for n, other in enumerate(others, 7)
    ]


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (before(MARCH[0]), f"A credit of the same {SAME} was imported on 2026-03-09 UTC."),
        (before(MARCH[0], MARCH[0]), f"Credits of the same {SAMES} were imported on 2026-03-09 UTC."),
        (
            before(*MARCH),
            f"Credits of the same {SAMES} were imported between 2026-03-02 UTC and 2026-03-31 UTC.",
        ),
        (again(3), f"Row 7 has the same {SAME} as row 3."),
        (again(3, 4), f"2 rows have the same {SAME} as a row above them."),
        (
            [*before(MARCH[1]), *again(3)],
            f"A credit of the same {SAME} was imported on 2026-03-02 UTC. "
            f"Row 7 has the same {SAME} as row 3.",
        ),
        ([], ""),
    ],
)
def test_what_holds_for_all_of_them_is_one_sentence_each(seen: list[Issue], told: str) -> None:
    assert alike(OPEN_CREDITS, seen) == told


def test_so_many_are_confirmed_one_by_one_and_the_others_are_counted() -> None:
    count = confirmation.SHOWN_ONE_BY_ONE + 3
    seen = [replace(one, facts={**one.facts, "same": SAME, "noun": "credit"}) for one in again(*[3] * count)]
    user, kind = SimpleNamespace(id=1), SimpleNamespace(name="k")
    page = drawn(
        lambda: confirmation._one_by_one(user, Reviewing("few", 1), seen, kind)  # type: ignore[arg-type]
    )
    assert len(page.button) == 2 * confirmation.SHOWN_ONE_BY_ONE
    assert [one.value for one in page.caption][confirmation.SHOWN_ONE_BY_ONE :] == ["and 3 more"]
