"""How things stand: the last imports, what was imported each week, rejected rows that nobody has fixed."""

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.clock import now
from komet_import.language import _, ngettext
from komet_import.language.calendar import short_day
from komet_import.review.tally import by_type
from komet_import.services import History, OpenRows
from komet_import.types import ImportType
from komet_import.types.money import money
from komet_import.web.shared.bars import Bar
from komet_import.web.shared.columns import columns
from komet_import.web.shared.imports_table import imports_table
from komet_import.web.shared.navigation import go_to
from komet_import.web.shared.parts import browser_zone, page, plain, small_key

RECENT = 5
WEEKS = 12


def recent(found: History) -> None:
    """The last imports; pressing one opens its report."""
    if not found.lines:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.header(_("Recent imports"), anchor=False)
        st.page_link(page("history"), label=_("All imports"))
    chosen = imports_table(found, found.lines[:RECENT], key="recent", short=True)
    if chosen is not None:
        go_to("report", batch_id=chosen.batch.id)


def weeks(user: CurrentUser, type: ImportType) -> None:
    """What was imported of a type of money in each of the last weeks, this one apart."""
    if not type.summed:
        return
    spans = services.imported_in(user, type, services.weeks(browser_zone(), WEEKS))
    if not any(span.imports for span in spans):
        return
    this, figure = spans[-1], money(spans[-1].amount)
    with st.container(border=True, gap="xsmall", key=small_key("week", figure)):
        st.metric(_("{title} imported this week", title=_(type.title)), plain(figure))
        imports = ngettext("{count:,} import", "{count:,} imports", this.imports)
        st.caption(f"{type.counted(this.documents)}, {imports}")
        columns(
            [
                Bar(name=short_day(span.since), parts=(abs(span.amount),), figure=money(span.amount))
                for span in spans
            ],
            label=_("{title} imported per week, the last {weeks} weeks", title=_(type.title), weeks=WEEKS),
        )


def still_rejected(found: OpenRows) -> None:
    """Rejected rows that nobody has fixed or dropped, those of the oldest import first."""
    if not found.rows:
        return
    rows, (oldest, *others) = found.rows, found.imports
    days = (now() - (oldest.batch.posted_at or now())).days
    with st.container(border=True, gap="xsmall"):
        what = ngettext("{count:,} rejected row is open", "{count:,} rejected rows are open", rows)
        st.subheader(what, anchor=False)
        more = (
            _(
                " and {counted}",
                counted=ngettext("{count:,} other import", "{count:,} other imports", len(others)),
            )
            if others
            else ""
        )
        waited = (
            ""
            if days < 1
            else ngettext(
                " The oldest has waited {counted}.",
                " The oldest have waited {counted}.",
                rows,
                counted=ngettext("{count:,} day", "{count:,} days", days),
            )
        )
        st.caption(
            plain(
                _(
                    "From {file_name}{more}{amount}.{waited}",
                    file_name=oldest.batch.file_name,
                    more=more,
                    amount=by_type(found.money),
                    waited=waited,
                )
            )
        )
        if st.button(_("Fix them"), key="fix-rejected"):
            go_to("report", batch_id=oldest.batch.id)
