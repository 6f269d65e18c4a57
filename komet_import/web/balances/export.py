"""What can be taken away from the Balances page: the balances by age, and all adjustments of some days."""

from datetime import date, timedelta

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.ledger.adjustments import MOST, By
from komet_import.services import EVERYWHERE, File, Range
from komet_import.web.shared.download_link import download_link
from komet_import.web.shared.parts import plain

WORDS = {By.DATED: "Document date", By.IMPORTED: "Imported on"}
DAYS = 30


def export(user: CurrentUser, place: int | None, today: date) -> None:
    """The button with its workbooks; `place` is the location that is looked at."""
    with st.popover("Export", icon=":material/download:", on_change="rerun") as part:
        if not part.open:
            return
        download_link("Balances by age", File.BALANCES, EVERYWHERE if place is None else str(place))
        st.markdown("**All adjustments**")
        by = st.segmented_control(
            "By", list(By), default=By.DATED, format_func=WORDS.__getitem__, key="export-by", required=True
        )
        days = st.date_input(
            "Days", (today - timedelta(days=DAYS), today), key="export-days", format="YYYY-MM-DD"
        )
        if by is None or not isinstance(days, tuple) or len(days) < 2:
            st.caption("Choose the first and the last day.")
            return
        wanted = Range(by=By(by), first=days[0], last=days[1])
        count = services.count_adjustments(user, wanted)
        if not count:
            st.caption("There are no adjustments in these days.")
        elif count > MOST:
            st.caption(plain(f"These are {count:,} adjustments; choose fewer days."))
        else:
            download_link(f"Download {count:,} adjustments", File.ADJUSTMENTS, wanted.words)
