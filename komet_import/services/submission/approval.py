"""A second pair of eyes: a batch is prepared by one person and posted by another, where the settings ask for
that (docs/komet-sales.md §5 and §6). Approving posts, so it is in `draft_posting`.
"""

from dataclasses import dataclass, replace

from sqlalchemy import exists, or_, select
from sqlmodel import Session, col

from komet_import.access import roles, users
from komet_import.access.readers import told_to
from komet_import.access.users import CurrentUser
from komet_import.clock import told_time
from komet_import.language import _, marked, ngettext
from komet_import.ledger import database, reasons, states
from komet_import.ledger.models import Batch, Edit, User, now
from komet_import.ledger.posting import PostingRefusal, expected_of, require_confirmed, require_totals
from komet_import.ledger.receipt import Tally
from komet_import.ledger.states import Move
from komet_import.outbox.mail.wording import Fact, MailedChanges
from komet_import.refusal import Refusal
from komet_import.review.effect import changes, effect
from komet_import.services.draft.acknowledgements import acknowledged
from komet_import.services.draft.differences import Seen
from komet_import.services.draft.journal import OVERTAKEN
from komet_import.services.draft.open_draft import Opened
from komet_import.services.draft.revision import Decision, advance
from komet_import.services.draft.stored import name_of
from komet_import.services.news import approval_news as news
from komet_import.services.rights import hands, of_now, require_move, visible, why_no_checker
from komet_import.services.second_person import EVERY_IMPORT, UNLIKE_TOTAL, WITH_EARLIER_PARTS, why_above
from komet_import.services.submission.effects import MAILED_CHANGES, largest_changes
from komet_import.services.submission.promise import require_as_seen
from komet_import.settings import settings
from komet_import.types import ALL, ImportType

LONGEST_RETURN = reasons.LONGEST


@dataclass(frozen=True, kw_only=True)
class Request:
    """A batch that waits for approval: by whom it was prepared, what it would post, who may approve it."""

    batch: Batch
    type: ImportType
    prepared_by: str
    asked: Tally
    approvers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ApprovalState:
    """Where a batch stands between its preparer and a second person, for who looks at it.

    `decides` says whether they may approve or return it; `why_not` why they may not, in one sentence.
    """

    waiting: bool = False
    decides: bool = False
    why_not: str = ""
    prepared_by: str = ""
    approvers: tuple[str, ...] = ()
    returned_by: str = ""


def reason(opened: Opened, tally: Tally | None = None) -> str:
    """Why a second person must approve what would be posted (`tally`, or what is ready), in one sentence;
    blank where nobody must. What no second person saw of the same file before counts with it, for a file that
    is imported in parts is no smaller.
    """
    asked, rule = tally or opened.figures.ready, settings().approval
    if rule == "never" or not opened.type.summed or not asked.rows:
        return ""
    if rule == "always":
        return _(EVERY_IMPORT)
    if above := why_above(asked.amount, opened.alone, together=WITH_EARLIER_PARTS):
        return above
    if not opened.totals_differ:
        return ""
    return _(UNLIKE_TOTAL)


def standing(user: CurrentUser, opened: Opened) -> ApprovalState:
    """Where a draft stands for this user. Raises nothing: who may not see it was told so before."""
    batch = opened.batch
    if batch.status not in (states.WAITING, states.RETURNED):
        return ApprovalState()
    with database.reading() as session:
        prepared_by = name_of(session, batch.prepared_by or 0)
        if batch.status == states.RETURNED:
            returned_by = name_of(session, batch.returned_by or 0)
            return ApprovalState(prepared_by=prepared_by, returned_by=returned_by)
        fresh = of_now(session, user)
        why_not = why_no_checker(session, fresh, batch) if fresh else _("You are deactivated.")
        return ApprovalState(
            waiting=True,
            decides=not why_not,
            why_not=why_not,
            prepared_by=prepared_by,
            approvers=tuple(person.name for person in _approvers(session, batch)),
        )


def send(
    user: CurrentUser,
    batch_id: str,
    *,
    promised: Tally | None = None,
    seen: Seen | None = None,
    unconfirmed_stay_out: bool = False,
) -> Request:
    """Ask a second person to approve and so post what is ready; those who may are mailed.

    The options are as for posting. Raises `to-confirm`, PostingRefusal `draft-changed`, `nothing-to-import`,
    `no-approval-needed`, `no-approver` where nobody may approve it, and as `require_move`.
    """

    def decide(session: Session, opened: Opened, batch: Batch) -> Decision[Request]:
        fresh = require_move(session, user, opened.batch, Move.SEND)
        require_as_seen(user, opened, promised, seen)
        if not unconfirmed_stay_out:
            require_confirmed(opened.judgement)
        why, ready = reason(opened), opened.figures.ready
        if not ready.rows:
            raise PostingRefusal("nothing-to-import", _("No rows are ready yet. Fix at least one."))
        if not why:
            raise PostingRefusal("no-approval-needed", _("This import needs no approval; import it."))
        require_totals(batch, opened.type, opened.figures.counted, opened.hash_total)
        batch.prepared_by, batch.prepared_at = fresh.id, now()
        batch.asked_rows, batch.asked_amount = ready.rows, ready.amount
        approvers = _approvers(session, batch)
        if not approvers:
            raise PostingRefusal(
                "no-approver",
                _(
                    "Nobody else may approve this import: ask an Admin to give the role {role} to somebody "
                    "who has not worked on it.",
                    role=roles.approving(opened.type)[-1],
                ),
            )
        facts = told_to(approvers, lambda: _facts(session, opened))
        names = tuple(person.name for person in approvers)
        return Decision(
            outcome=_request(batch, fresh.name, names),
            after=replace(opened, batch=batch),
            write=lambda session: news.sent(session, fresh, batch, approvers, facts),
            move=Move.SEND,
        )

    return advance(user, batch_id, decide)


def _facts(session: Session, opened: Opened) -> dict[str, Fact]:
    """What an approver decides about, in words, by their names."""
    facts: dict[str, Fact] = {
        marked("Why"): reason(opened),
        marked("Balances"): _balances(opened),
        marked("Changed"): _edits(opened),
    }
    if confirmed := _confirmed(opened):
        facts[marked("Confirmed")] = confirmed
    if totals := _totals(session, opened):
        facts[marked("Control totals")] = totals
    return facts


def withdraw(user: CurrentUser, batch_id: str) -> None:
    """Ask no longer: it is a draft again. Raises PostingRefusal `not-waiting`, and as `require_move`."""

    def decide(session: Session, opened: Opened, batch: Batch) -> Decision[None]:
        fresh = require_move(session, user, opened.batch, Move.WITHDRAW)
        return Decision(
            outcome=None,
            after=replace(opened, batch=batch),
            write=lambda session: news.withdrawn(session, fresh, opened.batch),
            move=Move.WITHDRAW,
        )

    advance(user, batch_id, decide)


def send_back(user: CurrentUser, batch_id: str, *, reason: str, revision: int | None = None) -> None:
    """Return a batch that waits to who prepared it, who is mailed why.

    With `revision`, only what the person was shown: it may have been withdrawn, changed and sent again.
    Raises Refusal `reason-missing`, `reason-too-long` and `overtaken`, PostingRefusal `not-waiting`, and as
    `require_move`.
    """

    def decide(session: Session, opened: Opened, batch: Batch) -> Decision[None]:
        fresh = require_move(session, user, opened.batch, Move.RETURN)
        if revision is not None and revision != opened.batch.revision:
            raise Refusal("overtaken", _(OVERTAKEN))
        why = reasons.given(reason)
        batch.returned_by, batch.returned_at, batch.returned_why = fresh.id, now(), why
        return Decision(
            outcome=None,
            after=replace(opened, batch=batch),
            write=lambda session: news.returned(session, fresh, batch, why),
            move=Move.RETURN,
        )

    advance(user, batch_id, decide)


def waiting_for(user: CurrentUser, *, limit: int = 100) -> list[Request]:
    """The batches that wait for this user's approval, longest first."""
    with database.reading() as session:
        fresh = of_now(session, user)
        types = [type.slug for type in ALL.values() if fresh and roles.may_approve(fresh, type)]
        edited = exists().where(
            col(Edit.batch_id) == col(Batch.id),
            or_(col(Edit.user_id) == user.id, col(Edit.turned_by) == user.id),
        )
        query = (
            select(Batch, col(User.name))
            .join(User, col(User.id) == col(Batch.prepared_by))
            .where(
                states.allows(Move.APPROVE),
                col(Batch.type).in_(types),
                col(Batch.prepared_by) != user.id,
                col(Batch.uploaded_by) != user.id,
                ~edited,
            )
            .order_by(col(Batch.prepared_at))
            .limit(limit)
        )
        return [_request(batch, name) for batch, name in session.execute(query)]


def requested(user: CurrentUser, batch_id: str) -> Tally:
    """What a batch that waits was sent for, for who approves it without looking at it (the terminal).

    Raises Refusal `not-found`, PostingRefusal `not-waiting`, and as `require_move`.
    """
    with database.reading() as session:
        batch = visible(session, user, batch_id)
        require_move(session, user, batch, Move.APPROVE)
        return Tally(rows=batch.asked_rows or 0, amount=batch.asked_amount)


def _balances(opened: Opened) -> MailedChanges:
    """What it would do to balances: the largest changes, as the Review page has them all."""
    customers, standing = opened.reference.directory.customers_by_id, opened.reference.posted.standing
    return largest_changes(effect(opened.type, changes(opened.judgement), standing, customers, [opened.type]))


def _edits(opened: Opened) -> str:
    """How much of it was changed by hand."""
    count = sum(not step.undone for step in opened.steps)
    return (
        ngettext("{count:,} edit by hand", "{count:,} edits by hand", count)
        if count
        else _("no edits by hand")
    )


def _confirmed(opened: Opened) -> tuple[str, ...]:
    """Which warnings were confirmed, by whom and when."""
    found = acknowledged(opened)
    said = [f"{one.words} ({one.by}, {told_time(one.at)})" for one in found[:MAILED_CHANGES]]
    more = len(found) - len(said)
    return (*said, *([_("and {more:,} more", more=more)] if more else []))


def _totals(session: Session, opened: Opened) -> str:
    """How the sheet compares with its control totals, and the reason that was given where it does not."""
    expected, batch = expected_of(opened.batch), opened.batch
    if not expected:
        return ""
    if not opened.totals_differ:
        return _("match ({words})", words=expected.words)
    who = name_of(session, batch.overridden_by or 0)
    return _(
        "{difference} than expected ({words}). {who}: {why}",
        difference=opened.totals_differ,
        words=expected.words,
        who=who,
        why=batch.overridden_why,
    )


def _approvers(session: Session, batch: Batch) -> list[CurrentUser]:
    """Who may approve a batch: of the type's approvers, those who have not worked on it."""
    worked, type = hands(session, batch), ALL[batch.type]
    people = users.holding(session, roles.APPROVING)
    return [person for person in people if roles.may_approve(person, type) and person.id not in worked]


def _request(batch: Batch, prepared_by: str, approvers: tuple[str, ...] = ()) -> Request:
    return Request(
        batch=batch,
        type=ALL[batch.type],
        prepared_by=prepared_by,
        asked=Tally(rows=batch.asked_rows or 0, amount=batch.asked_amount),
        approvers=approvers,
    )
