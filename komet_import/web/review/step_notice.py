"""What the grid tells of a step that was done beside it: the words of the list of edits, and the way back."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.services import Holds
from komet_import.web.review.look import Reviewing


def told_of(
    user: CurrentUser, looking: Reviewing, step: Callable[..., Any], of: Sequence[Any], holds: Holds
) -> Callable[[], None]:
    """A step on rows or issues (`of`) that is told of when it is done: what was told of the one before would
    stand there else, and seem to be of this one."""
    return partial(_do, user, looking, partial(step, user, looking.batch_id, of, holds=holds))


def _do(user: CurrentUser, looking: Reviewing, step: Callable[[], services.Outcome]) -> None:
    if not step().changed:
        return
    done = [one for one in services.view(user, looking.batch_id).steps if one.hand == user.id]
    looking.tell(f"{done[-1].words}.", undo=True)
