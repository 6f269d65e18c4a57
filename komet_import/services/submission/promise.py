"""What a click promises: the draft that its person saw, in rows, in money, and in all that was edited."""

from collections.abc import Sequence

from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.language.lists import listed
from komet_import.ledger.posting import PostingRefusal
from komet_import.ledger.receipt import Tally
from komet_import.services.draft.desk import DESK
from komet_import.services.draft.differences import Difference, Seen, differences, turned_months
from komet_import.services.draft.open_draft import Opened


class Overtaken(PostingRefusal):
    """The sheet is no longer as the person saw it; `differences` tell who changed what, up to a revision."""

    def __init__(self, found: Sequence[Difference], *, revision: int) -> None:
        who = " and ".join(dict.fromkeys(difference.by for difference in found))
        super().__init__(
            "draft-changed",
            _(
                "{who} changed the sheet since you looked; nothing was imported. Look at it and click again.",
                who=who,
            ),
        )
        self.differences = tuple(found)
        self.revision = revision


def require_as_seen(user: CurrentUser, now: Opened, promised: Tally | None, seen: Seen | None) -> None:
    """Raises PostingRefusal where other rows would be posted than the person saw. What they did themselves
    since the page was drawn, they saw in the grid.
    """
    if seen is not None:
        theirs = [found for found in differences(seen, now) if found.hand != user.id]
        if theirs:
            DESK.keep(now)
            raise Overtaken(theirs, revision=now.batch.revision)
        if turned := turned_months(seen, now):
            DESK.keep(now)
            raise PostingRefusal(
                "draft-changed",
                _(
                    "{what} since you looked; nothing was imported. Check the new numbers.",
                    what=listed(turned),
                ),
            )
    if promised is not None and promised != now.figures.ready:
        DESK.keep(now)
        raise PostingRefusal(
            "draft-changed",
            _("The sheet, the customers or the ledger changed since you looked; check the new numbers."),
        )
