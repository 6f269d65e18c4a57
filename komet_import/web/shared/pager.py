"""The pager below a list: which lines are shown, of how many, and the way to the others."""

import streamlit as st

from komet_import.language import _


def pager(found: int, *, page: int, pages: int, size: int, of: str, key: str) -> int | None:
    """Draw it below a page of so many lines that were `found`; `size` is that of a full page, `of` says how
    many there are, of what (Markdown). Returns the page to which a person turns, if it is another one.
    """
    first = (page - 1) * size + 1
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_("{first:,}–{last:,} of {of}", first=first, last=first + found - 1, of=of))
        return turned(pages, page, key=f"{key}-{page}")


def turned(pages: int, page: int, *, key: str) -> int | None:
    """The pages of a list, where it has several; the one to which a person turns, if it is another one."""
    if pages < 2:
        return None
    chosen = st.pagination(pages, default=page, key=key)
    return chosen if chosen != page else None
