"""The values that were changed before an import was posted, on its report: as in the sheet, and as posted."""

from datetime import datetime

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.services import Replaced, Report
from komet_import.web.shared import guarded
from komet_import.web.shared.parts import local_day


def replaced(user: CurrentUser, report: Report) -> None:
    """The part of the page, where there is something; it is put together when somebody wants to see it."""
    if services.was_edited(user, report.batch.id):
        _part(report.batch.id)


@guarded.fragment
def _part(user: CurrentUser, batch_id: str) -> None:
    part = st.expander(
        _("Changed values"), icon=":material/edit:", on_change="rerun", key=f"replaced-{batch_id}"
    )
    if not part.open:
        return
    found = services.replaced_values(user, batch_id)
    with part:
        if not found:
            st.caption(_("No value of an imported row was changed."))
            return
        st.dataframe(
            {
                _("Column"): [one.column for one in found],
                _("In the sheet"): [one.before or _("(blank)") for one in found],
                _("Imported as"): [one.after or _("(blank)") for one in found],
                _("Rows"): [one.rows for one in found],
                _("By"): [_by(one) for one in found],
            },
            hide_index=True,
        )


def _by(one: Replaced) -> str:
    if one.known is None:
        return one.by
    return _(
        "as on {day}, by {by}",
        day=local_day(datetime.fromisoformat(one.known["at"])),
        by=one.known["by"],
    )
