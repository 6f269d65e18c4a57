"""What can be taken away from the Balances page: the balances by age, and all adjustments of some days."""

from datetime import date, timedelta

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _, marked
from komet_import.ledger.adjustments import MOST, By
from komet_import.services import EVERYWHERE, File, Range
from komet_import.web.shared.download_link import download_link
from komet_import.web.shared.parts import plain

WORDS = {By.DATED: marked("Document date"), By.IMPORTED: marked("Imported on")}
DAYS = 30


def export(user: CurrentUser, place: int | None, today: date) -> None:
    """The button with its workbooks; `place` is the location that is looked at."""
    with st.popover(_("Export"), icon=":material/download:", on_change="rerun") as part:
        if not part.open:
            return
        download_link(_("Balances by age"), File.BALANCES, EVERYWHERE if place is None else str(place))
        st.markdown(_("**All adjustments**"))
        by = st.segmented_control(
            _("By"),
            list(By),
            default=By.DATED,
            format_func=lambda by: _(WORDS[by]),
            key="export-by",
            required=True,
        )
        days = st.date_input(
            _("Days"), (today - timedelta(days=DAYS), today), key="export-days", format="YYYY-MM-DD"
        )
        if by is None or not isinstance(days, tuple) or len(days) < 2:
            st.caption(_("Choose the first and the last day."))
            return
        wanted = Range(by=By(by), first=days[0], last=days[1])
        count = services.count_adjustments(user, wanted)
        if not count:
            st.caption(_("There are no adjustments in these days."))
        elif count > MOST:
            st.caption(plain(_("These are {count:,} adjustments; choose fewer days.", count=count)))
        else:
            download_link(_("Download {count:,} adjustments", count=count), File.ADJUSTMENTS, wanted.words)
