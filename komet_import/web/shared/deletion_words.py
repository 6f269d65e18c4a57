"""What is said to somebody who is about to delete a draft."""

import streamlit as st

from komet_import.language import _, ngettext
from komet_import.services import Work
from komet_import.web.shared.parts import counted_rows, plain


def about(work: Work, *, restored: str) -> None:
    """Draw which draft it is, whose, what goes with it, and where it can be `restored`."""
    st.markdown(f"**{plain(work.file_name)}** · {counted_rows(work.rows)}")
    if not work.own:
        st.warning(
            plain(_("This is the draft of {uploaded_by}, not yours.", uploaded_by=work.uploaded_by)),
            icon=":material/person:",
        )
    st.markdown(plain(what_goes(work)))
    st.caption(_("Nothing is posted. The draft can be restored {restored}.", restored=restored))


def label(work: Work) -> str:
    """What the button says that deletes it."""
    return (
        _("Delete draft")
        if work.own
        else _("Delete the draft of {uploaded_by}", uploaded_by=plain(work.uploaded_by))
    )


def what_goes(work: Work) -> str:
    """The edits that would go with the draft, and whose they are."""
    edits = [(_("{mine:,} of yours", mine=work.mine), work.mine)] if work.mine else []
    edits += [(_("{count:,} of {name}", count=count, name=name), count) for name, count in work.others]
    count = sum(number for _words, number in edits)
    totals = _(" So does the control total that was typed.") if work.expects else ""
    if not count:
        return _("Nobody has edited it.{totals}", totals=totals and _(" Its control total goes with it."))
    return ngettext(
        "{count:,} edit goes with it: {whose}.{totals}",
        "{count:,} edits go with it: {whose}.{totals}",
        count,
        whose=", ".join(words for words, _number in edits),
        totals=totals,
    )
