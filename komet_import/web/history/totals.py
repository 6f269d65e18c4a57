"""What was imported in the last months, and what of all imports is still open."""

import streamlit as st

from komet_import import services
from komet_import.access import roles
from komet_import.access.users import CurrentUser
from komet_import.language import _, ngettext
from komet_import.language.calendar import month_and_year
from komet_import.review.tally import by_type
from komet_import.services import OpenRows
from komet_import.types.money import money
from komet_import.web.shared.parts import browser_zone, plain, tiles

MONTHS = 3


def totals(user: CurrentUser, waiting: OpenRows) -> None:
    """A tile for each of the last months, each type by itself, and one for open rejected rows."""
    types = roles.money_types(user)
    starts = services.months(browser_zone(), MONTHS)
    spans = {type: services.imported_in(user, type, starts) for type in types}
    longest = max((money(span.amount) for several in spans.values() for span in several), key=len)
    *framed, still = tiles(MONTHS + 1, name="months", longest=longest)
    for tile, month in zip(framed, reversed(range(MONTHS)), strict=True):
        with tile:
            (type, span), *others = [(type, spans[type][month]) for type in types]
            st.metric(month_and_year(span.since).capitalize(), plain(money(span.amount)))
            said = [
                type.counted(span.documents),
                ngettext("{count:,} import", "{count:,} imports", span.imports),
            ]
            said += [
                _("{amount} in {counted}", amount=plain(money(o.amount)), counted=t.counted(o.documents))
                for t, o in others
                if o.imports
            ]
            st.caption(" · ".join(said))
    with still:
        st.metric(_("Open rejected rows"), f"{waiting.rows:,}")
        st.caption(
            ngettext("{count:,} import", "{count:,} imports", len(waiting.imports))
            + plain(by_type(waiting.money))
            if waiting.rows
            else _("Nothing waits to be corrected")
        )
