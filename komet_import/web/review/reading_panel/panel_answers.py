"""What the button of the panel about how a file was read confirms: what stood in it on the screen."""

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _, phrase
from komet_import.refusal import Refusal
from komet_import.services.draft.step_words import CONFIRMED_READING
from komet_import.web.review.look import Reviewing
from komet_import.web.shared.on_screen import ANOTHER


def confirm_reading(user: CurrentUser, looking: Reviewing) -> None:
    """Give all the answers that were shown, as one step, with what the person has chosen since of the same
    draft. Raises Refusal `overtaken` where the draft is another one by now."""
    looking.require_hands()
    stood, last = looking.proposed.on_screen(), looking.proposed.last
    if not stood or not last or (stood.revision, looking.choices) != (last.revision, last.choices):
        raise Refusal("overtaken", _(ANOTHER))
    if last.answers:
        label, revision = phrase(CONFIRMED_READING), last.revision
        kept = bool(st.session_state.get(f"remember-{looking.batch_id}", True))
        services.answer_all(
            user,
            looking.batch_id,
            last.answers,
            label=label,
            remember=kept,
            holds=lambda now: now.batch.revision == revision,
        )
    looking.close_reading()
