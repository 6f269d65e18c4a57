"""Balances, for whose roles show them (`ledger.balances` has the figures): the money of the types that one
may import, and no other.
"""

from komet_import.access import roles
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.ledger import balances as ledger
from komet_import.ledger import database
from komet_import.ledger import statement as statements
from komet_import.ledger.balances import Balances, Order, Place
from komet_import.ledger.customer_details import Details, details
from komet_import.ledger.statement import Statement
from komet_import.refusal import Refusal
from komet_import.services.rights import require_active
from komet_import.types import ImportType


def places(user: CurrentUser) -> list[Place]:
    """Every location of the company's. Raises Refusal `no-right`, as do the others here."""
    require_balances(user)
    return ledger.places()


def balances(
    user: CurrentUser,
    *,
    search: str = "",
    location_id: int | None = None,
    settled: bool = False,
    order: Order = Order.LARGEST,
    page: int = 1,
) -> Balances:
    """A page of the open balances (`ledger.balances.balances`)."""
    return ledger.balances(
        search=search,
        location_id=location_id,
        settled=settled,
        order=order,
        page=page,
        types=require_balances(user),
    )


def statement(
    user: CurrentUser, code: str, *, location_id: int | None = None, page: int = 1
) -> Statement | None:
    """One customer's balance and adjustments; None where there is no such customer."""
    return statements.statement(code, location_id=location_id, page=page, types=require_balances(user))


def customer_list(
    user: CurrentUser, *, search: str = "", page: int = 1
) -> tuple[Balances, dict[int, Details]]:
    """A page of all customers by code, with their balances and what else is known of them, by id."""
    types = require_balances(user)
    found = ledger.balances(search=search, settled=True, order=Order.CODE, page=page, types=types)
    return found, details([line.customer_id for line in found.lines])


def customer_details(user: CurrentUser, customer_id: int) -> Details | None:
    """What is known of one customer; None where there is none of that id."""
    require_balances(user)
    return details([customer_id]).get(customer_id)


def require_balances(user: CurrentUser) -> tuple[ImportType, ...]:
    """The types whose money the user may see. Raises Refusal `no-right`."""
    with database.reading() as session:
        types = roles.money_types(require_active(session, user))
    if not types:
        raise Refusal("no-right", _("Your roles do not show balances; ask an administrator."))
    return types
