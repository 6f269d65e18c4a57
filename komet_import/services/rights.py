"""Who may do what, asked in the transaction that does it, of the database as it is now."""

from sqlalchemy import select
from sqlmodel import Session, col

from komet_import.access import roles, users
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.language.lists import listed
from komet_import.ledger import posting
from komet_import.ledger.models import (
    Batch,
    BatchStatus,
    Edit,
)
from komet_import.ledger.posting import PostingRefusal
from komet_import.ledger.states import TABLE, Move, Who, after, in_work
from komet_import.refusal import Refusal
from komet_import.types import ALL, ImportType


class Terminal:
    """Who asks at the server's terminal, where reading needs no user: they have the database anyway."""


TERMINAL = Terminal()
Asking = CurrentUser | Terminal


def no_draft(batch: Batch) -> PostingRefusal:
    """Why a batch is no draft that could be worked on: it was deleted, or posted."""
    if batch.status == BatchStatus.DISCARDED:
        return PostingRefusal(
            "discarded",
            _(
                "“{file_name}” was deleted. Deleted drafts can be restored on the Data import page for 30 "
                "days.",
                file_name=batch.file_name,
            ),
            batch.id,
        )
    return posting.already_imported(batch)


def no_move(batch: Batch, move: Move) -> PostingRefusal:
    """Why a move is not possible for a batch as it stands (`ledger.states`)."""
    if not in_work(batch):
        return no_draft(batch)
    if batch.status == BatchStatus.WAITING:
        return PostingRefusal(
            "waiting",
            _(
                "“{file_name}” waits for approval; nothing was imported. Withdraw the request first.",
                file_name=batch.file_name,
            ),
        )
    assert move in (Move.APPROVE, Move.RETURN, Move.WITHDRAW)  # noqa: S101  (a draft allows all others)
    return PostingRefusal(
        "not-waiting",
        _(
            "“{file_name}” no longer waits for approval: it was changed, withdrawn or returned. "
            "Nothing was imported.",
            file_name=batch.file_name,
        ),
    )


def require_move(session: Session, user: CurrentUser, batch: Batch, move: Move) -> CurrentUser:
    """The user with the rights of now, who may do this with the batch as it stands (`ledger.states`).

    Raises Refusal `no-right`, `not-yours`, `second-person`, and PostingRefusal where its state does not allow
    it.
    """
    fresh = require_right(session, user, ALL[batch.type])
    if after(move, batch.status) is None:
        raise no_move(batch, move)
    who = TABLE[move].who
    if who is Who.OWNER:
        require_own(session, fresh, batch, move)
    if who is Who.REVERSER:
        require_reverser(fresh, ALL[batch.type])
    if who is Who.CHECKER and (why := why_no_checker(session, fresh, batch)):
        raise Refusal("second-person", why)
    return fresh


def require_reverser(user: CurrentUser, type: ImportType) -> None:
    """Raises Refusal `no-right`."""
    if not roles.may_reverse(user, type):
        named = listed(roles.reversing(type), "or")
        raise Refusal("no-right", _("Only {named} can reverse {title}.", named=named, title=_(type.title)))


def owns(user: CurrentUser, batch: Batch) -> bool:
    """Whether this user uploaded a batch, or is an Admin."""
    return batch.uploaded_by == user.id or roles.is_admin(user)


def require_own(session: Session, user: CurrentUser, batch: Batch, move: Move) -> None:
    """Raises Refusal `not-yours`."""
    if not owns(user, batch):
        owner = users.get(session, batch.uploaded_by).name
        said = (
            _("{owner} uploaded “{file}”; only {owner} or an Admin can restore it.")
            if move is Move.RESTORE
            else _("{owner} uploaded “{file}”; only {owner} or an Admin can delete it.")
        )
        raise Refusal("not-yours", said.format(owner=owner, file=batch.file_name))


def why_no_checker(session: Session, user: CurrentUser, batch: Batch) -> str:
    """Why this user may not approve or return a batch, in one sentence; blank where they may."""
    type = ALL[batch.type]
    if not roles.may_approve(user, type):
        named = listed(roles.approving(type), "or")
        return _("Only {named} can approve {title}.", named=named, title=_(type.title))
    if user.id in (batch.prepared_by, batch.uploaded_by):
        return _("You prepared this import, so somebody else must approve it.")
    return (
        _("You edited this import, so somebody else must approve it.")
        if user.id in hands(session, batch)
        else ""
    )


def hands(session: Session, batch: Batch) -> set[int]:
    """Everybody who has worked on a batch: uploaded it, sent it, did, undid or redid an edit of it."""
    query = select(col(Edit.user_id), col(Edit.turned_by)).where(col(Edit.batch_id) == batch.id).distinct()
    edited = {user_id for line in session.execute(query) for user_id in line}
    return {user_id for user_id in (batch.uploaded_by, batch.prepared_by, *edited) if user_id is not None}


def of_now(session: Session, user: CurrentUser) -> CurrentUser | None:
    """The user with the rights of now, None who may not sign in any more; read once in each transaction,
    however often its use case asks.
    """
    read: dict[int, CurrentUser | None] = session.info.setdefault("rights", {})
    if user.id not in read:
        read[user.id] = users.current(session, user.id)
    return read[user.id]


def require_right(session: Session, user: CurrentUser, type: ImportType) -> CurrentUser:
    """The user with the rights of now. Raises Refusal `no-right`."""
    fresh = of_now(session, user)
    if fresh is None or not roles.may_import(fresh, type):
        raise Refusal(
            "no-right",
            _("Your roles do not allow importing {title}; ask an administrator.", title=_(type.title)),
        )
    return fresh


def require_active(session: Session, user: CurrentUser) -> CurrentUser:
    """The user with the rights of now. Raises Refusal `no-right` for who may not sign in any more."""
    fresh = of_now(session, user)
    if fresh is None:
        raise Refusal("no-right", _("You are deactivated; ask an administrator."))
    return fresh


def types_of(session: Session, user: CurrentUser) -> tuple[ImportType, ...]:
    """The types that the user may import now. Raises Refusal `no-right` for who may not sign in any more."""
    return roles.types_for(require_active(session, user).roles)


def require_admin(session: Session, user: CurrentUser) -> CurrentUser:
    """The same for what only an Admin may do. Raises Refusal `no-right`."""
    fresh = require_active(session, user)
    if not roles.is_admin(fresh):
        raise Refusal("no-right", _("Only an Admin can do this; ask one."))
    return fresh


def require_asking(session: Session, user: Asking, type: ImportType) -> None:
    """The same for what the terminal may ask too. Raises Refusal `no-right`."""
    if not isinstance(user, Terminal):
        require_right(session, user, type)


def no_such_import() -> Refusal:
    """The same for one that does not exist as for one that is not this person's to see."""
    return Refusal("not-found", _("There is no such import, or you may not see it."))


def visible(session: Session, user: CurrentUser, batch_id: str) -> Batch:
    """A batch that this user may see; otherwise the same answer as for one that does not exist."""
    batch: Batch | None = None
    if batch_id.isalnum():  # as an id is; PostgreSQL does not take every text
        batch = session.execute(select(Batch).where(col(Batch.id) == batch_id)).scalar_one_or_none()
    fresh = of_now(session, user)
    if batch is None or fresh is None or not roles.may_import(fresh, ALL[batch.type]):
        raise no_such_import()
    return batch
