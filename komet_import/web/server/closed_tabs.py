"""What lies in memory for tabs that are closed: it goes back to the machine while nobody does anything, too.

Streamlit keeps a closed tab for two minutes, in case its connection was only cut, and throws it away once
another one closes after that: what the last tabs of a day had would lie there until the next morning. Nor is
that the little that a tab is: its pieces lie scattered over what a large draft had, and hold on to that.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from starlette.concurrency import run_in_threadpool
from streamlit import runtime

from komet_import.memory import give_back
from komet_import.web.server import tabs
from komet_import.web.shared import upload_limits

log = logging.getLogger(__name__)

LOOK_SECONDS = 5.0


@asynccontextmanager
async def clearing() -> AsyncIterator[None]:
    """While this runs, closed tabs go once nobody can come back to them, and what was uploaded in them after
    `upload_limits.KEPT_SECONDS`.
    """
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
            uploads_went = upload_limits.ROOM.clear(tabs.is_open, moment=time.monotonic())
            if _throw_away() or uploads_went:
                await run_in_threadpool(give_back)
        except Exception:  # whatever it is, this look must not have been the last one
            log.exception("What closed tabs have left could not be looked at.")


def _throw_away() -> bool:
    """Have Streamlit throw away the closed tabs that it gives to nobody any more; whether there were any."""
    if not runtime.exists():
        return False
    kept: Any = runtime.get_instance()
    return bool(kept._session_mgr._session_storage._cache.expire())
