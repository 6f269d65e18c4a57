"""What waits for this person's approval: somebody cannot go on before it is decided."""

from collections.abc import Sequence

import streamlit as st

from komet_import.services import Request
from komet_import.types.schema import money
from komet_import.web.shared.parts import ago, draft_link, plain


def waiting(requests: Sequence[Request]) -> None:
    """Each request with what it would post and who asks; nothing where nothing waits."""
    if not requests:
        return
    with st.container(border=True, gap="xsmall", key="waiting-for-approval"):
        st.subheader(f"Waiting for approval ({len(requests)})", anchor=False, icon=":material/schedule:")
        for request in requests:
            batch, asked = request.batch, request.asked
            draft_link(batch.id, batch.file_name, icon=":material/approval:")
            amount = "" if asked.amount is None else f" · {plain(money(asked.amount))}"
            when = f", {ago(batch.prepared_at)}" if batch.prepared_at else ""
            st.caption(
                f"{request.type.counted(asked.rows)}{amount}  \nSent by {plain(request.prepared_by)}{when}"
            )
