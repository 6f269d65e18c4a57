"""Servers that start in an instant: the program is loaded once, and each server is a fork of that.

To load it takes three seconds of a processor, which the tests of this folder would spend fifty times. From
there on it is `streamlit run app.py`, which `tests/web/test_server.py` starts as people do.
"""

import multiprocessing
import os
import sys
from multiprocessing.context import ForkServerProcess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(["tests.browser.program"])


def start(environment: dict[str, str], port: int, log: Path) -> ForkServerProcess:
    """A server with this environment, which adds to the log what it would write to a terminal."""
    process = _forks.Process(target=_run, args=(environment, port, log), daemon=True)
    process.start()
    return process


def _run(environment: dict[str, str], port: int, log: Path) -> None:
    from tests.browser import program  # not where a server is only asked for

    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    with log.open("ab", buffering=0) as out:
        os.dup2(out.fileno(), sys.stdout.fileno())
        os.dup2(out.fileno(), sys.stderr.fileno())
    program.read_in_a_fork()
    sys.stdout.reconfigure(line_buffering=True)
    sys.argv = ["streamlit", "run", "app.py", f"--server.port={port}"]
    program.cli.main(prog_name="streamlit")
