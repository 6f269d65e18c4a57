"""What an entry of the audit trail says, in words: what was changed from what to what, and the rest of it.

An entry is kept in English, for its seal holds it as it is; here it is told in the language of who reads it.
What people and their files wrote stays as they wrote it.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from komet_import.language import _, marked, ngettext
from komet_import.language.capital import capitalized
from komet_import.language.kept_texts import retold
from komet_import.ledger.audit import Event
from komet_import.ledger.audit_trail import TrailLine
from komet_import.ledger.receipt import told_difference
from komet_import.refusal import Refusal
from komet_import.services.download_address import EVERYWHERE
from komet_import.services.draft.step_record import told_part
from komet_import.services.draft.step_words import in_words
from komet_import.services.ledger_workbooks import Range
from komet_import.services.second_person import REASONS
from komet_import.services.trail import trail_filter
from komet_import.types import ALL
from komet_import.types.money import money

_FOR_THE_CHAIN = frozenset({"changes_sha256"})
_SAID_FIRST = ("label", "file", "reason", "note", "recipient", "month")
"""What a line says of an entry before its numbers and changes."""
_NAMES = {
    "sha256": marked("SHA-256 of the file"),
    "label": marked("What was edited"),
    "step": marked("Number of the edit"),
    "more": marked("More changes"),
    "confirmed": marked("Confirmed rows"),
    "bytes": marked("Size in bytes"),
    "uploaded_by": marked("Uploaded by"),
    "prepared_by": marked("Prepared by"),
    "asked_by": marked("Asked for by"),
    "overridden": marked("Reason to import it anyway"),
    "taken from": marked("Taken from"),
    "chosen": marked("Chosen rows"),
    "last": marked("All of it reversed"),
    "hash total": marked("Hash total"),
    "rows": marked("Rows"),
    "amount": marked("Amount"),
    "reason": marked("Reason"),
    "why": marked("Why"),
    "difference": marked("Difference"),
    "note": marked("Note"),
    "state": marked("State"),
    "file": marked("File"),
    "edits": marked("Edits"),
    "filter": marked("Filter"),
    "layout": marked("Layout"),
    "values": marked("Values"),
    "message": marked("Message"),
    "mails": marked("Mails"),
    "recipient": marked("Recipient"),
    "sessions": marked("Sessions"),
    "name": marked("Name"),
    "email": marked("Email"),
    "roles": marked("Roles"),
    "code": marked("Code"),
}
"""What entries say of themselves; every other name is a setting's, or one that people gave."""
_OPEN, _CLOSED = marked("open"), marked("closed")
_TOLD: dict[str, Callable[[str], str]] = {
    "label": in_words,
    "why": lambda kept: retold(kept, REASONS, {}),
    "difference": told_difference,
    "state": lambda kept: _(kept) if kept in (_OPEN, _CLOSED) else kept,
}
"""What is kept in our words, by name."""
_MOST_CHANGES = 2
NAMELESS: Mapping[int, str] = {}
LONGEST_LINE = 200


class ShownChange(NamedTuple):
    """Something that was changed, as texts."""

    name: str
    before: str
    after: str


def changes(details: Mapping[str, Any]) -> list[ShownChange]:
    """Everything that was changed, from what to what."""
    before, after = _side(details.get("before")), _side(details.get("after"))
    return [
        _change(details, name, before.get(name), after.get(name))
        for name in dict.fromkeys((*before, *after))
        if before.get(name) != after.get(name)
    ]


def _change(details: Mapping[str, Any], name: str, before: Any, after: Any) -> ShownChange:
    if "label" in details and (told := told_part(name, before, after)):
        name, before, after = told
        return ShownChange(capitalized(name), _text("", before), _text("", after))
    return ShownChange(_named(name, details), _text(name, before), _text(name, after))


def facts(details: Mapping[str, Any], people: Mapping[int, str] = NAMELESS) -> dict[str, str]:
    """All else that an entry says, by name; what has parts of its own part by part. `people` are names of
    users by ID."""
    return {
        _named(name, details): trail_filter.in_words(value, people)
        if name == "filter"
        else _text(name, value)
        for name, value in _flat(details)
    }


def about(line: TrailLine) -> str:
    """What an entry is about: the file of an import by its name, a type by its title, days as such, and else
    as it is kept; blank where that is all there is."""
    if line.about in ALL:
        return _(ALL[line.about].title)
    if line.what == Event.DOWNLOADED:
        try:
            days = Range.read(line.about)
        except Refusal:
            pass
        else:
            return _("{first} to {last}", first=days.first, last=days.last)
    return line.file_name or ("" if line.about == EVERYWHERE else line.about)


def line(details: Mapping[str, Any], *, but: str = "") -> str:
    """An entry in one line, without the one text that stands beside it anyway."""
    said = [_text(name, details[name]) for name in _SAID_FIRST if details.get(name) and details[name] != but]
    if "label" not in details:  # the label of an edit says what was changed
        said += _counted(details)
        changed = changes(details)
        said += [f"{name}: {before} → {after}" for name, before, after in changed[:_MOST_CHANGES]]
        if len(changed) > _MOST_CHANGES:
            said.append(_("{count} more", count=len(changed) - _MOST_CHANGES))
    told = " · ".join(said)
    return told if len(told) <= LONGEST_LINE else f"{told[:LONGEST_LINE]}…"


def _counted(details: Mapping[str, Any]) -> Iterator[str]:
    rows = details.get("rows")
    if isinstance(rows, int):
        yield ngettext("{count:,} row", "{count:,} rows", rows)
    if isinstance(details.get("amount"), int):
        yield money(details["amount"])
    if asked_by := details.get("asked_by"):
        yield _("asked for by {asked_by}", asked_by=asked_by)
    if mails := details.get("mails"):
        yield ngettext("{count:,} mail", "{count:,} mails", mails)


def _side(told: object) -> dict[str, Any]:
    """One side of a change; entries of before had a list there, of roles."""
    return dict(told) if isinstance(told, dict) else {} if told is None else {"roles": told}


def _flat(details: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in details.items():
        if name in ("before", "after") or name in _FOR_THE_CHAIN:
            continue
        if isinstance(value, dict):
            yield from value.items()
        else:
            yield name, value


def _named(name: str, details: Mapping[str, Any]) -> str:
    if name in _NAMES:
        return _(_NAMES[name])
    return f"KOMET_{name.upper()}" if "settings" in details else name


def _text(name: str, value: object) -> str:
    if value is None:
        return _("none")
    if value == "":
        return _("blank")
    if isinstance(value, list):
        return ", ".join(_text(name, one) for one in value) or _("none")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return money(value) if name.startswith("amount") else f"{value:,}"
    return _TOLD[name](str(value)) if name in _TOLD else str(value)
