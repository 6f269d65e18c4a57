"""What waits for this person's approval: somebody cannot go on before it is decided."""

from collections.abc import Sequence

import streamlit as st

from komet_import.language import _
from komet_import.ledger.models import Batch
from komet_import.services import Request, ReversalAsked
from komet_import.types.money import money
from komet_import.web.shared.navigation import go_to
from komet_import.web.shared.parts import ago, page, plain


def waiting(requests: Sequence[Request], reversals: Sequence[ReversalAsked]) -> None:
    """Each request with what it would post or reverse and who asks; nothing where nothing waits."""
    if not requests and not reversals:
        return
    with st.container(border=True, gap="xsmall", key="waiting-for-approval"):
        st.subheader(
            _("Waiting for approval ({count})", count=len(requests) + len(reversals)),
            anchor=False,
            icon=":material/schedule:",
        )
        for request in requests:
            batch, asked = request.batch, request.asked
            amount = "" if asked.amount is None else f" · {plain(money(asked.amount))}"
            when = f", {ago(batch.prepared_at)}" if batch.prepared_at else ""
            told = _(
                "{counted}{amount}  \nSent by {prepared_by}{when}",
                counted=request.type.counted(asked.rows),
                amount=amount,
                prepared_by=plain(request.prepared_by),
                when=when,
            )
            _one(batch, told, opens="review")
        for reversal in reversals:
            amount = "" if reversal.asked.amount is None else f" · {plain(money(-reversal.asked.amount))}"
            told = _(
                "Reversal of {counted}{amount}  \nSent by {asked_by}, {ago}",
                counted=reversal.type.counted(reversal.asked.rows),
                amount=amount,
                asked_by=plain(reversal.asked_by),
                ago=ago(reversal.asked_at),
            )
            _one(reversal.batch, told, opens="report")


def _one(batch: Batch, told: str, *, opens: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(gap=None, key=f"row-name-asked-{opens}-{batch.id}"):
            name = f"**{plain(batch.file_name)}**"
            st.page_link(page(opens), label=name, query_params={"batch": batch.id})
            st.caption(told)
        if st.button(_("Review"), key=f"asked-{opens}-{batch.id}"):
            go_to(opens, batch_id=batch.id)
