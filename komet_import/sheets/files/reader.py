"""The reader: bytes to a `Worksheet`, by way of the guard and a disposable child process.

At most two children work at a time in one process of the app; further uploads wait their turn. Whatever
happens to a child (a crash, a loop, too much memory) is one `SheetRefusal`, and the app goes on.
"""

import atexit
import json
import logging
import os
import pickle
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import numpy as np

from komet_import.language import _
from komet_import.language.current import spoken
from komet_import.refusal import SheetRefusal
from komet_import.settings import ROOT, settings
from komet_import.sheets.files import channel, child, guard
from komet_import.sheets.files.book import TextOptions
from komet_import.sheets.files.job import Job, Wanted
from komet_import.sheets.files.xlsx.cells import LAST_COLUMN, Limits
from komet_import.sheets.worksheet import Held, Worksheet

log = logging.getLogger(__name__)

AT_ONCE = 2
ROWS_ABOVE = 50
"""Title lines and the header do not count as rows of a sheet that is to be imported (`uploads` counts)."""
_ROWS_TOLD = 1_000
_PATIENCE = child.WALL_SECONDS + 5  # the child's own alarm comes first

_SERVER = (
    "import sys; from komet_import.sheets.files import child; "
    "child.serve(int(sys.argv[1]), ['komet_import.sheets.layout.ready'])"
)

Waiting = Callable[[], AbstractContextManager[object]]
"""What shows a person that a file waits for its turn, for as long as it is entered."""

_turns = threading.BoundedSemaphore(AT_ONCE)
_start = threading.Lock()
_server: tuple["subprocess.Popen[bytes]", socket.socket] | None = None


def read(
    content: bytes,
    file_name: str,
    *,
    wanted: Wanted | None = None,
    sheet: str | None = None,
    alone: bool = False,
    text: TextOptions | None = None,
    waiting: Waiting | None = None,
) -> Worksheet:
    """One sheet of a file: the named one, else the open one if it fits, else the visible one that fits best,
    else the first.

    With `alone` nothing is said of other sheets than the named one. `text` says how a text file is to be
    read, where a person knows; otherwise that is found out, and noted. `waiting` is entered while others are
    being read first. Raises SheetRefusal with a code of its own for everything that cannot be read.
    """
    now = settings()
    kind = guard.check(content, file_name, now)
    # Who only looks at a sheet may look at a wide one; the Review page draws every column.
    rows, columns = (now.max_rows + ROWS_ABOVE, now.max_columns) if wanted else (now.max_rows, LAST_COLUMN)
    limits = Limits(rows=rows, columns=columns, cells=now.max_cells)
    job = Job(
        kind=kind,
        wanted=wanted,
        sheet=sheet,
        alone=alone,
        limits=limits,
        currency=now.currency,
        text=text or TextOptions(),
        language=spoken(),
    )
    my_turn = _turns.acquire(blocking=False)
    try:
        if not my_turn:
            with waiting() if waiting is not None else nullcontext():
                my_turn = _turns.acquire()
        outcome, arrow = _in_a_child(content, job)
    finally:
        if my_turn:
            _turns.release()
    if outcome:
        raise SheetRefusal(outcome["code"], outcome["message"])
    return Worksheet.from_bytes(arrow)


def inspect(
    content: bytes, file_name: str, *, sheet: str | None = None, text: TextOptions | None = None
) -> tuple[dict[str, Any], Worksheet]:
    """What the reader saw before any import type, as `komet_import read --json` prints it, and the sheet."""
    seen = read(content, file_name, sheet=sheet, text=text)
    rows = seen.text.index
    return {
        "file": file_name,
        "sheets": [
            {"name": s.name, "visible": s.visible, "rows": s.rows, "cells": s.cells} for s in seen.sheets
        ],
        "sheet": seen.name,
        "first_row": int(rows[0]) if len(rows) else None,
        "last_row": int(rows[-1]) if len(rows) else None,
        "rows": len(rows),
        "cells": int(sum((seen.text[letters] != "").sum() for letters in seen.text.columns)),
        "notes": [{"code": n.code, "count": n.count, "where": list(n.where)} for n in seen.notes],
    }, seen


def values(seen: Worksheet) -> Iterator[tuple[str, str, bool]]:
    """Each filled cell: its name, its text, and whether Excel held a number, a day or a truth in it."""
    typed = np.isin(seen.held, (Held.NUMBER, Held.DATE, Held.BOOLEAN))
    letters = [str(column) for column in seen.text.columns]
    for first in range(0, len(seen.text), _ROWS_TOLD):  # as objects of Python, all texts would take a GB
        part = slice(first, first + _ROWS_TOLD)
        texts = seen.text.iloc[part].to_numpy(dtype=object)
        for number, row, is_typed in zip(seen.text.index[part], texts, typed[part], strict=True):
            for letter, text, value in zip(letters, row, is_typed, strict=True):
                if text:
                    yield f"{letter}{number}", text, bool(value)


def warm() -> None:
    """Start the server of children with its libraries loaded, so that the first upload need not wait."""
    with _start:
        _connect()


def _in_a_child(content: bytes, job: Job) -> tuple[dict[str, str], bytes]:
    """The child's answer. Raises SheetRefusal where it gives none."""
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            _hand_over(theirs)
        ours.settimeout(_PATIENCE)
        try:
            channel.send(ours, pickle.dumps(job), content)
            reply = channel.receive(ours)
        except (OSError, MemoryError):
            reply = None
    outcome = json.loads(reply[0]) if reply else {"failed": ""}
    if reply is None or "failed" in outcome:
        log.warning("A workbook was not read: %s", outcome["failed"] or "the child ended without an answer")
        raise SheetRefusal(
            "reading-failed",
            _(
                "The workbook could not be read: it is damaged, or reading it takes more time or memory "
                "than one upload may have. Open it in Excel, save only the sheet you need as a new "
                "workbook, choose that."
            ),
        )
    return outcome, reply[1]


def _hand_over(channel: socket.socket) -> None:
    """Give the server the socket on which a new child shall work; a server that died is started again."""
    with _start:
        for attempt in (1, 2):
            try:
                socket.send_fds(_connect(), [b"j"], [channel.fileno()])
                return
            except OSError:
                _forget()
                if attempt == 2:
                    raise SheetRefusal(
                        "reader-not-started",
                        _("Workbooks cannot be read at the moment; try again, or tell your administrator."),
                    ) from None


def _connect() -> socket.socket:
    """The control socket of the server of children, started where it is not running."""
    global _server
    if _server is not None and _server[0].poll() is None:
        return _server[1]
    _forget()
    ours, theirs = socket.socketpair()
    with theirs:
        # No setting is passed on: what parses strangers' files need not know a password.
        environment = {key: os.environ[key] for key in ("PATH", "LANG", "LC_ALL", "TZ") if key in os.environ}
        environment |= {"OPENBLAS_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}
        process = subprocess.Popen(  # noqa: S603 — our own program, nothing of the upload in it
            [sys.executable, "-c", _SERVER, str(theirs.fileno())],
            cwd=ROOT,
            env=environment,
            pass_fds=(theirs.fileno(),),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    _server = (process, ours)
    return ours


@atexit.register
def _forget() -> None:
    """End the server of children, which ends when its control socket does."""
    global _server
    if _server is not None:
        process, control = _server
        _server = None
        control.close()
        process.wait()
