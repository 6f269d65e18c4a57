"""Every act leaves one entry in the audit trail, in the order in which they were done: whose hand it was,
what it is about, and all that is told of it.

An event that comes later is walked through here as well, or the last line of the test misses it.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from komet_import import services
from komet_import.access import browsers
from komet_import.access.users import CurrentUser
from komet_import.language.current import Language, speaking
from komet_import.ledger import database
from komet_import.ledger.audit import Event
from komet_import.ledger.models import AuditEntry, Batch, Message
from komet_import.services import File
from komet_import.services.trail import audit_words
from komet_import.settings import settings
from komet_import.types import OPEN_CREDITS, Meaning, Role
from tests.mail_server import StartSmtp
from tests.services import workspace
from tests.services.test_admin_work import signed_in
from tests.services.test_questions import DOUBTFUL
from tests.services.test_remembered_values import THEIRS, replace
from tests.services.workspace import People, credit

OF_A_STEP = {Event.EDITED, Event.ANSWERED, Event.CONFIRMED}
"""What is told of these is looked at in `tests/ledger/test_audit.py`."""
ELSEWHERE = {Event.SIGNED_OUT, Event.PASSWORD_CHANGED, Event.STARTED, Event.BACKED_UP}
"""What nobody does at the front door: in `tests/access`, `test_start.py`, `tests/ledger/test_backup.py`."""
ALWAYS = "A second person must approve every import."
MONEY = {"rows": 2, "amount": 240_000}

OURS = {"label", "why", "difference", "state", "Comments, row 2"}
"""What entries keep in our words is among what is done here."""


class Trail:
    """The entries that were written since, looked at one by one."""

    def __init__(self) -> None:
        self.seen = len(workspace.own(AuditEntry))
        self.told: set[Event] = set()

    def says(self, what: Event, by: CurrentUser, about: str = "", **details: Any) -> None:
        entry = workspace.own(AuditEntry)[self.seen]
        assert (entry.action, entry.user_id, entry.subject) == (what, by.id, about)
        if what not in OF_A_STEP:
            assert entry.details == details, what
        self.seen += 1
        self.told.add(what)

    def is_over(self) -> None:
        assert [entry.action for entry in workspace.own(AuditEntry)[self.seen :]] == []


Rule = Callable[[str], None]


@pytest.fixture
def rule(monkeypatch: pytest.MonkeyPatch) -> Rule:
    def ask(approval: str) -> None:
        monkeypatch.setenv("KOMET_APPROVAL", approval)
        settings.cache_clear()

    return ask


def test_every_act_is_one_entry_of_who_did_it_about_what(
    people_here: People, rule: Rule, start_smtp: StartSmtp
) -> None:
    trail = Trail()
    draft = of_a_draft(trail, people_here)
    rule("always")
    of_its_approval(trail, people_here, draft)
    rule("never")
    of_what_is_remembered(trail, people_here)
    of_rejected_rows(trail, people_here)
    of_what_an_admin_keeps(trail, people_here)
    start_smtp()
    of_mails_and_sessions(trail, people_here)
    trail.is_over()
    assert trail.told | ELSEWHERE == set(Event)
    is_told_in_the_readers_language()


def is_told_in_the_readers_language() -> None:
    """Of every entry, whatever is not a person's own word: in a language of brackets it stands in them."""
    assert {key for entry in workspace.own(AuditEntry) for key in _keys(entry.details)} >= OURS
    for entry in workspace.own(AuditEntry):
        with speaking(Language.PSEUDO):
            told = audit_words.facts(entry.details)
            changed = audit_words.changes(entry.details)
            line = audit_words.line(entry.details)
        names = {*told, *(change.name for change in changed)}
        assert {name for name in names if not name.startswith("⟦")} <= {THEIRS}, entry.details
        if {"label", "why", "difference"} & set(entry.details) and entry.action != Event.VALUES_KEPT:
            assert [said for said in told.values() if said.startswith("⟦")], entry.details
        if "label" in entry.details and entry.action != Event.VALUES_KEPT:
            assert line.startswith("⟦"), entry.details


def _keys(details: dict[str, Any]) -> set[str]:
    return {*details, *details.get("before", {}), *details.get("after", {})}


def of_a_draft(trail: Trail, people: People) -> str:
    """A draft of two rows, the second of which is to be confirmed; it is deleted and comes back."""
    rita, carl = people.rita, people.carl
    draft = workspace.opened(rita, credit("A"), credit("B", day="1999-12-31"))
    sha256 = next(batch.sha256 for batch in workspace.own(Batch) if batch.id == draft)
    trail.says(Event.UPLOADED, rita, draft, file="credits.xlsx", sha256=sha256)
    services.set_cells(rita, draft, [(2, "Comments", "", "x")])
    trail.says(Event.EDITED, rita, draft)
    services.confirm(carl, draft, services.view(carl, draft).judgement.waiting())
    trail.says(Event.CONFIRMED, carl, draft)
    step = services.view(carl, draft).steps[-1]
    services.undo(rita, draft)
    trail.says(Event.UNDONE, rita, draft, step=step.seq, label=step.label)
    services.redo(carl, draft)
    trail.says(Event.REDONE, carl, draft, step=step.seq, label=step.label)
    none, three, two = ({"rows": rows, "amount": None} for rows in (None, 3, 2))
    services.expect(carl, draft, rows="3")
    trail.says(Event.EXPECTED, carl, draft, before=none, after=three)
    services.override(rita, draft, reason="One follows")
    trail.says(Event.OVERRIDDEN, rita, draft, reason="One follows", difference="1 row fewer")
    services.expect(carl, draft, rows="2")
    trail.says(Event.EXPECTED, carl, draft, before=three, after=two)
    services.discard(rita, draft)
    trail.says(Event.DISCARDED, rita, draft, file="credits.xlsx", uploaded_by="Rita", edits=2)
    services.restore(people.ada, draft)
    trail.says(Event.RESTORED, people.ada, draft, file="credits.xlsx")
    return draft


def of_its_approval(trail: Trail, people: People, draft: str) -> None:
    rita, carl, ada = people.rita, people.carl, people.ada

    def send() -> None:
        services.send(rita, draft)
        trail.says(Event.SENT_FOR_APPROVAL, rita, draft, **MONEY, why=ALWAYS)

    send()
    services.withdraw(carl, draft)
    trail.says(Event.APPROVAL_WITHDRAWN, carl, draft)
    send()
    services.set_cells(carl, draft, [(2, "Comments", "x", "y")])
    trail.says(Event.EDITED, carl, draft)
    trail.says(Event.APPROVAL_VOIDED, carl, draft)
    send()
    services.send_back(ada, draft, reason="Row 2")
    trail.says(Event.RETURNED, ada, draft, **MONEY, reason="Row 2")
    send()
    services.approve(ada, draft)
    trail.says(Event.APPROVED, ada, draft, **MONEY, confirmed=1, prepared_by="Rita")
    of_its_reversal(trail, people, draft)


def of_its_reversal(trail: Trail, people: People, posted: str) -> None:
    carl, ada = people.carl, people.ada
    row = {"rows": 1, "amount": 120_000, "chosen": [3]}

    def ask() -> int:
        asked = services.ask_reversal(carl, posted, reason="Wrong", rows=[3])
        why = "A second person must approve every reversal."
        trail.says(Event.REVERSAL_ASKED, carl, posted, **row, reason="Wrong", why=why)
        return asked.id

    services.withdraw_reversal(carl, posted, ask())
    trail.says(Event.REVERSAL_WITHDRAWN, carl, posted, **row)
    services.return_reversal(ada, posted, ask(), reason="Row 2")
    trail.says(Event.REVERSAL_RETURNED, ada, posted, **row, reason="Row 2")
    services.approve_reversal(ada, posted, ask())
    trail.says(Event.REVERSED, ada, posted, **row, reason="Wrong", last=False, asked_by="Carl")


def of_what_is_remembered(trail: Trail, people: People) -> None:
    rita, ada = people.rita, people.ada
    doubtful = workspace.opened(rita, credit("C"), headers=DOUBTFUL, file_name="layout.xlsx")
    trail.seen += 1  # it was uploaded
    services.answer_all(rita, doubtful, {("column", "D"): "Credit Balance"}, remember=True)
    trail.says(Event.ANSWERED, rita, doubtful)
    (layout,) = services.remembered_layouts(ada)
    services.forget_layout(ada, layout.type, layout.layout)
    trail.says(Event.LAYOUT_FORGOTTEN, ada, layout.type, file="layout.xlsx", layout=layout.layout)
    services.forget_layout(ada, layout.type, layout.layout)
    posted = workspace.opened(rita, credit("D", customer=THEIRS), file_name="values.xlsx")
    replace(rita, posted, THEIRS, "FL219")
    trail.seen += 2
    services.post(rita, posted)
    trail.says(Event.POSTED, rita, posted, rows=1, amount=120_000)
    said = f"{THEIRS} → FL219"
    trail.says(Event.VALUES_KEPT, rita, posted, label=said, values=[said])
    (value,) = services.remembered_values(ada)
    services.forget_value(ada, value.meaning, value.key)
    told = {"before": {THEIRS: "FL219"}, "after": {THEIRS: None}}
    trail.says(Event.VALUE_FORGOTTEN, ada, Meaning.PARTY, **told)
    services.forget_value(ada, value.meaning, value.key)
    services.reverse(people.carl, posted, reason="Not ours")
    trail.says(Event.REVERSED, people.carl, posted, reason="Not ours", rows=1, amount=120_000)
    made = services.download(rita, File.SAMPLE, OPEN_CREDITS.slug)
    trail.says(Event.DOWNLOADED, rita, OPEN_CREDITS.slug, file=made.name, bytes=len(made.content))


def of_rejected_rows(trail: Trail, people: People) -> None:
    rows = [credit("E"), *(credit(number, customer="FL21") for number in "FG")]
    posted = workspace.opened(people.rita, *rows, file_name="rejected.xlsx")
    services.post(people.rita, posted)
    trail.seen += 2
    services.drop_rows(people.carl, posted, [3, 4], reason="Not ours")
    trail.says(Event.ROWS_DROPPED, people.carl, posted, reason="Not ours", rows=2, chosen=[3, 4])
    services.take_back_rows(people.ada, posted, [4])
    trail.says(Event.ROWS_TAKEN_BACK, people.ada, posted, rows=1, chosen=[4])


def of_what_an_admin_keeps(trail: Trail, people: People) -> None:
    ada = people.ada
    person = {"email": "zoe@komet.example", "name": "Zoë"}
    services.add_user(ada, username="zoe", **person, roles=[Role.SETUP], password="carnations-by-the-bucket")
    trail.says(Event.USER_ADDED, ada, "zoe", after=person | {"roles": ["Setup"]})
    zoe = next(line.id for line in services.all_users(ada) if line.username == "zoe")
    services.set_roles(ada, zoe, roles=[Role.SHIPPING])
    trail.says(Event.ROLES_CHANGED, ada, "zoe", before={"roles": ["Setup"]}, after={"roles": ["Shipping"]})
    services.reset_password(ada, zoe, new="peonies-by-the-bucket")
    trail.says(Event.PASSWORD_RESET, ada, "zoe")
    services.deactivate(ada, zoe)
    trail.says(Event.USER_DEACTIVATED, ada, "zoe")
    services.reactivate(ada, zoe)
    trail.says(Event.USER_REACTIVATED, ada, "zoe")
    before, after = {"code": "BOG", "name": "Bogotá"}, {"code": "UIO", "name": "Quito"}
    services.add_location(ada, **before)
    trail.says(Event.LOCATION_ADDED, ada, "BOG", after=before)
    place = next(one.id for one in services.all_locations(ada) if one.code == "BOG")
    services.change_location(ada, place, **after)
    trail.says(Event.LOCATION_CHANGED, ada, "BOG", before=before, after=after)
    services.remove_location(ada, place)
    trail.says(Event.LOCATION_REMOVED, ada, "UIO", before=after)
    states = {"state": "open"}, {"state": "closed"}
    services.close_period(ada, date(2020, 1, 1), note="Done")
    trail.says(Event.PERIOD_CLOSED, ada, "2020-01", before=states[0], after=states[1], note="Done")
    services.reopen_period(ada, date(2020, 1, 1), note="Late")
    trail.says(Event.PERIOD_REOPENED, ada, "2020-01", before=states[1], after=states[0], note="Late")


def of_mails_and_sessions(trail: Trail, people: People) -> None:
    rita, ada = people.rita, people.ada
    mails = workspace.own(Message)
    hers = next(mail.id or 0 for mail in mails if mail.user_id == rita.id)
    services.send_message(rita, hers)
    trail.says(Event.MAIL_AGAIN, rita, message=hers)
    assert services.send_message(ada, hers) == 0
    count = services.mail_again(ada)
    trail.says(Event.MAIL_AGAIN, ada, mails=count)
    assert count == len(mails)
    services.mail_test(ada)
    trail.says(Event.MAIL_TESTED, ada, recipient="ada@komet.example")
    signed_in(rita)
    trail.says(Event.SIGNED_IN, rita)
    services.sign_out_everywhere(rita)
    trail.says(Event.SIGNED_OUT_EVERYWHERE, rita, sessions=1)
    services.sign_out_everywhere(rita)
    with database.transaction() as session:
        mark = browsers.remember(session, user_id=rita.id, mark="")
    (browser,) = services.trusted_browsers(rita, mark=mark)
    services.forget_browser(ada, browser.id)
    services.forget_browser(rita, browser.id)
    trail.says(Event.BROWSER_FORGOTTEN, rita)
