"""The words of a mail: what a person wants to know of a posting, in the subject already.

Names and reasons come from people and files, so the HTML is made with autoescape, and everything that
must stand on one line is put on one line first. The HTML loads nothing from elsewhere and sets no
background and no text colour of its own, so that it reads well on light and on dark.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from komet_import import clock
from komet_import.language import _, ngettext
from komet_import.language.calendar import long_time
from komet_import.language.capital import capitalized
from komet_import.language.current import spoken
from komet_import.language.lists import listed
from komet_import.ledger.receipt import Receipt, Tally
from komet_import.ledger.reversal_record import Reversal
from komet_import.refusal import on_one_line
from komet_import.types import ImportType, Meaning, saying
from komet_import.types.money import money

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
_templates.globals.update(_=_, ngettext=ngettext, spoken=spoken)


@dataclass(frozen=True, kw_only=True)
class Composed:
    """A mail without its addresses: a subject of one line, HTML, and a text of its own."""

    subject: str
    html: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ReceiptLine:
    """One line of the receipt as it is printed; `amount` is empty for a type without money."""

    label: str
    rows: str
    noun: str
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
        "type": _(type.title),
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
        "by": _("imported by {posted_by}", posted_by=posted_by)
        if not receipt.prepared_by
        else _(
            "prepared by {prepared_by}, approved by {posted_by}",
            prepared_by=on_one_line(receipt.prepared_by),
            posted_by=posted_by,
        ),
        "posted_at": _moment(receipt.posted_at),
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
    amount = "" if reversal.taken_back.amount is None else f": {money(-reversal.taken_back.amount)}"
    words = {
        "name": on_one_line(recipient_name),
        "company": on_one_line(company),
        "file": on_one_line(reversal.file_name),
        "type": _(type.title),
        "headline": ngettext(
            "{counted} was reversed{amount}.",
            "{counted} were reversed{amount}.",
            reversal.taken_back.rows,
            counted=counted,
            amount=amount,
        ),
        "reason": on_one_line(reversal.reason),
        "again": _again(reversal, type),
        "redated": reversal.redated_sentence,
        "report_url": report_url,
        "posted_at": _moment(reversal.posted_at),
        "hands": on_one_line(reversal.hands),
        "reversed_at": _moment(reversal.reversed_at),
    }
    return Composed(
        subject=_subject(_("{counted} reversed", counted=counted), on_one_line(reversal.file_name)),
        html=_templates.get_template("reversal.html").render(words),
        text=_templates.get_template("reversal.txt").render(words),
    )


def _again(reversal: Reversal, type: ImportType) -> str:
    """What a reversal gives back."""
    if not reversal.last:
        noun = _(type.noun[0 if reversal.taken_back.rows == 1 else 1])
        return ngettext(
            "This {noun} may be imported again.",
            "These {noun} may be imported again.",
            reversal.taken_back.rows,
            noun=noun,
        )
    if not type.column_for(Meaning.NUMBER):
        return _("The sheet may be imported again.")
    return _("The sheet and its {noun} numbers may be imported again.", noun=_(type.noun[0]))


def compose_period(
    month: str, *, closed: bool, by: str, note: str, recipient_name: str, url: str, company: str
) -> Composed:
    """The mail to an Admin about a month that was closed or reopened."""
    kinds = saying(Meaning.DAY)
    nouns = listed([_(type.noun[1]) for type in kinds], "or" if closed else "and")
    means = (
        _("No {nouns} dated in {month} can be imported until it is reopened.", nouns=nouns, month=month)
        if closed
        else _(
            "{nouns} dated in {month} can be imported again.",
            nouns=capitalized(nouns),
            month=month,
        )
    )
    words = {
        "name": on_one_line(recipient_name),
        "company": on_one_line(company),
        "headline": _("{who} closed {month}.", who=on_one_line(by), month=month)
        if closed
        else _("{who} reopened {month}.", who=on_one_line(by), month=month),
        "note": on_one_line(note),
        "means": means,
        "url": url,
    }
    return Composed(
        subject=_("{month} closed", month=month) if closed else _("{month} reopened", month=month),
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
        "type": _(type.title),
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
        subject=_("Test mail from {company}", company=words["company"]),
        html=_templates.get_template("test.html").render(words),
        text=_templates.get_template("test.txt").render(words),
    )


def _outcome(receipt: Receipt, type: ImportType) -> str:
    """`37 credits imported, 3 rejected`; `3 customers changed, 119 unchanged`."""
    posted = receipt.posted.rows
    parts = [
        type.told_outcome(posted)
        if posted
        else _("No {nouns} {done}", nouns=_(type.noun[1]), done=_(type.done))
    ]
    if receipt.unchanged.rows:
        parts.append(_("{rows:,} unchanged", rows=receipt.unchanged.rows))
    if receipt.rejected.rows:
        parts.append(_("{rows:,} rejected", rows=receipt.rejected.rows))
    if receipt.left_out.rows:
        parts.append(_("{rows:,} excluded", rows=receipt.left_out.rows))
    return ", ".join(parts)


def _headline(receipt: Receipt, type: ImportType) -> str:
    """The first sentence: how much of the sheet was imported, in rows and in money."""
    read, posted = receipt.read.rows, receipt.posted.rows
    amount = "" if receipt.posted.amount is None else f": {money(receipt.posted.amount)}"
    done, told = _(type.done), type.counted(read)
    if not posted and receipt.unchanged.rows:
        return _("None of {counted} needed a change.", counted=told)
    if not posted:
        return _("None of {counted} could be {done}.", counted=told, done=done)
    if posted < read:
        return ngettext(
            "{count:,} of {counted} was {done}{amount}.",
            "{count:,} of {counted} were {done}{amount}.",
            posted,
            counted=told,
            done=done,
            amount=amount,
        )
    return ngettext(
        "{counted} was {done}{amount}.",
        "{counted} were {done}{amount}.",
        posted,
        counted=told,
        done=done,
        amount=amount,
    )


def _moment(at: datetime) -> str:
    """A moment in the zone of who reads, where that is known; else it says that it is in UTC."""
    zone = clock.reader_zone()
    return long_time(at.astimezone(zone)) if zone else f"{long_time(at.astimezone(UTC))} UTC"


def _subject(outcome: str, file_name: str) -> str:
    """The result first: a long file name is cut in its middle, where its ending stays readable."""
    room = SUBJECT_LENGTH - len(outcome) - len(" — ")
    if len(file_name) > room:
        file_name = f"{file_name[: room - 21]}…{file_name[-20:]}"
    return f"{outcome} — {file_name}"


def _lines(receipt: Receipt, type: ImportType) -> list[ReceiptLine]:
    def line(label: str, tally: Tally) -> ReceiptLine:
        return ReceiptLine(
            label=label,
            rows=f"{tally.rows:,}",
            noun=ngettext("row ", "rows", tally.rows),
            amount="" if tally.amount is None else money(tally.amount),
        )

    lines = [line(_(type.done).capitalize(), receipt.posted)]
    if receipt.unchanged.rows:
        lines.append(line(_("Unchanged"), receipt.unchanged))
    if receipt.rejected.rows:
        lines.append(line(_("Rejected"), receipt.rejected))
    if receipt.left_out.rows:
        lines.append(line(_("Excluded"), receipt.left_out))
    return [*lines, line(_("Read"), receipt.read)]
