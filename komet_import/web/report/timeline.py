"""The part of the Report page that tells what happened to the import, from its upload on."""

from html import escape

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.services import Happening, Report
from komet_import.web.shared.parts import local_time
from komet_import.web.shared.table import headings, still, table


def timeline(user: CurrentUser, report: Report) -> None:
    """Uploaded, edited, imported, mailed, reversed: when, by whom."""
    st.subheader(_("Timeline"), anchor=False)
    still(
        table(
            head=headings(_("Time"), _("What"), _("Who"), _("Details")),
            lines="".join(map(_line, services.timeline(user, report.batch.id))),
            label=_("Timeline"),
        )
    )


def _line(happening: Happening) -> str:
    first, last = local_time(happening.at), local_time(happening.until)
    when = first if first == last else f"{first} – {last}"
    times = "" if happening.times == 1 else _(" ({times:,} times)", times=happening.times)
    return (
        f"<tr><td class='time'>{escape(when)}</td>"
        f"<th scope='row' class='name'>{escape(_(happening.what))}{times}</th>"
        f"<td>{escape(happening.who)}</td><td class='wordy'>{escape(happening.detail)}</td></tr>"
    )
