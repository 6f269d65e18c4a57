"""Processes that start in an instant: the program is loaded once, and each is a fork of that.

To load it takes two to three seconds of a processor, and half as long again what reads workbooks, which the
tests would spend a hundred times. That it starts as people start it is tried in `tests/web/test_server.py`
and `tests/test_cli.py`.
"""

import multiprocessing
import os
import runpy
import select
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import ParamSpec, cast

from komet_import.settings import ROOT
from komet_import.sheets.files import child, reader

OF_READER = "komet_import.sheets.layout.ready"
"""What only the process loads that reads workbooks, which knows no settings."""
Given = ParamSpec("Given")
forks = multiprocessing.get_context("forkserver")
forks.set_forkserver_preload(["tests.loaded"])  # or, where that is imported later, what `bench.faults` loads


def start(
    environment: Mapping[str, str], run: Callable[Given, None], *given: Given.args, **options: Given.kwargs
) -> ForkServerProcess:
    """A process of its own with this environment, which runs a function of a module."""
    process = forks.Process(target=_run, args=(dict(environment), run, given, options), daemon=True)
    process.start()
    return process


def _run(
    environment: dict[str, str],
    run: Callable[..., None],
    given: tuple[object, ...],
    options: dict[str, object],
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    _read_in_a_fork()
    run(*given, **options)


class _Fork:
    """A child, as much of `subprocess.Popen` as the reader asks of it."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._status: int | None = None

    def poll(self) -> int | None:
        """Its status where it has ended."""
        return self.wait(os.WNOHANG)

    def wait(self, how: int = 0) -> int | None:
        """Its status, once it has ended."""
        if self._status is None:
            pid, status = os.waitpid(self.pid, how)
            self._status = os.waitstatus_to_exitcode(status) if pid else None
        return self._status


def _read_in_a_fork() -> None:
    """The server of children, which the first workbook would start, is a fork of this process: nearly all
    it loads is loaded already. To be called while there is one thread."""
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        try:
            ours.close()
            os.environ.clear()
            select.select([theirs], [], [])  # half of the processes never see a workbook
            child.serve(theirs.detach(), [OF_READER])
        finally:
            os._exit(0)
    theirs.close()
    reader._server = (cast("subprocess.Popen[bytes]", _Fork(pid)), ours)


def serve(port: int, log: Path) -> None:
    """`streamlit run app.py`, which adds to the log what it would write to a terminal."""
    from tests.loaded import cli  # not where a server is only asked for

    _write_to(log, sys.stdout.fileno(), sys.stderr.fileno())
    reader.warm = lambda: None
    sys.stdout.reconfigure(line_buffering=True)
    sys.argv = ["streamlit", "run", "app.py", f"--server.port={port}"]
    cli.main(prog_name="streamlit")


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A command that has ended: its exit status, and what it wrote."""

    status: int
    out: str
    err: str


def command(
    folder: Path, *words: object, before: Callable[[], None] | None = None, out: Path | None = None
) -> Ended:
    """`python -m komet_import …` with this process's environment; `before`, a function of a module, is called
    first. What it writes lies in the folder, and its output in `out` where that is given."""
    told, err = out or folder / "out", folder / "err"
    process = start(os.environ, _command, [str(word) for word in words], before, told, err)
    process.join(120)
    assert process.exitcode is not None, "the command does not end"
    return Ended(status=process.exitcode, out="" if out else told.read_text(), err=err.read_text())


def _command(words: list[str], before: Callable[[], None] | None, out: Path, err: Path) -> None:
    _write_to(out, 1)
    _write_to(err, 2)
    if before:
        before()
    sys.argv = ["komet_import", *words]
    runpy.run_module("komet_import", run_name="__main__")


def _write_to(file: Path, *descriptors: int) -> None:
    with file.open("ab", buffering=0) as opened:
        for descriptor in descriptors:
            os.dup2(opened.fileno(), descriptor)
