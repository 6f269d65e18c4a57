"""What is to be imported, and the template to fill in."""

from collections.abc import Sequence

import streamlit as st

from komet_import.language import _, marked
from komet_import.services import File
from komet_import.types import ImportType, Need
from komet_import.web.shared.download_link import download_link
from komet_import.web.shared.parts import plain

NEEDS = {
    Need.REQUIRED: marked("required"),
    Need.OPTIONAL: marked("optional"),
    Need.MULTI_LOCATION: marked("required with more than one location"),
}
CHOSEN = "import-type"


def choose_type(types: Sequence[ImportType]) -> ImportType:
    """The type of information; a person with one type is not asked."""
    if len(types) == 1:
        return types[0]
    # By slug: Streamlit takes a dataclass as a default for the list of its fields. Widgets forget on leaving
    # a page, so the choice is kept under a key of our own.
    by_slug = {type.slug: type for type in types}
    kept = st.session_state.get(CHOSEN)
    chosen: str = st.segmented_control(
        _("What are you importing?"),
        list(by_slug),
        default=kept if kept in by_slug else types[0].slug,
        format_func=lambda slug: _(by_slug[slug].title),
        required=True,
        key=f"type-{st.session_state.get(_ROUND, 0)}",
    )
    st.session_state[CHOSEN] = chosen
    return by_slug[chosen]


_ROUND = "import-type-round"


def choose(type: ImportType) -> None:
    """Choose a type for its person, from somewhere else on the page."""
    st.session_state[CHOSEN] = type.slug
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def template(type: ImportType) -> None:
    """The sample template of a type, and of what can be changed, what there is."""
    if not type.once:
        download_link(_("Download current {nouns}", nouns=_(type.noun[1])), File.EXISTING, type.slug)
    download_link(_("Download sample template"), File.SAMPLE, type.slug)


def columns(type: ImportType) -> None:
    """What the file must hold."""
    with st.expander(_("Columns of {title}", title=_(type.title))):
        st.caption(plain(_(type.description)))
        for column in type.columns:
            st.markdown(f"**{plain(_(column.name))}** · {_(NEEDS[column.need])}  \n{plain(_(column.rule))}")
