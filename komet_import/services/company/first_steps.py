"""What a company has still to do before its first import, and whether there is anybody to import for."""

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlmodel import col

from komet_import.access.users import CurrentUser
from komet_import.ledger import balances, database
from komet_import.ledger.models import Batch, Customer
from komet_import.ledger.states import FINISHED
from komet_import.services.rights import require_active
from komet_import.settings import settings
from komet_import.types import with_money


@dataclass(frozen=True, kw_only=True)
class FirstSteps:
    """Which steps are done: `locations` are those that there are (a company with one place needs none),
    `money` says that some was imported."""

    locations: tuple[str, ...]
    customers: bool
    money: bool
    mail: bool

    @property
    def done(self) -> int:
        """How many of the four."""
        return sum((bool(self.locations), self.customers, self.money, self.mail))


def first_steps(user: CurrentUser) -> FirstSteps:
    """Where the company stands. Raises Refusal `no-right` for who may not sign in any more."""
    money = [type.slug for type in with_money()]
    with database.reading() as session:
        require_active(session, user)
        customers = session.execute(select(exists().where(col(Customer.id).is_not(None)))).scalar_one()
        imported = exists().where(col(Batch.status).in_(FINISHED), col(Batch.type).in_(money))
        posted = session.execute(select(imported)).scalar_one()
    return FirstSteps(
        locations=tuple(f"{place.name} ({place.code})" for place in balances.places()),
        customers=bool(customers),
        money=bool(posted),
        mail=bool(settings().smtp_host),
    )
