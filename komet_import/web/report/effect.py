"""What the import did to balances, on the Report page: as it was said before it was posted."""

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.services import Report
from komet_import.web.shared.balance_effect import balance_effect


def balances(user: CurrentUser, report: Report) -> None:
    """The same numbers as on the Review page, drawn once they are looked at."""
    if report.type.summed is None or not report.receipt.posted.rows:
        return
    icon = ":material/account_balance:"
    part = st.expander(_("Balances"), icon=icon, key="report-balances", on_change="rerun")
    if part.open:
        with part:
            told = services.effect_of_import(user, report.batch.id)
            if told is None:
                st.caption(_("What this import did to balances was not kept: it is of an earlier version."))
            else:
                balance_effect(told, key="effect", done=True)
