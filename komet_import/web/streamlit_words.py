"""Streamlit's own words, which it says in English only: 1.67 has no setting for them.

Where a part takes a text of ours it has one (labels, placeholders, `alt`). What is left is told here: the
language of the page, for screen readers and for browsers that would offer to translate it; the button of
the uploader, which has our words in place of its own. The hint “Press Enter to …” is shown to nobody. The
menus of a table's columns, the calendar, the names of icons for screen readers, and the window that says that
the connection is lost stay English: nothing but their private parts would reach them.
"""

from html import escape

import streamlit as st

from komet_import.language import _
from komet_import.language.current import Language, spoken

_SCRIPT = '<script>document.documentElement.lang = "{language}"</script>'
_NOT_ARRIVED = """<style>
.st-key-drop:has([data-testid="stFileChip"][aria-invalid="true"])::after {{ content: "{sentence}"; }}
</style>"""
_STYLE = """<style>
.st-key-drop button p {{ font-size: 0; }}
.st-key-drop button p::after {{ content: "{choose}"; font-size: 0.875rem; }}
</style>"""


def tell_them() -> None:
    """Tell them on the page that is drawn."""
    with st.container(key="spoken"):
        st.html(_SCRIPT.format(language=escape(spoken())), unsafe_allow_javascript=True)
        sentence = _(
            "The file in red did not arrive: the connection was lost on the way. Drop it again; if that does "
            "not help, reload the page."
        )
        st.html(_NOT_ARRIVED.format(sentence=sentence.replace('"', "'")))
        if spoken() is not Language.ENGLISH:
            st.html(_STYLE.format(choose=_("Choose files").replace('"', "'")))
