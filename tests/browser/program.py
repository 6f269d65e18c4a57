"""All that a server has loaded by the time that people have seen its pages: to import this is to load it."""

import importlib
import os
import pkgutil
import select
import socket
import subprocess
from typing import cast

from streamlit.web import bootstrap, cli

import komet_import
from komet_import import memory
from komet_import.sheets.files import child, reader

OF_READER = "komet_import.sheets.layout.ready"
"""What the process that reads workbooks loads, without the server's settings."""
OF_OTHERS = ("komet_import.cli", "komet_import.__main__", "komet_import.ledger.migrations", OF_READER)

for module in pkgutil.walk_packages(komet_import.__path__, "komet_import."):
    if not module.name.startswith(OF_OTHERS):
        importlib.import_module(module.name)
memory.settle()
reader.warm = lambda: None


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


def read_in_a_fork() -> None:
    """The server of children, which the first workbook would start, is a fork of this process: nearly all
    it loads is loaded already. To be called while there is one thread."""
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        try:
            ours.close()
            os.environ.clear()
            select.select([theirs], [], [])  # half of the servers never see a workbook
            child.serve(theirs.detach(), [OF_READER])
        finally:
            os._exit(0)
    theirs.close()
    reader._server = (cast("subprocess.Popen[bytes]", _Fork(pid)), ours)


__all__ = ["bootstrap", "cli"]
