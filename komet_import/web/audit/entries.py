"""The lines of the audit trail, and one entry in full: what was changed, from what to what."""

from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd
import streamlit as st

from komet_import.language import _, marked
from komet_import.ledger.audit import SERVER, TERMINAL
from komet_import.ledger.audit_trail import TrailLine
from komet_import.services.trail import audit_words
from komet_import.web.shared.navigation import go_to
from komet_import.web.shared.parts import local_time, plain
from komet_import.web.shared.table import facts, headings, still, table

SHOWN = 12
"""Lines that are seen at once, so that the entry that is chosen stands below them and not far down."""
HEIGHT = 36 * (SHOWN + 1)
_WHERE = {"": marked("This machine"), TERMINAL: marked("Terminal"), SERVER: marked("Server")}


def entries(lines: Sequence[TrailLine], *, key: str) -> TrailLine | None:
    """The lines, one of which may be chosen: that one is returned."""
    frame = pd.DataFrame(
        [
            {
                _("Time"): local_time(line.at),
                _("Who"): line.who or _("Nobody signed in"),
                _("What"): _(line.title),
                _("About"): audit_words.about(line),
                _("Details"): audit_words.line(line.details, but=line.file_name),
                _("From"): where(line),
            }
            for line in lines
        ]
    )
    state = st.dataframe(
        frame,
        key=key,
        hide_index=True,
        height=HEIGHT if len(lines) > SHOWN else "content",
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            _("Time"): st.column_config.TextColumn(width=130),
            _("Who"): st.column_config.TextColumn(width=130),
            _("What"): st.column_config.TextColumn(width=140),
            _("About"): st.column_config.TextColumn(width=170),
            _("Details"): st.column_config.TextColumn(width=300),
            _("From"): st.column_config.TextColumn(width=110),
        },
        alt=_("Audit trail"),
    )
    chosen = state["selection"]["rows"]
    return lines[chosen[0]] if chosen and chosen[0] < len(lines) else None


def where(line: TrailLine) -> str:
    """Where something was done from."""
    return _(_WHERE[line.address]) if line.address in _WHERE else line.address


def entry(line: TrailLine, people: Mapping[int, str]) -> None:
    """One entry in full; `people` are the names of users by ID."""
    with st.container(border=True):
        st.subheader(plain(f"{_(line.title)} · {audit_words.about(line)}".rstrip(" ·")), anchor=False)
        signed_in = f"{line.who} ({line.username})" if line.who else _("Nobody signed in")
        facts(
            {
                _("Time"): local_time(line.at),
                _("Who"): signed_in,
                _("From"): where(line),
                **audit_words.facts(line.details, people),
            }
        )
        changed = audit_words.changes(line.details)
        if changed:
            still(
                table(
                    head=headings(_("Changed"), _("Before"), _("After")),
                    lines="".join(
                        f"<tr><th scope='row' class='name'>{escape(name)}</th><td>{escape(before)}</td>"
                        f"<td>{escape(after)}</td></tr>"
                        for name, before, after in changed
                    ),
                    label=_("What was changed"),
                )
            )
        if line.place is not None:
            st.caption(
                plain(_("Number {place:,} in the chain. Seal {seal}", place=line.place, seal=line.seal))
            )
        if line.is_report and st.button(_("Open report"), icon=":material/fact_check:"):
            go_to("report", batch_id=line.about)
