"""The rows of a draft that an import rejected before, with what was changed of them since."""

from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from komet_import.access.users import CurrentUser
from komet_import.ledger import database
from komet_import.ledger.models import (
    UnpostedRow,
)
from komet_import.review.reference import Origin
from komet_import.services.draft.desk import view
from komet_import.services.imports.reports import Changed


class Returned(NamedTuple):
    """A row of a draft that was rejected before, and what was changed of it since."""

    row: int
    origin: Origin
    changes: tuple[Changed, ...]


def returned(user: CurrentUser, batch_id: str) -> tuple[Returned, ...]:
    """The rows of a draft that were rejected before, each value that is another one now. Raises as `view`."""
    opened = view(user, batch_id)
    origins = opened.draft.origins_here
    if not origins:
        return ()
    with database.reading() as session:
        query = select(UnpostedRow).where(
            col(UnpostedRow.batch_id).in_({origin.batch_id for origin in origins.values()})
        )
        known = {(row.batch_id, row.row): row for row in session.execute(query).scalars()}
    found = []
    for row, origin in sorted(origins.items()):
        earlier = known.get((origin.batch_id, origin.row))
        now = opened.draft.rows.loc[row]
        changed = [
            Changed(name, earlier.cells[name].strip(), str(now[name]).strip())
            for name in opened.draft.columns
            if earlier is not None
            and name in earlier.cells
            and earlier.cells[name].strip() != str(now[name]).strip()
        ]
        found.append(Returned(row=row, origin=origin, changes=tuple(changed)))
    return tuple(found)
