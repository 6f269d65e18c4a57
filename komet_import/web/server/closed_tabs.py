"""What lies in memory for tabs that are closed: it goes back to the machine while nobody does anything, too.

Streamlit throws a closed tab away only once another one closes, two minutes later or more: after the last tab
of a day, files that nobody will open would lie there until the next morning.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from starlette.concurrency import run_in_threadpool

from komet_import.memory import give_back
from komet_import.web.server import tabs
from komet_import.web.shared import upload_limits

log = logging.getLogger(__name__)

LOOK_SECONDS = 5.0


@asynccontextmanager
async def clearing() -> AsyncIterator[None]:
    """While this runs, what was uploaded in tabs that were closed goes after `upload_limits.KEPT_SECONDS`."""
    clear = asyncio.create_task(_clear(), name="closed-tabs")
    try:
        yield
    finally:
        clear.cancel()
        with suppress(asyncio.CancelledError):
            await clear


async def _clear() -> None:
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        try:
            if upload_limits.ROOM.clear(tabs.is_open, moment=time.monotonic()):
                await run_in_threadpool(give_back)
        except Exception:  # whatever it is, this look must not have been the last one
            log.exception("What closed tabs have left could not be looked at.")
