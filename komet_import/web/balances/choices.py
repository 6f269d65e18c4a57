"""What a browser looks at on the Balances page, and the part where it is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from komet_import.language import _, marked
from komet_import.ledger.balances import Order, Place
from komet_import.types import ImportType

EVERYWHERE = marked("All locations")
EVERYBODY, LARGEST = marked("Customers"), marked("Ten largest")
"""What is shown below the figures."""
Types = Sequence[ImportType]
"""Those whose money the person may see."""

_SEARCH, _PLACE, _SETTLED, _ORDER = "balances-search", "balances-place", "balances-settled", "balances-order"


@dataclass
class BalancesLook:
    """What this browser looks at, kept while other pages are open."""

    search: str = ""
    place: str = EVERYWHERE
    settled: bool = False
    order: Order = Order.LARGEST
    page: int = 1
    entries_page: int = 1


def balances_look(of: str = "balances") -> BalancesLook:
    """This browser's look at a page. Kept under a key of our own: widgets forget as soon as they are not
    drawn."""
    kept = st.session_state.setdefault(of, BalancesLook())
    return kept if isinstance(kept, BalancesLook) else BalancesLook()


def chosen_customer() -> str:
    """The code in the address, so that a customer's page can be kept and sent to somebody."""
    return str(st.query_params.get("customer", ""))


def view() -> str:
    """Everybody in a table, or the ten largest as bars: `EVERYBODY` or `LARGEST`."""
    return st.segmented_control(
        _("Show"),
        [EVERYBODY, LARGEST],
        default=EVERYBODY,
        format_func=_,
        required=True,
        key="balances-view",
        label_visibility="collapsed",
    )


def toolbar(look: BalancesLook, places: list[Place]) -> int | None:
    """Search and filters, in one line whose fields say by themselves what they are; returns the chosen
    location's id."""
    before = (look.search, look.place, look.settled, look.order)
    search(look)
    place_id = location(look, places)
    orders = list(Order)
    look.order = st.selectbox(
        _("Sort by"),
        orders,
        orders.index(look.order),
        format_func=lambda order: _("Sort: {order}", order=_(order)),
        key=_ORDER,
        label_visibility="collapsed",
        width=215,
    )
    look.settled = st.checkbox(_("Include zero balances"), look.settled, key=_SETTLED)
    if before != (look.search, look.place, look.settled, look.order):
        look.page = 1
    return place_id


def search(look: BalancesLook) -> None:
    """The field for a customer's code or name; another search begins with the first page."""
    before = look.search
    look.search = st.text_input(
        _("Search"),
        look.search,
        key=_SEARCH,
        placeholder=_("Customer code or name"),
        icon=":material/search:",
        label_visibility="collapsed",
        width=220,
    )
    if before != look.search:
        look.page = 1


def location(look: BalancesLook, places: list[Place]) -> int | None:
    """The choice of a location, where there is more than one; returns its id."""
    if len(places) < 2:
        return None
    names = {f"{place.code} · {place.name}": place.id for place in places}
    if look.place not in names:
        look.place = EVERYWHERE
    offered = [EVERYWHERE, *names]
    look.place = st.selectbox(
        _("Location"),
        offered,
        offered.index(look.place),
        format_func=lambda place: _(place) if place == EVERYWHERE else place,
        key=_PLACE,
        label_visibility="collapsed",
        width=180,
    )
    return names.get(look.place)
