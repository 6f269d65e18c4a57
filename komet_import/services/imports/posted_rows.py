"""What an import posted, row by row: to look at, and to choose what is to be reversed."""

from komet_import.access.users import CurrentUser
from komet_import.ledger import database, statement
from komet_import.ledger.statement import PostedPage
from komet_import.services.rights import visible


def posted_rows(user: CurrentUser, batch_id: str, *, page: int = 1) -> PostedPage:
    """A page of the documents of an import, those that were reversed as well. Raises Refusal `not-found`."""
    with database.reading() as session:
        return statement.posted_by_import(session, visible(session, user, batch_id).id, page=page)
