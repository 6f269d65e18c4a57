"""What is said to somebody who is about to delete a draft."""

import streamlit as st

from komet_import.services import Work
from komet_import.web.shared.parts import counted_edits, counted_rows, plain


def about(work: Work, *, restored: str) -> None:
    """Draw which draft it is, whose, what goes with it, and where it can be `restored`."""
    st.markdown(f"**{plain(work.file_name)}** · {counted_rows(work.rows)}")
    if not work.own:
        st.warning(plain(f"This is the draft of {work.uploaded_by}, not yours."), icon=":material/person:")
    st.markdown(plain(what_goes(work)))
    st.caption(f"Nothing is posted. The draft can be restored {restored}.")


def label(work: Work) -> str:
    """What the button says that deletes it."""
    return "Delete draft" if work.own else f"Delete the draft of {plain(work.uploaded_by)}"


def what_goes(work: Work) -> str:
    """The edits that would go with the draft, and whose they are."""
    edits = [(f"{work.mine:,} of yours", work.mine)] if work.mine else []
    edits += [(f"{count:,} of {name}", count) for name, count in work.others]
    count = sum(number for _, number in edits)
    totals = " So does the control total that was typed." if work.expects else ""
    if not count:
        return f"Nobody has edited it.{totals and ' Its control total goes with it.'}"
    whose, go = ", ".join(words for words, _ in edits), "goes" if count == 1 else "go"
    return f"{counted_edits(count)} {go} with it: {whose}.{totals}"
