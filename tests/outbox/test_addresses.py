"""No address that somebody has brought becomes a link in a mail; ours stays one."""

import pytest

from komet_import.outbox.mail.addresses import unlinked
from komet_import.outbox.mail.wording import MailedChange, MailedChanges, compose_approval, compose_period
from komet_import.types.open_credits import OPEN_CREDITS

JOINER = "\u2060"
OURS = "https://import.flor.example/report?batch=b"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("http://evil.example/a", "http:|//evil|.example/a"),
        ("HTTPS://EVIL.EXAMPLE", "HTTPS:|//EVIL|.EXAMPLE"),
        ("see www.evil.example.", "see www|.evil|.example."),
        ("www.evil.com credits.xlsx", "www|.evil|.com credits.xlsx"),
        ("evil.com", "evil|.com"),
        ("WWW.evil.com.xlsx", "WWW|.evil|.com|.xlsx"),
        ("café-flor.example", "café-flor|.example"),
        ("folder/my_sheet.com", "folder/my_sheet.com"),
        ("mailto:eve@evil.example", "mailto|:eve|@evil|.example"),
        ("ftp://10.0.0.1/x", "ftp:|//10.0.0.1/x"),
        ("Fw: march credits (2).XLSX", "Fw: march credits (2).XLSX"),
        ("credits 2026.03.csv", "credits 2026.03.csv"),
        ("Petals & Co. of J.R. Ewing, $1,234.50: 3.5 %", "Petals & Co. of J.R. Ewing, $1,234.50: 3.5 %"),
        ("", ""),
    ],
)
def test_an_address_reads_as_it_was_written_and_is_none(text: str, shown: str) -> None:
    assert unlinked(text) == shown.replace("|", JOINER)
    assert unlinked(text).replace(JOINER, "") == text


def test_whatever_a_mail_says_of_people_and_files_holds_no_address_but_ours() -> None:
    bad = "https://evil.example"
    change = MailedChange(customer=f"FL1 {bad}", now="$1.00", after="$2.00", note=bad)
    approval = compose_approval(
        outcome="Asked",
        headline=f"Rita asks: {bad}",
        facts={"Reason": bad, "Edits": (bad, bad), "Balances": MailedChanges(lines=(change,), more=0)},
        button="Open it",
        file_name=bad,
        recipient_name=bad,
        url=OURS,
        company=bad,
        type=OPEN_CREDITS,
    )
    period = compose_period(
        "March 2026", closed=True, by=bad, note=bad, recipient_name=bad, url=OURS, company=bad
    )
    for mail in (approval, period):
        for told in (mail.html, mail.text):
            assert OURS in told and bad not in told
            assert told.replace(JOINER, "").count(bad) >= 4
            assert "://" not in told.replace(OURS, "").replace('xmlns="http://', "")
