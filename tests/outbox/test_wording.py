"""The words of a mail that is about no batch."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from komet_import.ledger.receipt import Tally
from komet_import.ledger.reversal_record import Reversal
from komet_import.outbox.mail.wording import (
    MailedChange,
    MailedChanges,
    compose_period,
    compose_reversal,
    compose_test,
)
from komet_import.types import OPEN_CREDITS

AT = datetime(2026, 3, 2, 10, 42, tzinfo=UTC)


def test_the_test_mail_says_where_it_comes_from() -> None:
    mail = compose_test(recipient_name="Ada", company="Petals & Co.", public_url="http://localhost:8501")
    assert mail.subject == "Test mail from Petals & Co."
    assert "http://localhost:8501" in mail.text
    assert "Petals &amp; Co." in mail.html


@pytest.mark.parametrize(
    ("closed", "said", "means"),
    [
        (True, "closed", "No credits or invoices dated in March 2026 can be imported until it is reopened."),
        (False, "reopened", "Credits and invoices dated in March 2026 can be imported again."),
    ],
)
def test_the_mail_about_a_month_says_what_may_be_imported_now(
    three_types: None, closed: bool, said: str, means: str
) -> None:
    mail = compose_period(
        "March 2026",
        closed=closed,
        by="Ada",
        note="All booked",
        recipient_name="Rita",
        url="http://localhost:8501/periods",
        company="Petals & Co.",
    )
    assert mail.subject == f"March 2026 {said}"
    for line in (f"Ada {said} March 2026.", "All booked", means):
        assert line in " ".join(mail.text.split()), line


def test_the_mail_about_a_reversal_says_how_much_was_given_back_and_what_may_come_again() -> None:
    whole = Reversal(
        batch_id="b",
        type_slug="open-credits",
        file_name="march.xlsx",
        posted_at=AT,
        reversed_at=AT,
        reversed_by="Carl",
        reason="Wrong month",
        taken_back=Tally(rows=2, amount=-12_500),
        last=True,
    )

    def told(reversal: Reversal) -> tuple[str, str]:
        mail = compose_reversal(
            reversal, recipient_name="Rita", report_url="u", company="Petals", type=OPEN_CREDITS
        )
        return mail.subject, " ".join(mail.text.split())

    subject, text = told(whole)
    assert subject == "2 credits reversed — march.xlsx" and "2 credits were reversed: $12.50." in text
    assert "The sheet and its credit numbers may be imported again." in text and "Wrong month" in text
    subject, text = told(replace(whole, taken_back=Tally(rows=1, amount=-12_500), last=False))
    assert subject == "1 credit reversed — march.xlsx" and "1 credit was reversed: $12.50." in text
    assert "This credit may be imported again." in text


def test_the_changes_of_balances_stand_below_each_other_whichever_is_the_longest() -> None:
    short = MailedChange("A", "1", "2", "")
    long = MailedChange("Petal & Stem", "1,000.00", "2", "")
    for lines in ((short, long), (long, short)):
        changes = MailedChanges(lines=lines, more=0)
        assert [changes.width(place) for place in range(2)] == [len("Petal & Stem"), len("1,000.00")]
    assert MailedChanges(lines=(), more=0).width(0) == 0
