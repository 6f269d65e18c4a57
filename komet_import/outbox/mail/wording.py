"""The words of a mail: what a person wants to know of a posting, in the subject already.

Names and reasons come from people and files, so the HTML is made with autoescape, and everything that
must stand on one line is put on one line first. The HTML loads nothing from elsewhere and sets no
background and no text colour of its own, so that it reads well on light and on dark.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from komet_import import clock
from komet_import.language import _, ngettext
from komet_import.language.calendar import long_time
from komet_import.language.capital import capitalized
from komet_import.language.current import spoken
from komet_import.language.lists import listed
from komet_import.ledger.reversal_record import Reversal
from komet_import.outbox.mail.addresses import unlinked
from komet_import.refusal import on_one_line
from komet_import.types import ImportType, Meaning, saying
from komet_import.types.money import money

SUBJECT_LENGTH = 200
_OURS = ("url", "report_url")


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


class MailedChange(NamedTuple):
    """A customer's balance as it is and as it would be, in words; `note` where it is unusual."""

    customer: str
    now: str
    after: str
    note: str


@dataclass(frozen=True, kw_only=True)
class MailedChanges:
    """The largest changes of balances, and of how many customers more one changes."""

    lines: tuple[MailedChange, ...]
    more: int

    def width(self, place: int) -> int:
        """Of the longest text in one place of the lines."""
        return max((len(line[place]) for line in self.lines), default=0)


Fact = str | tuple[str, ...] | MailedChanges
"""What is to be known before deciding: a sentence, several, or a table."""


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
        "posted_at": moment(reversal.posted_at),
        "hands": on_one_line(reversal.hands),
        "reversed_at": moment(reversal.reversed_at),
    }
    return composed(
        "reversal",
        subject_of(_("{counted} reversed", counted=counted), on_one_line(reversal.file_name)),
        words,
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
    return composed(
        "period", _("{month} closed", month=month) if closed else _("{month} reopened", month=month), words
    )


def compose_approval(
    *,
    outcome: str,
    headline: str,
    facts: Mapping[str, Fact],
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
        "facts": [
            (label, [on_one_line(text) for text in ((fact,) if isinstance(fact, str) else fact)])
            for label, fact in facts.items()
            if not isinstance(fact, MailedChanges)
        ],
        "tables": [(label, fact) for label, fact in facts.items() if isinstance(fact, MailedChanges)],
        "button": button,
        "url": url,
    }
    return composed("approval", subject_of(outcome, on_one_line(file_name)), words)


def compose_test(*, recipient_name: str, company: str, public_url: str) -> Composed:
    """The mail that an Admin sends to try the mail server."""
    words = {"name": on_one_line(recipient_name), "company": on_one_line(company), "url": public_url}
    return composed("test", _("Test mail from {company}", company=words["company"]), words)


def composed(template: str, subject: str, words: Mapping[str, object]) -> Composed:
    """A mail of these words: `template` is the name of its HTML and of its text. No address in them becomes a
    link but ours, the `url`.
    """
    told = {name: word if name in _OURS else _unlinked(word) for name, word in words.items()}
    return Composed(
        subject=subject,
        html=_templates.get_template(f"{template}.html").render(told),
        text=_templates.get_template(f"{template}.txt").render(told),
    )


def _unlinked(word: object) -> object:
    """Every text in it without addresses; figures and other things as they are."""
    match word:
        case str():
            return unlinked(word)
        case MailedChanges():
            return MailedChanges(
                lines=tuple(MailedChange(*map(unlinked, line)) for line in word.lines), more=word.more
            )
        case list() | tuple():
            return [_unlinked(part) for part in word]
    return word


def moment(at: datetime) -> str:
    """A moment in the zone of who reads, where that is known; else it says that it is in UTC."""
    zone = clock.reader_zone()
    return long_time(at.astimezone(zone)) if zone else f"{long_time(at.astimezone(UTC))} UTC"


def subject_of(outcome: str, file_name: str) -> str:
    """The result first: a long file name is cut in its middle, where its ending stays readable."""
    room = SUBJECT_LENGTH - len(outcome) - len(" — ")
    if len(file_name) > room:
        file_name = f"{file_name[: room - 21]}…{file_name[-20:]}"
    return f"{outcome} — {file_name}"
