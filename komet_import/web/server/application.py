"""The server: what is done before it starts, its start and end, and what stands around Streamlit."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from streamlit import config

from komet_import import services
from komet_import.language import _, marked
from komet_import.ledger import database
from komet_import.outbox import dispatcher
from komet_import.refusal import Refusal
from komet_import.services.draft.desk import keep_tidy
from komet_import.services.start import record_start
from komet_import.settings import SettingsError
from komet_import.sheets.files import reader
from komet_import.web.server import closed_tabs, frames, message_queue, sockets, tabs
from komet_import.web.server.discretion import Discretion
from komet_import.web.server.first_page import make_ready
from komet_import.web.server.greeting import greeting
from komet_import.web.server.headers import FilesForUsers, Headers
from komet_import.web.server.languages import Languages
from komet_import.web.server.one_address import OneAddress
from komet_import.web.server.origins import OwnSockets
from komet_import.web.server.plain_page import plain_page
from komet_import.web.server.unknown import UnknownAddresses
from komet_import.web.server.whereabouts import Whereabouts
from komet_import.web.shared import failures, upload_limits
from komet_import.web.shared.parts import plain
from komet_import.web.shared.secure_cookies import SecureCookies
from komet_import.web.shared.upload_limits import BoundedUploads


def prepare() -> None:
    """End the start with one sentence and exit status 2 where settings or database do not allow it.

    Also tells Streamlit's own upload route its limit, so that there is one setting for it.
    """
    try:
        services.require_sound_types()
        limit = upload_limits.taken_mb()
        database.require_current()
    except (SettingsError, Refusal) as refused:
        print(f"Komet Import does not start. {refused}", file=sys.stderr)  # noqa: T201
        sys.exit(2)
    config.set_option("server.maxUploadSize", limit)
    sockets.tell_streamlit()
    message_queue.tell_streamlit()
    frames.tell_uvicorn()


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[dict[str, Any]]:
    """The services that run beside the pages, in this process: the warm sheet reader, the mail dispatcher."""
    reader.warm()
    await run_in_threadpool(record_start)
    stop_mail, stop_tidying = dispatcher.start(), keep_tidy()
    print(greeting(), flush=True)  # noqa: T201 - Streamlit's own words name another address
    made_ready = make_ready()
    try:
        async with tabs.watching(), closed_tabs.clearing():
            yield {}
    finally:
        await run_in_threadpool(made_ready.join)
        await run_in_threadpool(stop_mail)
        await run_in_threadpool(stop_tidying)


MIDDLEWARE = [
    Middleware(Whereabouts),
    Middleware(Languages),
    Middleware(SecureCookies),
    Middleware(Headers),
    Middleware(failures.Failures, page=plain_page),
    Middleware(OwnSockets),
    Middleware(OneAddress),
    Middleware(UnknownAddresses),
    Middleware(Discretion),
    Middleware(FilesForUsers),
    Middleware(BoundedUploads),
    Middleware(sockets.Sockets),
]
"""From the outside in."""


DATABASE_AWAY = marked(
    "The database does not answer; this page comes back by itself when it does. An import that "
    "was under way is posted whole or not at all: if the sheet is still here then, nothing of "
    "it was posted."
)
COME_BACK = """<script>
(function again(pause) {
  setTimeout(() => fetch("/healthz", {cache: "no-store"}).then((answer) => {
    if (!answer.ok) return again(2000);
    sessionStorage.setItem("komet-came-back", Date.now());
    location.reload();
  }, () => again(2000)), pause);
})(Math.max(2000, 15000 - (Date.now() - Number(sessionStorage.getItem("komet-came-back") || 0))));
</script>"""
"""Loads the page anew once the database answers; where the fault is another one, every 15 s at the most."""


def on_script_error(wrong: Exception) -> bool:
    """Log what went wrong under an id, and show the person one sentence with that id.

    Where the database is away no page can be drawn, the Review page after an unclear posting neither; so
    what is true of money then is said here, and the page asks by itself whether it is back.
    """
    identity = failures.note(wrong)
    if isinstance(wrong, database.AWAY):
        st.warning(
            _(
                "{database_away} It is noted as error {identity}.",
                database_away=_(DATABASE_AWAY),
                identity=identity,
            ),
            icon=":material/cloud_off:",
        )
        st.html(COME_BACK, unsafe_allow_javascript=True)
        return True
    if isinstance(wrong, Refusal):  # of whatever the page did not expect to be refused
        st.error(plain(wrong.message), icon=":material/error:")
        return True
    st.error(
        _(
            "Something went wrong here. It is logged as error {identity}. Reload the page; nothing that was "
            "saved is lost.",
            identity=identity,
        ),
        icon=":material/error:",
    )
    return True
