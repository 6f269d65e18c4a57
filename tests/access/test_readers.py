"""People are told things in their own language and zone, and the record in one that all can read."""

from dataclasses import replace
from datetime import UTC, datetime

from komet_import.access import readers
from komet_import.access.users import CurrentUser
from komet_import.clock import told_time
from komet_import.language import _


def test_each_is_told_in_their_own_words_and_zone_and_the_record_in_english_and_utc() -> None:
    english = CurrentUser(
        id=1, username="rita", name="Rita", email="rita@komet.example", roles=(), language="en", zone=""
    )
    spanish = replace(english, id=2, language="es", zone="America/Bogota")
    at = datetime(2026, 3, 2, 3, 30, tzinfo=UTC)
    told = readers.told_to([english, spanish], lambda: f"{_('Sent')} {told_time(at)}")
    assert set(told) == {readers.RECORD, readers.reader(english), readers.reader(spanish)}
    assert told[readers.RECORD] == told[readers.reader(english)] == "Sent 2026-03-02 03:30 UTC"
    assert told[readers.reader(spanish)] == "Enviados 2026-03-01 22:30"
