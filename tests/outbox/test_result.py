"""The words of the mail about a posted batch, whatever a file or a person is called."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from komet_import.ledger.receipt import Tally
from komet_import.outbox.mail.result import compose_result
from komet_import.refusal import on_one_line
from komet_import.types import CUSTOMERS
from tests.outbox.people import composed, receipt

REPORT = "http://localhost:8501/report?batch=BATCH1"


class _Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    ("posted", "rejected", "left_out", "subject"),
    [
        (37, 3, 0, "37 credits imported, 3 rejected — march-credits.xlsx"),
        (40, 0, 0, "40 credits imported — march-credits.xlsx"),
        (1, 0, 2, "1 credit imported, 2 excluded — march-credits.xlsx"),
        (0, 40, 0, "No credits imported, 40 rejected — march-credits.xlsx"),
        (1234, 1, 1, "1,234 credits imported, 1 rejected, 1 excluded — march-credits.xlsx"),
    ],
)
def test_the_subject_says_the_result(posted: int, rejected: int, left_out: int, subject: str) -> None:
    assert composed(receipt(posted=posted, rejected=rejected, left_out=left_out)).subject == subject


@pytest.mark.parametrize(
    ("posted", "rejected", "sentence"),
    [
        (37, 3, "37 of 40 credits were imported: $92.50."),
        (40, 0, "40 credits were imported: $100.00."),
        (1, 0, "1 credit was imported: $2.50."),
        (1, 1, "1 of 2 credits was imported: $2.50."),
        (0, 40, "None of 40 credits could be imported."),
    ],
)
def test_the_first_sentence_says_how_much(posted: int, rejected: int, sentence: str) -> None:
    mail = composed(receipt(posted=posted, rejected=rejected))
    assert sentence in mail.text
    assert sentence in mail.html


@pytest.mark.parametrize(
    ("posted", "added", "subject", "sentence", "lines"),
    [
        (0, 0, "No customers changed", "None of 119 customers needed a change.", {"Changed": 0}),
        (3, 0, "3 customers changed", "3 of 122 customers were changed.", {"Changed": 3}),
        (3, None, "3 customers changed", "3 of 122 customers were changed.", {"Changed": 3}),
        (3, 3, "3 customers added", "3 of 122 customers were added.", {"Added": 3}),
        (
            *(3, 1, "1 customer added, 2 customers changed"),
            *("3 of 122 customers were added or changed.", {"Added": 1, "Changed": 2}),
        ),
    ],
)
def test_of_records_what_is_new_what_changed_and_what_needed_no_change_is_told_apart(
    posted: int, added: int | None, subject: str, sentence: str, lines: dict[str, int]
) -> None:
    told = replace(receipt(posted=posted, rejected=0, money=False), added=added)
    mail = compose_result(
        replace(told, unchanged=Tally(rows=119, amount=None), read=Tally(rows=posted + 119, amount=None)),
        recipient_name="Rita",
        reasons=[],
        report_url=REPORT,
        company="Petals & Co.",
        type=CUSTOMERS,
    )
    assert mail.subject == f"{subject}, 119 unchanged — march-credits.xlsx"
    assert sentence in mail.text
    for word in ("Added", "Changed"):
        assert [int(n) for n in re.findall(rf"{word} +(\d+) row", mail.text)] == [
            *([lines[word]] if word in lines else [])
        ]


def test_a_success_names_no_reasons() -> None:
    mail = composed(receipt(rejected=0))
    for body in (mail.text, mail.html):
        for absent in ("rejected", "excluded", "unchanged"):
            assert absent not in body.lower()
        assert REPORT in body


def test_rejected_rows_come_with_counts_money_reasons_and_the_link() -> None:
    mail = composed()
    lines = [" ".join(line.split()) for line in mail.text.splitlines()]
    assert "Imported 37 rows $92.50" in lines
    assert "Rejected 3 rows $7.50" in lines
    assert "Read 40 rows $100.00" in lines
    assert "2 Unknown customer" in lines
    assert REPORT in lines
    elements = _Elements(mail.html)
    assert ("href", REPORT) in elements.attributes
    assert "$7.50" in elements.text
    assert "Unknown customer" in elements.text


def test_a_line_whose_amounts_are_in_no_sum_says_so_in_words() -> None:
    none = Tally(rows=2, amount=0, unreadable=2)
    mail = composed(replace(receipt(posted=0, rejected=2), read=none, rejected=none))
    lines = [" ".join(line.split()) for line in mail.text.splitlines()]
    assert "Rejected 2 rows 2 amounts could not be read" in lines
    assert "Read 2 rows 2 amounts could not be read" in lines
    assert _Elements(mail.html).text.count("2 amounts could not be read") == 2


def test_only_the_first_reasons_are_listed_and_the_others_counted() -> None:
    mail = compose_result(
        receipt(rejected=28),
        recipient_name="Rita",
        reasons=[(f"Reason {number}", 8 - number) for number in range(7)],
        report_url=REPORT,
        company="Petals & Co.",
        type=CUSTOMERS,
    )
    assert "Reason 4" in mail.text
    assert "Reason 5" not in mail.text + mail.html
    assert "and 2 other kinds of problem" in " ".join(mail.text.split())


def test_a_type_without_money_shows_none() -> None:
    mail = compose_result(
        receipt(money=False),
        recipient_name="Rita",
        reasons=[],
        report_url=REPORT,
        company="Petals & Co.",
        type=CUSTOMERS,
    )
    assert mail.subject.startswith("37 customers changed")
    assert "$" not in mail.text
    assert "$" not in _Elements(mail.html).text
    assert "Amount" not in mail.html


def test_the_text_is_not_the_html_again() -> None:
    mail = composed()
    assert "<" not in mail.text
    assert "style" not in mail.text


def test_the_html_loads_nothing_from_elsewhere() -> None:
    elements = _Elements(composed().html)
    assert not {"img", "link", "style", "script", "iframe"} & set(elements.tags)
    assert not {name for name, _ in elements.attributes} & {"src", "background", "srcset"}
    assert "url(" not in composed().html


@pytest.mark.parametrize(
    "name",
    [
        "<b>bold</b>.xlsx",
        "<img src=x onerror=alert(1)>.xlsx",
        "{{ company }} {% raw %}.xlsx",
        "</td></table><script>alert(1)</script>",
        'a"onmouseover="x',
        "&amp;.xlsx",
    ],
)
def test_names_are_text_and_nothing_else(name: str) -> None:
    mail = composed(receipt(file_name=name, posted_by=name), name=name)
    elements = _Elements(mail.html)
    assert elements.tags == _Elements(composed().html).tags
    assert elements.text.count(name) == 3
    assert mail.text.count(name) == 3
    assert mail.subject.endswith(f"— {name}")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Hi\n\nx", "Hi x"),
        ("a\r\nBcc: eve@evil.example", "a Bcc: eve@evil.example"),
        ("a\u2028b\u2029c\x85d\x00e\tf", "a b c d e f"),
        ("march\u202excod.exe", "marchxcod.exe"),
        ("half \ud83d character", "half \N{REPLACEMENT CHARACTER} character"),
        ("  crédits 🌹 مارس.xlsx ", "crédits 🌹 مارس.xlsx"),
    ],
)
def test_a_name_is_put_on_one_line(name: str, shown: str) -> None:
    assert on_one_line(name) == shown
    mail = composed(receipt(file_name=name), name=name)
    assert mail.subject.endswith(f"— {shown}")
    (mail.subject + mail.html + mail.text).encode()


def test_a_long_file_name_is_cut_and_its_ending_kept() -> None:
    subject = composed(receipt(file_name="x" * 250 + " credits.xlsx")).subject
    assert len(subject) <= 200
    assert subject.startswith("37 credits imported, 3 rejected — xxx")
    assert subject.endswith(" credits.xlsx")


def test_a_file_name_that_is_a_path_stays_a_name() -> None:
    path = str(Path(__file__).resolve())
    assert path in composed(receipt(file_name=path)).text
