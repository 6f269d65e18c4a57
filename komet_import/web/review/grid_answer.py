"""What the grid is answered with: the window of rows and everything beside it, as its contract has it."""

from typing import Any

from komet_import.review.window import PAGE_ROWS
from komet_import.services import Opened
from komet_import.web.review.grid_rows import grid_columns, grid_rows
from komet_import.web.review.look import Reviewing


def grid_answer(looking: Reviewing, opened: Opened, client: str) -> dict[str, Any]:
    """The answer for a browser's grid (`client`) after its actions were done."""
    order = looking.see(opened)
    first = (looking.page - 1) * PAGE_ROWS
    return {
        "version": looking.version(opened),
        "revision": opened.batch.revision,
        # Nobody learns the name of another's grid: with it they could acknowledge what that one sends.
        "acknowledged": {client: looking.acknowledged_of(opened, client)},
        "columns": grid_columns(opened, editable=not looking.checks),
        "rows": grid_rows(opened, order[first : first + PAGE_ROWS]),
        "filter": str(looking.look.show),
        "page": looking.page,
        "pages": looking.pages,
        "first": first + 1,
        "total": len(order),
        "set_aside": int(opened.judgement.set_aside[order].sum()),
        "all_totals": all(aside.kind.adds_up for aside in opened.judgement.aside.values()),
        "problems": int((opened.judgement.rejected | opened.judgement.to_confirm).sum()),
        # Who only looks at it has no steps to take back.
        "steps": None if looking.checks else {"undo": opened.can_undo, "redo": opened.can_redo},
        "sort": {"column": looking.look.sort, "descending": looking.look.descending}
        if looking.look.sort
        else None,
        "goto": looking.goto,
        "lookup": looking.lookup,
        "notices": looking.notices,
    }
