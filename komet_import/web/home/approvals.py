"""What waits for this person's approval, above all else: somebody cannot go on before it is decided."""

from collections.abc import Sequence

import streamlit as st

from komet_import.services import Request
from komet_import.types.schema import money
from komet_import.web.shared.parts import draft_link, local_time, plain


def waiting(requests: Sequence[Request]) -> None:
    """Each request with what it would post and who asks; nothing where nothing waits."""
    if not requests:
        return
    with st.container(border=True, key="waiting-for-approval"):
        st.subheader(f"Waiting for approval ({len(requests)})", anchor=False)
        for request in requests:
            batch, asked = request.batch, request.asked
            name, about = st.columns([1, 2], vertical_alignment="center")
            with name:
                draft_link(batch.id, batch.file_name, icon=":material/approval:")
            amount = "" if asked.amount is None else f" · {plain(money(asked.amount))}"
            when = f", {local_time(batch.prepared_at)}" if batch.prepared_at else ""
            about.caption(f"{request.type.counted(asked.rows)}{amount} · {plain(request.prepared_by)}{when}")
