"""Mails tell times in the zone of who reads them: that of the browser in which they signed in last."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from komet_import import services
from komet_import.access import password_check, password_hashes, users
from komet_import.access.users import CurrentUser
from komet_import.language.calendar import long_time
from komet_import.language.current import Language, speaking
from komet_import.ledger import database
from komet_import.ledger.models import Batch, Message
from tests.services import workspace
from tests.services.workspace import People, credit

PASSWORD = "tulips-and-roses"


def sign_in(person: CurrentUser, zone: str) -> CurrentUser:
    """The person as they are after a sign-in in a browser of that zone."""
    with database.transaction() as session:
        users.get(session, person.id).password_hash = password_hashes.hashed(PASSWORD)
    assert password_check.ticket(
        username=person.username, password=PASSWORD, address="", mark="", browser="b", zone=zone
    )
    with database.reading() as session:
        return users.current(session, person.id) or person


def last_mail(person: CurrentUser) -> str:
    with database.reading() as session:
        query = select(Message.text).where(Message.user_id == person.id).order_by(col(Message.id).desc())
        return session.exec(query).first() or ""


@pytest.mark.twin
def test_each_is_told_the_time_of_their_own_zone(people: People) -> None:
    rita, ada = sign_in(people.rita, "America/Bogota"), sign_in(people.ada, "Nowhere/Atlantis")
    assert (rita.zone, ada.zone) == ("America/Bogota", "")
    batch_id = workspace.opened(rita, credit("A"))
    services.post(rita, batch_id)
    services.reverse(ada, batch_id, reason="Wrong file")
    with database.reading() as session:
        at = session.exec(select(Batch.posted_at).where(Batch.id == batch_id)).one()
    assert at is not None
    assert f"imported on {long_time(at.astimezone(ZoneInfo('America/Bogota')))}," in last_mail(rita)
    assert f"imported on {long_time(at)} UTC," in last_mail(ada)


def test_a_browser_that_says_no_zone_leaves_the_one_of_before(people_here: People) -> None:
    sign_in(people_here.rita, "America/Guayaquil")
    assert sign_in(people_here.rita, "").zone == "America/Guayaquil"


def test_a_letter_says_a_time_as_its_language_does() -> None:
    at = datetime(2026, 3, 2, 10, 42, tzinfo=UTC)
    assert long_time(at) == "March 2, 2026, 10:42"
    with speaking(Language.SPANISH):
        assert long_time(at) == "2 de marzo de 2026, 10:42"
