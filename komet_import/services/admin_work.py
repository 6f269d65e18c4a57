"""A transaction of somebody who is an Admin now."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session

from komet_import.access.users import CurrentUser
from komet_import.ledger import database
from komet_import.services.rights import require_admin


@contextmanager
def as_admin(user: CurrentUser) -> Iterator[Session]:
    """A transaction of somebody who is an Admin now. Raises Refusal `no-right`."""
    with database.work() as session:
        require_admin(session, user)
        yield session
