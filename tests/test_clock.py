"""Times are told in the zone of who reads them; where nobody knows that zone, the text names its own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from komet_import.clock import tell_in, telling_in, told_day, told_time

LATE = datetime(2026, 3, 3, 3, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "time"),
    [
        (None, "2026-03-03 UTC", "2026-03-03 03:30 UTC"),
        (ZoneInfo("America/Bogota"), "2026-03-02", "2026-03-02 22:30"),
        (ZoneInfo("Asia/Tokyo"), "2026-03-03", "2026-03-03 12:30"),
    ],
)
def test_a_moment_is_told_in_the_zone_of_its_reader(zone: ZoneInfo | None, day: str, time: str) -> None:
    with telling_in(zone):
        assert (told_day(LATE), told_time(LATE)) == (day, time)
    assert told_day(LATE) == "2026-03-03 UTC"


def test_one_readers_zone_is_not_another_threads() -> None:
    with ThreadPoolExecutor(1) as first, ThreadPoolExecutor(1) as second:
        first.submit(tell_in, ZoneInfo("America/Bogota")).result()
        told = [pool.submit(told_day, LATE).result() for pool in (first, second)]
    assert told == ["2026-03-02", "2026-03-03 UTC"]
