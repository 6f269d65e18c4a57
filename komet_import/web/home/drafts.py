"""The parts of the Data import page."""

from collections.abc import Sequence

import streamlit as st

from komet_import.access.users import CurrentUser
from komet_import.ledger import states
from komet_import.services import Deleted, File, Listed
from komet_import.types import ImportType, Need
from komet_import.web.shared.download_link import download_link
from komet_import.web.shared.parts import counted_edits, counted_rows, draft_link, local_time, plain
from komet_import.web.shared.restoring import restore_button

NEEDS = {Need.REQUIRED: "required", Need.OPTIONAL: "optional", Need.MULTI_LOCATION: "with several locations"}
CHOSEN = "import-type"
STANDS: dict[str, str] = {states.WAITING: " · waiting for approval", states.RETURNED: " · returned"}
"""What a list says of a draft that somebody else was asked about."""


def choose_type(types: Sequence[ImportType]) -> ImportType:
    """The type of information; a person with one type is not asked."""
    if len(types) == 1:
        return types[0]
    # By slug: Streamlit takes a dataclass as a default for the list of its fields. Widgets forget on leaving
    # a page, so the choice is kept under a key of our own.
    by_slug = {type.slug: type for type in types}
    kept = st.session_state.get(CHOSEN)
    chosen: str = st.segmented_control(
        "Type of information",
        list(by_slug),
        default=kept if kept in by_slug else types[0].slug,
        format_func=lambda slug: by_slug[slug].title,
        required=True,
    )
    st.session_state[CHOSEN] = chosen
    return by_slug[chosen]


def sample(type: ImportType) -> None:
    """What the sheet must hold, and the sample to fill in."""
    st.subheader("1 · Fill in the sample", anchor=False)
    st.caption(plain(type.description))
    download_link(f"Download the {type.title} sample", File.SAMPLE, type.slug)
    if not type.once:
        download_link("Download with existing records", File.EXISTING, type.slug)
    with st.expander("Columns"):
        for column in type.columns:
            st.markdown(f"**{plain(column.name)}** · {NEEDS[column.need]}  \n{plain(column.rule)}")


def unfinished(listed: Sequence[Listed]) -> None:
    """The drafts that wait; a closed tab or a restarted server loses none."""
    if not listed:
        return
    st.subheader(f"Unfinished ({len(listed)})", anchor=False)
    for draft in listed:
        batch = draft.batch
        name, about = st.columns([1, 2], vertical_alignment="center")
        with name:
            draft_link(batch.id, batch.file_name, icon=":material/edit_note:")
        edits = f" · {counted_edits(draft.edits)}" if draft.edits else ""
        edits += STANDS.get(batch.status, "")
        about.caption(
            f"{draft.type.title} · {counted_rows(batch.rows_read)}{edits} · "
            f"{'you' if draft.mine else plain(draft.uploaded_by)}, {local_time(batch.changed_at)}"
        )


def deleted(user: CurrentUser, listed: Sequence[Deleted]) -> None:
    """The drafts that were deleted lately, each with its way back."""
    if not listed:
        return
    with st.expander(f"Deleted drafts ({len(listed)})"):
        st.caption("A deleted draft can be restored with all its edits for 30 days.")
        for draft in listed:
            name, about, back = st.columns([1, 2, 0.6], vertical_alignment="center")
            name.markdown(plain(draft.batch.file_name))
            about.caption(
                f"{draft.type.title} · {draft.batch.rows_read:,} rows · "
                f"uploaded by {plain(draft.uploaded_by)} · "
                f"deleted by {plain(draft.deleted_by)}, {local_time(draft.deleted_at)}"
            )
            with back:
                restore_button(user, draft.batch.id)
