"""The disposable child in which workbooks are parsed, and the small server that forks it.

    reader (in the app)  ──a socket per job──>  server (preloaded, one thread)  ──fork──>  child (limited)

The server imports the libraries once and only ever forks; a child reads one workbook under limits of memory,
processor time and wall clock, answers with plain bytes (JSON, then an Arrow file) and ends. Whatever happens
to it, the app sees an answer or a closed socket. This is not `multiprocessing`: its children run the
`__main__` of the app again, which under Streamlit is the page.
"""

import gc
import importlib
import json
import os
import pickle
import resource
import signal
import socket
import traceback
from collections.abc import Iterable
from contextlib import suppress
from pathlib import PurePath

from komet_import.language import _
from komet_import.refusal import SheetRefusal
from komet_import.sheets.files.channel import receive, send
from komet_import.sheets.files.chosen_sheet import read_workbook
from komet_import.sheets.files.job import Job

MEMORY_BYTES = 1 << 30  # on top of what the preloaded libraries map
CPU_SECONDS = 40
WALL_SECONDS = 60


def answer(content: bytes, job: Job) -> tuple[dict[str, str], bytes]:
    """What a child sends back: a refusal as code and message, or nothing and the sheet."""
    try:
        return {}, read_workbook(content, job)
    except SheetRefusal as refusal:
        return {"code": refusal.code, "message": refusal.message}, b""
    except MemoryError:
        return {
            "code": "too-complex",
            "message": _(
                "The workbook needs more memory than one upload may have. Remove unused sheets and "
                "formatting, or split it."
            ),
        }, b""


def serve(descriptor: int, preloaded: Iterable[str] = ()) -> None:
    """Fork a child for each socket that arrives on the descriptor, until its other end is closed.

    `preloaded` are modules that jobs refer to (`Wanted.fit`): loaded here once, not in each child.
    """
    for module in preloaded:
        importlib.import_module(module)
    gc.disable()  # a child ends before garbage counts, and walking over all its cells would take a while
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the children
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the app, which then closes the socket
    with socket.socket(fileno=descriptor) as control:
        while True:
            message, descriptors, _, _ = socket.recv_fds(control, 1, 4)
            if not message:
                return
            for job in descriptors:
                if os.fork() == 0:
                    control.close()
                    _work(job)
                os.close(job)


def _work(descriptor: int) -> None:
    """Read one workbook under limits, answer, end. Never returns."""
    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _limit()
        with socket.socket(fileno=descriptor) as channel:
            request = receive(channel)
            if request is not None:
                try:
                    outcome, sheet = answer(request[1], pickle.loads(request[0]))  # noqa: S301 — from our own app
                except BaseException as wrong:  # a library's panic too: the app says it in its log
                    outcome, sheet = {"failed": _place(wrong)}, b""
                send(channel, json.dumps(outcome).encode(), sheet)
                status = 0
    finally:
        os._exit(status)


def _place(wrong: BaseException) -> str:
    """What went wrong and where, and nothing of the workbook, which its own words may quote."""
    frame = traceback.extract_tb(wrong.__traceback__)[-1]
    return f"{type(wrong).__name__} in {frame.name}, {PurePath(frame.filename).name} line {frame.lineno}"


def _limit() -> None:
    """The limits of a child: what goes beyond them ends it."""
    signal.alarm(WALL_SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # a child writes no file
    with suppress(OSError, ValueError):
        mapped = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()  # noqa: SIM115, PTH123
        resource.setrlimit(resource.RLIMIT_AS, (mapped + MEMORY_BYTES, mapped + MEMORY_BYTES))
