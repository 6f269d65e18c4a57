"""The demo workspace: what a newcomer finds, made by the program itself."""

from datetime import timedelta

from sqlmodel import col, select

from komet_import import demo, services
from komet_import.access import password_hashes, users
from komet_import.clock import now
from komet_import.ledger import database
from komet_import.ledger.models import Adjustment, Batch, Customer, CustomerLocation, Location, Message, User
from komet_import.types import OPEN_CREDITS, Role
from tests.services import workspace


def test_the_demo_is_a_believable_company_with_a_past(database_url: str) -> None:
    assert demo.seed() == "Added 8 users, 3 locations, 120 customers and 7 past imports."
    with database.reading() as session:
        customers = session.execute(select(Customer)).scalars().all()
        batches = session.execute(select(Batch).order_by(col(Batch.posted_at))).scalars().all()
        people = users.all(session)
        homes = set(session.execute(select(col(CustomerLocation.customer_id))).scalars())
    assert len(customers) == 120 == len({c.code for c in customers}) == len({c.name for c in customers})
    assert 3 <= sum(not c.active for c in customers) <= 20
    assert sum(c.code.startswith("0") for c in customers) >= 10
    assert any(not c.name.isascii() for c in customers)
    assert homes == {c.id for c in customers} and workspace.count(Location) == 3
    held = {role for user in people for role in user.roles}
    assert held == {*OPEN_CREDITS.roles, Role.SALESPERSON} and all(len(user.roles) == 1 for user in people)
    assert [user for user, _ in demo.users_shown()] == [name for name, _, _ in demo.PEOPLE]
    days = [(now() - batch.posted_at).days for batch in batches if batch.posted_at]
    assert [round(day / 7) for day in days] == [9, 8, 7, 5, 3, 2, 1]
    assert [batch.rows_posted + batch.rows_rejected for batch in batches] == [34, 63, 12, 58, 9, 27, 41]
    assert sum(batch.rows_rejected for batch in batches) == 12
    assert workspace.count(Adjustment) == sum(batch.rows_posted for batch in batches)
    assert workspace.count(Message) == 7


def test_everything_of_the_past_is_in_the_past(sqlite_database: str) -> None:
    demo.seed()
    yesterday = now() - timedelta(days=1)
    with database.reading() as session:
        for moment in (Batch.uploaded_at, Batch.posted_at, Adjustment.posted_at, Message.created_at):
            assert all(found < yesterday for found in session.execute(select(moment)).scalars())
        rita = session.execute(select(User).where(col(User.username) == "rita")).scalar_one()
        assert password_hashes.matches(demo.PASSWORD, rita.password_hash)
        current = users.current(session, rita.id or 0)
    assert current is not None and len(services.history(current).lines) == 5
    assert services.unfinished(current) == []


def test_a_second_seed_adds_nothing(sqlite_database: str) -> None:
    workspace.person("grace", Role.ADMIN)
    before = workspace.everything()
    assert "nothing was added" in demo.seed()
    assert workspace.everything() == before
