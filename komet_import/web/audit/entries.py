"""The lines of the audit trail, and one entry in full: what was changed, from what to what."""

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from komet_import.ledger.audit import SERVER, TERMINAL
from komet_import.ledger.audit_trail import TrailLine
from komet_import.services import audit_words
from komet_import.web.shared.navigation import go_to
from komet_import.web.shared.parts import local_time, plain
from komet_import.web.shared.table import facts, headings, still, table

SHOWN = 12
"""Lines that are seen at once, so that the entry that is chosen stands below them and not far down."""
HEIGHT = 36 * (SHOWN + 1)
_WHERE = {"": "This machine", TERMINAL: "Terminal", SERVER: "Server"}


def entries(lines: Sequence[TrailLine], *, key: str) -> TrailLine | None:
    """The lines, one of which may be chosen: that one is returned."""
    frame = pd.DataFrame(
        [
            {
                "Time": local_time(line.at),
                "Who": line.who or "Nobody signed in",
                "What": line.title,
                "About": line.file_name or line.about,
                "Details": audit_words.line(line.details, but=line.file_name),
                "From": where(line),
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
            "Time": st.column_config.TextColumn(width=140),
            "Who": st.column_config.TextColumn(width=150),
            "What": st.column_config.TextColumn(width=150),
            "About": st.column_config.TextColumn(width=190),
            "Details": st.column_config.TextColumn(width=360),
            "From": st.column_config.TextColumn(width=110),
        },
        alt="Audit trail",
    )
    chosen = state["selection"]["rows"]
    return lines[chosen[0]] if chosen and chosen[0] < len(lines) else None


def where(line: TrailLine) -> str:
    """Where something was done from."""
    return _WHERE.get(line.address, line.address)


def entry(line: TrailLine) -> None:
    """One entry in full."""
    with st.container(border=True):
        st.subheader(plain(f"{line.title} · {line.file_name or line.about}".rstrip(" ·")), anchor=False)
        signed_in = f"{line.who} ({line.username})" if line.who else "Nobody signed in"
        facts(
            {
                "Time": local_time(line.at),
                "Who": signed_in,
                "From": where(line),
                **audit_words.facts(line.details),
            }
        )
        changed = audit_words.changes(line.details)
        if changed:
            still(
                table(
                    head=headings("Changed", "Before", "After"),
                    lines="".join(
                        f"<tr><th scope='row' class='name'>{escape(name)}</th><td>{escape(before)}</td>"
                        f"<td>{escape(after)}</td></tr>"
                        for name, before, after in changed
                    ),
                    label="What was changed",
                )
            )
        if line.place is not None:
            st.caption(plain(f"Number {line.place:,} in the chain. Seal {line.seal}"))
        if line.is_report and st.button("Open report", icon=":material/fact_check:"):
            go_to("report", batch_id=line.about)
