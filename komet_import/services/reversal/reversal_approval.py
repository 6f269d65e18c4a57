"""A second pair of eyes on a reversal, where the settings ask for one: who may reverse asks with the reason,
another such person approves that (it reverses) or returns it. The import stays posted meanwhile.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from komet_import.access import roles, users
from komet_import.access.readers import told_to
from komet_import.access.users import CurrentUser
from komet_import.language import _, marked
from komet_import.ledger import database, reasons, reversal, reversal_record, reversal_request
from komet_import.ledger.models import Batch, RequestState, ReversalRequest, User
from komet_import.ledger.receipt import Tally
from komet_import.ledger.reversal import ReversalRefusal
from komet_import.ledger.reversal_record import AlreadyReversed, NotReversed, Reversal, said_of_days
from komet_import.outbox.mail.wording import Fact
from komet_import.refusal import Refusal
from komet_import.review.effect import Effect
from komet_import.services.draft.stored import name_of
from komet_import.services.reversal import reversal_news as news
from komet_import.services.reversal.entries import carry_out, require_promised, require_reversible, why_second
from komet_import.services.rights import of_now, visible
from komet_import.services.submission.effects import effect_of_reversal, largest_changes
from komet_import.types import ALL, ImportType


@dataclass(frozen=True, kw_only=True)
class ReversalAsked:
    """A reversal that waits for approval: what it would take back, of which Excel rows (None: of all that
    stands), and why; who asked. `decides` says whether who looks may approve or return it, `mine` whether
    they asked. Beside these stand the chosen rows that could not be asked for.
    """

    id: int
    batch: Batch
    type: ImportType
    rows: tuple[int, ...] | None
    reason: str
    asked: Tally
    days_sentence: str
    asked_by: str
    asked_at: datetime
    decides: bool = False
    mine: bool = False
    approvers: tuple[str, ...] = ()
    already: tuple[AlreadyReversed, ...] = ()
    failed: tuple[NotReversed, ...] = ()

    @property
    def batch_id(self) -> str:
        """The import that it is of."""
        return self.batch.id


def ask_reversal(
    user: CurrentUser,
    batch_id: str,
    *,
    reason: str,
    rows: Collection[int] | None = None,
    promised: Tally | None = None,
) -> ReversalAsked:
    """Ask a second person to approve a reversal, with the reason; those who may are mailed.

    Raises as `reverse`, and ReversalRefusal `no-approval-needed`, `already-asked` where another request waits
    for any of the rows, `no-approver` where nobody else may approve it.
    """
    with database.work() as session:
        fresh, batch = require_reversible(session, user, batch_id)
        found = reversal.chosen(session, batch_id, rows)
        require_promised(found, promised)
        done = reversal_record.reversals_of(session, batch)
        why = why_second(ALL[batch.type], found.tally.amount, done)
        if not why:
            raise ReversalRefusal("no-approval-needed", _("This reversal needs no approval; reverse it."))
        request = reversal_request.ask(session, found, reason=reasons.given(reason), by=fresh.id)
        approvers = _approvers(session, batch, request)
        if not approvers:
            raise ReversalRefusal(
                "no-approver",
                _(
                    "Nobody else may approve this reversal: ask an Admin to give the role {role} to somebody "
                    "else.",
                    role=roles.reversing(ALL[batch.type])[-1],
                ),
            )
        told = effect_of_reversal(session, fresh, batch, request.rows)

        def tell() -> dict[str, Fact]:
            facts: dict[str, Fact] = {
                marked("Why"): why_second(ALL[batch.type], found.tally.amount, done),
                marked("Reason"): request.reason,
                marked("Balances"): largest_changes(told),
            }
            return facts | ({marked("Days"): days} if (days := said_of_days(request.days)) else {})

        facts = told_to(approvers, tell)
        news.sent(session, fresh, batch, request, approvers, facts)
        names = tuple(person.name for person in approvers)
        return _asked(
            session, fresh, batch, request, fresh.name, names, already=found.already, failed=found.failed
        )


def approve_reversal(user: CurrentUser, batch_id: str, request_id: int) -> Reversal:
    """Reverse what somebody else has asked for: exactly that, or nothing; both are mailed.

    Raises Refusal `not-found`, `no-right`, `second-person`, and ReversalRefusal `not-waiting`,
    `rows-changed` or `already-reversed` where rows of it were reversed in between, `days-changed` where a
    month was closed.
    """
    with database.connected() as connection, database.work(connection) as session:
        request, batch, fresh = _deciding(session, user, batch_id, request_id)
        found = reversal.chosen(session, batch.id, request.rows)
        reversal_request.require_as_asked(request, found)
        asker = users.get(session, request.asked_by)
        done = carry_out(session, found, by=fresh, reason=request.reason, asked_by=asker)
        state = RequestState.APPROVED
        reversal_request.decide(session, request, state, by=fresh.id, at=done.reversed_at)
        return done


def return_reversal(user: CurrentUser, batch_id: str, request_id: int, *, reason: str) -> None:
    """Return a request to who asked, who is mailed why. Raises as `approve_reversal`, and Refusal
    `reason-missing` and `reason-too-long`."""
    with database.work() as session:
        request, batch, fresh = _deciding(session, user, batch_id, request_id)
        why = reasons.given(reason)
        reversal_request.decide(session, request, RequestState.RETURNED, by=fresh.id, note=why)
        news.returned(session, fresh, batch, request)


def withdraw_reversal(user: CurrentUser, batch_id: str, request_id: int) -> None:
    """Ask no longer. Raises Refusal `not-found`, `not-yours`, and ReversalRefusal `not-waiting`."""
    with database.work() as session:
        batch = visible(session, user, batch_id)
        request = _locked(session, batch, request_id)
        if request.asked_by != user.id:
            who = name_of(session, request.asked_by)
            raise Refusal(
                "not-yours", _("{who} asked for this reversal; only {who} can withdraw that.", who=who)
            )
        reversal_request.decide(session, request, RequestState.WITHDRAWN, by=user.id)
        news.withdrawn(session, user, batch, request)


def reversals_asked(user: CurrentUser, batch_id: str) -> list[ReversalAsked]:
    """The reversals of an import that wait for approval, longest first. Raises Refusal `not-found`."""
    with database.reading() as session:
        batch = visible(session, user, batch_id)
        found = [
            (request, name, tuple(person.name for person in _approvers(session, batch, request)))
            for request, name in reversal_request.waiting(session, batch.id)
        ]
        return [_asked(session, user, batch, request, name, names) for request, name, names in found]


def reversals_waiting_for(user: CurrentUser, *, limit: int = 100) -> list[ReversalAsked]:
    """The reversals that wait for this user's approval, longest first."""
    with database.reading() as session:
        fresh = of_now(session, user)
        types = [type.slug for type in ALL.values() if fresh and roles.may_reverse(fresh, type)]
        query = (
            select(ReversalRequest, Batch, col(User.name))
            .join(Batch, col(Batch.id) == col(ReversalRequest.batch_id))
            .join(User, col(User.id) == col(ReversalRequest.asked_by))
            .where(
                col(ReversalRequest.state) == RequestState.WAITING,
                col(Batch.type).in_(types),
                col(ReversalRequest.asked_by) != user.id,
            )
            .order_by(col(ReversalRequest.id))
            .limit(limit)
        )
        return [
            _asked(session, user, batch, request, name) for request, batch, name in session.execute(query)
        ]


def effect_of_request(user: CurrentUser, batch_id: str, request_id: int) -> Effect:
    """What a reversal that waits would do to balances now. Raises Refusal `not-found`, ReversalRefusal
    `not-waiting`."""
    with database.reading() as session:
        batch = visible(session, user, batch_id)
        request = reversal_request.require_waiting(session, batch.id, request_id)
        return effect_of_reversal(session, user, batch, request.rows)


def _locked(session: Session, batch: Batch, request_id: int) -> ReversalRequest:
    """A request of this import, while nobody else decides. Raises ReversalRefusal `not-waiting`."""
    reversal.lock(session, batch.id)
    return reversal_request.require_waiting(session, batch.id, request_id)


def _deciding(
    session: Session, user: CurrentUser, batch_id: str, request_id: int
) -> tuple[ReversalRequest, Batch, CurrentUser]:
    """The same for who decides. Raises Refusal `not-found`, `no-right` and `second-person` as well."""
    fresh, batch = require_reversible(session, user, batch_id)
    request = _locked(session, batch, request_id)
    if request.asked_by == fresh.id:
        raise Refusal("second-person", _("You asked for this reversal, so somebody else must approve it."))
    return request, batch, fresh


def _approvers(session: Session, batch: Batch, request: ReversalRequest) -> list[CurrentUser]:
    """Who may approve a request: everybody who may reverse the import, but who asked."""
    people = users.holding(session, roles.REVERSING)
    type = ALL[batch.type]
    return [person for person in people if roles.may_reverse(person, type) and person.id != request.asked_by]


def _asked(
    session: Session,
    user: CurrentUser,
    batch: Batch,
    request: ReversalRequest,
    asked_by: str,
    approvers: tuple[str, ...] = (),
    *,
    already: tuple[AlreadyReversed, ...] = (),
    failed: tuple[NotReversed, ...] = (),
) -> ReversalAsked:
    type, mine = ALL[batch.type], request.asked_by == user.id
    fresh = of_now(session, user)
    return ReversalAsked(
        id=request.id or 0,
        batch=batch,
        type=type,
        rows=None if request.rows is None else tuple(request.rows),
        reason=request.reason,
        asked=Tally(rows=request.asked_rows, amount=request.asked_amount),
        days_sentence=said_of_days(request.days),
        asked_by=asked_by,
        asked_at=request.asked_at,
        decides=not mine and fresh is not None and roles.may_reverse(fresh, type),
        mine=mine,
        approvers=approvers,
        already=already,
        failed=failed,
    )
