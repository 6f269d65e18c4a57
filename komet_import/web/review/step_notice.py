"""What the grid tells of a step that was done beside it: the words of the list of edits, and the way back."""

from collections.abc import Callable, Sequence
from typing import Any

from komet_import.access.users import CurrentUser
from komet_import.services import Holds, Outcome
from komet_import.web.review.look import Reviewing


def told_of(
    user: CurrentUser, looking: Reviewing, step: Callable[..., Outcome], of: Sequence[Any], holds: Holds
) -> Callable[[], None]:
    """A step on rows or issues (`of`) that is told of when it is done: what was told of the one before would
    stand there else, and seem to be of this one."""
    return lambda: tell_done(looking, step(user, looking.batch_id, of, holds=holds))


def tell_done(looking: Reviewing, outcome: Outcome) -> None:
    """Tell of the step that was done, whatever anybody did after it; of nothing where nothing changed."""
    if outcome.step is not None:
        looking.tell(f"{outcome.step.words}.", undo=True)
