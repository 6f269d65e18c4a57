"""A Streamlit server of its own for a measurement, on a free port of 127.0.0.1."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.postgresql import free_port

ROOT = Path(__file__).resolve().parent.parent
AS_MADE = {"PYTHONMALLOC": "malloc"}
"""What the Makefile starts the product's server with; it costs some percent of the processor."""


@dataclass(frozen=True, kw_only=True)
class Serving:
    """A running server."""

    url: str
    process: subprocess.Popen[bytes]


@contextmanager
def serving(script: str, folder: Path, *arguments: str, **environment: str) -> Iterator[Serving]:
    """`streamlit run` of that script, for as long as the block lasts; what it says lies in the folder."""
    port = free_port()
    log = folder / f"{Path(script).stem}.log"
    with log.open("ab") as out:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}"),
                *("--", *arguments),
            ],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, process, log)
        yield Serving(url=url, process=process)
    finally:
        process.terminate()
        process.wait(20)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"The server did not start:\n{log.read_text()}")
