"""Closed tabs, and what was uploaded in them, do not stay in memory; what open ones have does."""

import asyncio
import threading
import time
from types import SimpleNamespace
from typing import Any
from weakref import ref

import pytest
from streamlit.runtime import Runtime, RuntimeConfig
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from komet_import.web.server import closed_tabs, tabs
from komet_import.web.shared import upload_limits
from komet_import.web.shared.upload_limits import KEPT_SECONDS

SIZE = 1000


@pytest.fixture
def manager(monkeypatch: pytest.MonkeyPatch) -> MemoryUploadedFileManager:
    """Where Streamlit keeps uploads; two tabs have one each."""
    manager = MemoryUploadedFileManager("/_stcore/upload_file")
    monkeypatch.setattr(upload_limits, "_manager", lambda: manager)
    monkeypatch.setattr(upload_limits, "ROOM", upload_limits.Room())
    for tab in ("open", "closed"):
        assert upload_limits.ROOM.take((tab, "file"), user_id=1, size=SIZE) == SIZE
        manager.add_file(tab, UploadedFileRec(file_id="file", name="f.xlsx", type="", data=bytes(SIZE)))
        upload_limits.ROOM.arrived((tab, "file"))
    return manager


def kept(manager: MemoryUploadedFileManager) -> list[str]:
    """The tabs whose file is there."""
    return [tab for tab in ("open", "closed") if manager.get_files(tab, ["file"])]


def test_what_was_uploaded_goes_a_while_after_its_tab_was_closed(manager: MemoryUploadedFileManager) -> None:
    room = upload_limits.ROOM
    assert not room.clear("open".__eq__, moment=100.0)
    assert not room.clear("open".__eq__, moment=99.0 + KEPT_SECONDS)
    assert kept(manager) == ["open", "closed"]
    assert room.clear("open".__eq__, moment=100.0 + KEPT_SECONDS)
    assert kept(manager) == ["open"]
    assert not room.clear("open".__eq__, moment=200.0 + KEPT_SECONDS)
    assert kept(manager) == ["open"]


def test_nothing_is_taken_away_while_another_makes_room(manager: MemoryUploadedFileManager) -> None:
    room = upload_limits.ROOM
    clearing = threading.Thread(target=room.clear, args=("open".__eq__,), kwargs={"moment": 1.0})
    with room.lock:
        clearing.start()
        clearing.join(0.05)
        assert clearing.is_alive() and room.closed == {}
    clearing.join(20)
    assert room.closed == {"closed": 1.0}


def test_a_tab_whose_connection_was_cut_and_came_back_keeps_it(manager: MemoryUploadedFileManager) -> None:
    room = upload_limits.ROOM
    room.clear("open".__eq__, moment=0.0)
    room.clear(lambda tab: True, moment=KEPT_SECONDS - 1)  # it is there again
    assert not room.clear("open".__eq__, moment=KEPT_SECONDS)
    assert kept(manager) == ["open", "closed"]


def test_the_server_looks_by_itself_and_again_after_a_look_that_failed(
    manager: MemoryUploadedFileManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []

    def is_open(tab: str) -> bool:
        looks.append(tab)
        if len(looks) == 1:
            raise RuntimeError
        return tab == "open"

    async def a_while() -> None:
        async with closed_tabs.clearing(), asyncio.timeout(10):
            while len(kept(manager)) == 2:
                await asyncio.sleep(0.01)

    monkeypatch.setattr(closed_tabs, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(upload_limits, "KEPT_SECONDS", 0.05)
    monkeypatch.setattr(tabs, "is_open", is_open)
    asyncio.run(a_while())
    assert kept(manager) == ["open"]


class Closed:
    """A tab that Streamlit keeps after it was closed."""

    id = "closed"


@pytest.mark.parametrize(("seconds", "gone"), [(0.05, True), (60, False)])
def test_a_closed_tab_goes_once_nobody_can_come_back_to_it_though_no_other_closes(
    monkeypatch: pytest.MonkeyPatch, seconds: Any, gone: bool
) -> None:
    storage, given_back = MemorySessionStorage(ttl_seconds=seconds), []
    tab: Any = SimpleNamespace(session=Closed())
    storage.save(tab)
    left = ref(tab.session)
    del tab
    monkeypatch.setattr(Runtime, "_instance", None)
    Runtime(
        RuntimeConfig(
            script_path="script.py",
            media_file_storage=MemoryMediaFileStorage("/media"),
            uploaded_file_manager=MemoryUploadedFileManager("/upload"),
            session_storage=storage,
        )
    )
    monkeypatch.setattr(closed_tabs, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(closed_tabs, "give_back", lambda: given_back.append(left()))

    async def a_while() -> None:
        async with closed_tabs.clearing():
            end = time.monotonic() + (10 if gone else 0.2)
            while not given_back and time.monotonic() < end:
                await asyncio.sleep(0.01)

    asyncio.run(a_while())
    assert given_back == ([None] if gone else []), "memory is given back once the tab is gone"
    assert (left() is None) == gone
