"""The words of a mail: what a person wants to know of a posting, in the subject already.

Names and reasons come from people and files, so the HTML is made with autoescape, and everything that
must stand on one line is put on one line first. The HTML loads nothing from elsewhere and sets no
background and no text colour of its own, so that it reads well on light and on dark.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from komet_import.ledger.receipt import Receipt, Tally
from komet_import.ledger.reversal_record import Reversal
from komet_import.refusal import on_one_line
from komet_import.types import ImportType, Meaning, saying
from komet_import.types.schema import listed, money

SUBJECT_LENGTH = 200
REASONS_SHOWN = 5

_templates = Environment(
    loader=PackageLoader("komet_import.outbox.mail"),
    autoescape=select_autoescape(enabled_extensions=("html",), default=False),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


@dataclass(frozen=True, kw_only=True)
class Composed:
    """A mail without its addresses: a subject of one line, HTML, and a text of its own."""

    subject: str
    html: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the receipt as it is printed; `amount` is empty for a type without money."""

    label: str
    rows: str
    amount: str


def compose_result(
    receipt: Receipt,
    *,
    recipient_name: str,
    reasons: Sequence[tuple[str, int]],
    report_url: str,
    company: str,
    type: ImportType,
) -> Composed:
    """The mail about a posted batch.

    `reasons` are kinds of issues and the number of rows with each, most frequent first.
    """
    lines, posted_by = _lines(receipt, type), on_one_line(receipt.posted_by)
    shown = [(on_one_line(title), rows) for title, rows in reasons[:REASONS_SHOWN]]
    words = {
        "name": on_one_line(recipient_name),
        "company": on_one_line(company),
        "file": on_one_line(receipt.file_name),
        "type": type.title,
        "headline": _headline(receipt, type),
        "lines": lines,
        "label_width": max(len(line.label) for line in lines),
        "rows_width": max(len(line.rows) for line in lines),
        "amount_width": max(len(line.amount) for line in lines),
        "expected": receipt.expected_sentence,
        "as_expected": not receipt.difference,
        "confirmed": receipt.confirmed_sentence(type),
        "apart": receipt.apart.sentences,
        "rejected": receipt.rejected.rows,
        "reasons": shown,
        "further_reasons": max(len(reasons) - REASONS_SHOWN, 0),
        "report_url": report_url,
        "by": f"imported by {posted_by}"
        if not receipt.prepared_by
        else f"prepared by {on_one_line(receipt.prepared_by)}, approved by {posted_by}",
        "posted_at": f"{receipt.posted_at:%-d %B %Y, %H:%M} UTC",
    }
    subject = _subject(_outcome(receipt, type), on_one_line(receipt.file_name))
    return Composed(
        subject=subject,
        html=_templates.get_template("result.html").render(words),
        text=_templates.get_template("result.txt").render(words),
    )


def compose_reversal(
    reversal: Reversal, *, recipient_name: str, report_url: str, company: str, type: ImportType
) -> Composed:
    """The mail about a reversed batch."""
    counted = type.counted(reversal.taken_back.rows)
    verb = "was" if reversal.taken_back.rows == 1 else "were"
    amount = "" if reversal.taken_back.amount is None else f": {money(-reversal.taken_back.amount)}"
    words = {
        "name": on_one_line(recipient_name),
        "company": on_one_line(company),
        "file": on_one_line(reversal.file_name),
        "type": type.title,
        "headline": f"{counted} {verb} reversed{amount}.",
        "reason": on_one_line(reversal.reason),
        "again": _again(reversal, type),
        "redated": reversal.redated_sentence,
        "report_url": report_url,
        "posted_at": f"{reversal.posted_at:%-d %B %Y, %H:%M} UTC",
        "hands": on_one_line(reversal.hands),
        "reversed_at": f"{reversal.reversed_at:%-d %B %Y, %H:%M} UTC",
    }
    return Composed(
        subject=_subject(f"{counted} reversed", on_one_line(reversal.file_name)),
        html=_templates.get_template("reversal.html").render(words),
        text=_templates.get_template("reversal.txt").render(words),
    )


def _again(reversal: Reversal, type: ImportType) -> str:
    """What a reversal gives back."""
    if not reversal.last:
        one = reversal.taken_back.rows == 1
        what = f"This {type.noun[0]}" if one else f"These {type.noun[1]}"
        return f"{what} may be imported again."
    numbers = f" and its {type.noun[0]} numbers" if type.column_for(Meaning.NUMBER) else ""
    return f"The sheet{numbers} may be imported again."


def compose_period(
    month: str, *, closed: bool, by: str, note: str, recipient_name: str, url: str, company: str
) -> Composed:
    """The mail to an Admin about a month that was closed or reopened."""
    kinds = saying(Meaning.DAY)
    nouns = listed([type.noun[1] for type in kinds], "or" if closed else "and")
    done = "closed" if closed else "reopened"
    means = (
        f"No {nouns} dated in {month} can be imported until it is reopened."
        if closed
        else f"{nouns.capitalize()} dated in {month} can be imported again."
    )
    words = {
        "name": on_one_line(recipient_name),
        "company": on_one_line(company),
        "headline": f"{on_one_line(by)} {done} {month}.",
        "note": on_one_line(note),
        "means": means,
        "url": url,
    }
    return Composed(
        subject=f"{month} {done}",
        html=_templates.get_template("period.html").render(words),
        text=_templates.get_template("period.txt").render(words),
    )


def compose_approval(
    *,
    outcome: str,
    headline: str,
    facts: Mapping[str, str],
    button: str,
    file_name: str,
    recipient_name: str,
    url: str,
    company: str,
    type: ImportType,
) -> Composed:
    """A mail between who prepares a batch and who may approve it: what happened, what to know, one link."""
    words = {
        "name": on_one_line(recipient_name),
        "company": on_one_line(company),
        "file": on_one_line(file_name),
        "type": type.title,
        "headline": on_one_line(headline),
        "facts": [(label, on_one_line(text)) for label, text in facts.items()],
        "button": button,
        "url": url,
    }
    return Composed(
        subject=_subject(outcome, on_one_line(file_name)),
        html=_templates.get_template("approval.html").render(words),
        text=_templates.get_template("approval.txt").render(words),
    )


def compose_test(*, recipient_name: str, company: str, public_url: str) -> Composed:
    """The mail that an Admin sends to try the mail server."""
    words = {"name": on_one_line(recipient_name), "company": on_one_line(company), "url": public_url}
    return Composed(
        subject=f"Test mail from {words['company']}",
        html=_templates.get_template("test.html").render(words),
        text=_templates.get_template("test.txt").render(words),
    )


def _outcome(receipt: Receipt, type: ImportType) -> str:
    """`37 credits imported, 3 rejected`; `3 customers changed, 119 unchanged`."""
    posted = type.counted(receipt.posted.rows) if receipt.posted.rows else f"No {type.noun[1]}"
    parts = [f"{posted} {type.done}"]
    if receipt.unchanged.rows:
        parts.append(f"{receipt.unchanged.rows:,} unchanged")
    if receipt.rejected.rows:
        parts.append(f"{receipt.rejected.rows:,} rejected")
    if receipt.left_out.rows:
        parts.append(f"{receipt.left_out.rows:,} left out")
    return ", ".join(parts)


def _headline(receipt: Receipt, type: ImportType) -> str:
    """The first sentence: how much of the sheet was imported, in rows and in money."""
    read, posted = receipt.read.rows, receipt.posted.rows
    if not posted:
        why = "needed a change" if receipt.unchanged.rows else f"could be {type.done}"
        return f"None of {type.counted(read)} {why}."
    what = type.counted(posted) if posted == read else f"{posted:,} of {type.counted(read)}"
    verb = "was" if posted == 1 else "were"
    amount = "" if receipt.posted.amount is None else f": {money(receipt.posted.amount)}"
    return f"{what} {verb} {type.done}{amount}."


def _subject(outcome: str, file_name: str) -> str:
    """The result first: a long file name is cut in its middle, where its ending stays readable."""
    room = SUBJECT_LENGTH - len(outcome) - len(" — ")
    if len(file_name) > room:
        file_name = f"{file_name[: room - 21]}…{file_name[-20:]}"
    return f"{outcome} — {file_name}"


def _lines(receipt: Receipt, type: ImportType) -> list[Line]:
    def line(label: str, tally: Tally) -> Line:
        return Line(
            label=label,
            rows=f"{tally.rows:,}",
            amount="" if tally.amount is None else money(tally.amount),
        )

    lines = [line(type.done.capitalize(), receipt.posted)]
    if receipt.unchanged.rows:
        lines.append(line("Unchanged", receipt.unchanged))
    if receipt.rejected.rows:
        lines.append(line("Rejected", receipt.rejected))
    if receipt.left_out.rows:
        lines.append(line("Left out", receipt.left_out))
    return [*lines, line("Read", receipt.read)]
