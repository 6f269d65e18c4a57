"""Who may do what, asked in the transaction that does it, of the database as it is now."""

from sqlalchemy import select
from sqlmodel import Session, col

from komet_import.access import roles, users
from komet_import.access.users import CurrentUser
from komet_import.ledger import posting
from komet_import.ledger.models import (
    Batch,
    BatchStatus,
)
from komet_import.ledger.posting import PostingRefusal
from komet_import.refusal import Refusal
from komet_import.types import ALL, ImportType


class Terminal:
    """Who asks at the server's terminal, where reading needs no user: they have the database anyway."""


TERMINAL = Terminal()
Asking = CurrentUser | Terminal


def no_draft(batch: Batch) -> PostingRefusal:
    if batch.status == BatchStatus.DISCARDED:
        return PostingRefusal(
            "discarded",
            f"“{batch.file_name}” was deleted. Deleted drafts can be restored on the Data import page for "
            "30 days.",
            batch.id,
        )
    return posting.already_imported(batch)


def require_right(session: Session, user: CurrentUser, type: ImportType) -> CurrentUser:
    """The user with the rights of now. Raises Refusal `no-right`."""
    fresh = users.current(session, user.id)
    if fresh is None or not roles.may_import(fresh, type):
        raise Refusal("no-right", f"Your roles do not allow importing {type.title}; ask an administrator.")
    return fresh


def require_active(session: Session, user: CurrentUser) -> CurrentUser:
    """The user with the rights of now. Raises Refusal `no-right` for who may not sign in any more."""
    fresh = users.current(session, user.id)
    if fresh is None:
        raise Refusal("no-right", "You are deactivated; ask an administrator.")
    return fresh


def require_admin(session: Session, user: CurrentUser) -> CurrentUser:
    """The same for what only an Admin may do. Raises Refusal `no-right`."""
    fresh = require_active(session, user)
    if not roles.is_admin(fresh):
        raise Refusal("no-right", "Only an Admin can do this; ask one.")
    return fresh


def require_asking(session: Session, user: Asking, type: ImportType) -> None:
    """The same for what the terminal may ask too. Raises Refusal `no-right`."""
    if not isinstance(user, Terminal):
        require_right(session, user, type)


def visible(session: Session, user: CurrentUser, batch_id: str) -> Batch:
    """A batch that this user may see; otherwise the same answer as for one that does not exist."""
    batch: Batch | None = None
    if batch_id.isalnum():  # as an id is; PostgreSQL does not take every text
        batch = session.execute(select(Batch).where(col(Batch.id) == batch_id)).scalar_one_or_none()
    fresh = users.current(session, user.id)
    if batch is None or fresh is None or not roles.may_import(fresh, ALL[batch.type]):
        raise Refusal("not-found", "There is no such import, or you may not see it.")
    return batch
