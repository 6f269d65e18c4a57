"""The words of the mail about a posted batch: its receipt, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass

from komet_import.language import _, ngettext
from komet_import.ledger.receipt import Receipt, Tally
from komet_import.outbox.mail.wording import Composed, composed, moment, subject_of
from komet_import.refusal import on_one_line
from komet_import.types import ImportType
from komet_import.types.money import money

REASONS_SHOWN = 5


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
        "by": on_one_line(receipt.hands) or _("imported by {posted_by}", posted_by=posted_by),
        "posted_at": moment(receipt.posted_at),
    }
    subject = subject_of(_outcome(receipt, type), on_one_line(receipt.file_name))
    return composed("result", subject, words)


def _outcome(receipt: Receipt, type: ImportType) -> str:
    """`37 credits imported, 3 rejected`; `8 customers added, 119 unchanged`."""
    posted = receipt.posted.rows
    parts = [
        type.told_posted(posted, receipt.added)
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
    done, told = type.told_done(posted, receipt.added), type.counted(read)
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


def _lines(receipt: Receipt, type: ImportType) -> list[ReceiptLine]:
    def line(label: str, tally: Tally) -> ReceiptLine:
        return ReceiptLine(
            label=label,
            rows=f"{tally.rows:,}",
            noun=ngettext("row ", "rows", tally.rows),
            amount=tally.brief,
        )

    lines = [line(label, tally) for label, tally in receipt.posted_parts(type).items()]
    if receipt.unchanged.rows:
        lines.append(line(_("Unchanged"), receipt.unchanged))
    if receipt.rejected.rows:
        lines.append(line(_("Rejected"), receipt.rejected))
    if receipt.left_out.rows:
        lines.append(line(_("Excluded"), receipt.left_out))
    return [*lines, line(_("Read"), receipt.read)]
