"""An amount far above whatever this very customer had before is said to be, in numbers."""

import pytest

from komet_import.review import fixes
from komet_import.review.edits import setting
from komet_import.review.judge import colliding, judge, rejudge, standing_otherwise
from komet_import.review.reference import PartyStanding, Posted
from komet_import.review.unusual import ENOUGH, TIMES
from komet_import.types.open_invoices import OPEN_INVOICES
from tests.review.drafting import draft, reference, row


def known(documents: int = 34, largest: int = 10_000, party: int = 1, slug: str = "open-credits") -> Posted:
    return Posted(standing={party: {slug: PartyStanding(documents, documents * largest, largest)}})


def told(posted: Posted, *rows: tuple[str, ...]) -> list[tuple[int, str, str]]:
    """Row, code and message of what is unusual, as the whole sheet is judged."""
    judgement = judge(draft(*rows), reference(posted=posted))
    return [(i.row, i.column, i.message) for i in judgement.all() if i.code == "unusual-amount"]


def test_it_is_said_in_numbers_of_this_customers_own_history():
    rows = [row(amount="120.00"), row(number="2", customer="FL220"), row(number="3", amount="100.00")]
    assert told(known(), *rows) == [
        (
            2,
            "Credit Balance",
            "Credit Balance 120.00 is 12 times the largest of this customer's 34 credits before, $10.00; "
            "correct it, or confirm it.",
        )
    ]


@pytest.mark.parametrize(
    ("posted", "amount", "unusual"),
    [
        (known(documents=ENOUGH), "100.01", True),
        (known(documents=ENOUGH), "100.00", False),  # not more than so many times
        (known(documents=ENOUGH - 1), "5000", False),  # too few to say what is usual
        (known(largest=0), "5000", False),
        (known(slug="open-invoices"), "5000", False),  # another type's history says nothing of this one
        (known(party=2), "5000", False),
        (Posted(), "5000", False),
        (known(), "n/a", False),
    ],
)
def test_what_is_unusual(posted, amount, unusual):
    assert bool(told(posted, row(amount=amount))) is unusual
    assert TIMES == 10


def test_it_waits_to_be_confirmed_and_a_confirmation_holds_while_the_largest_is_the_same():
    sheet = draft(row(amount="500"))
    judgement = judge(sheet, reference(posted=known()))
    assert (judgement.to_confirm.tolist(), judgement.warnings.tolist()) == ([True], [True])
    given = sheet.apply(fixes.confirm(sheet, judgement.waiting()))
    assert judge(given, reference(posted=known())).ready.all()
    assert judge(given, reference(posted=known(documents=35))).ready.all()
    assert judge(given, reference(posted=known(largest=9_000))).to_confirm.all()


def test_rows_that_are_judged_again_are_the_unusual_ones_and_an_edit_tells_the_same():
    sheet = draft(row(amount="500"), row(number="2", amount="7"), row(number="3", customer="FL220"))
    facts = reference(posted=known())
    blank = judge(sheet, reference())
    assert colliding(blank, sheet, facts.posted) == [0]
    assert colliding(blank, sheet, known(documents=ENOUGH)) == [0]
    assert colliding(blank, sheet, known(documents=ENOUGH - 1)) == []
    start = rejudge(blank, sheet, facts, [0])
    assert list(start.all()) == list(judge(sheet, facts).all())
    edited = sheet.apply(setting([(2, "Credit Balance", "500", "5"), (3, "Credit Balance", "7", "700")]))
    assert [i.row for i in rejudge(start, edited, facts, [0, 1]).all()] == [3]


def test_only_rows_of_customers_whose_history_moved_are_judged_again():
    sheet = draft(row(amount="500"), row(number="2", customer="FL220", amount="500"))
    judgement = judge(sheet, reference())
    both = known().standing | known(party=2).standing
    grown = both | known(documents=35).standing
    assert standing_otherwise(judgement, sheet, both, both) == []
    assert standing_otherwise(judgement, sheet, both, grown) == [0]
    assert standing_otherwise(judgement, sheet, known(party=2).standing, both) == [0]
    assert standing_otherwise(judgement, sheet, both, {}) == [0, 1]


def test_invoices_are_measured_by_invoices():
    headers = tuple(column.name for column in OPEN_INVOICES.columns)
    sheet = draft(("I-1", "FL219", "2026-03-02", "500", "PO 1", "MIA"), headers=headers, type=OPEN_INVOICES)
    (issue,) = judge(sheet, reference(posted=known(slug="open-invoices"))).all()
    assert "50 times the largest of this customer's 34 invoices before" in issue.message
