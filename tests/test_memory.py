"""What put-away drafts had goes back to the machine."""

import re
import subprocess
import sys

import pytest

from komet_import.settings import ROOT

_FEW_ARE_LEFT = """
import resource
from pathlib import Path

import pyarrow

from komet_import import memory


def megabytes():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() >> 20


memory.settle()
before = megabytes()
texts = [f"a text of a cell, of which there are many: {number}" for number in range(1_000_000)]
column = pyarrow.array(texts)
held = megabytes() - before
left = texts[::10_000]
del texts, column
memory.give_back()
print(held, megabytes() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="it is glibc that gives memory back")
def test_texts_that_stay_keep_nothing_of_the_memory_that_those_around_them_had() -> None:
    started = re.search(r"^run serve: export (PYTHONMALLOC) = (\w+)$", (ROOT / "Makefile").read_text(), re.M)
    assert started, "the Makefile does not say with which allocator the server is started"
    done = subprocess.run(
        [sys.executable, "-c", _FEW_ARE_LEFT],
        cwd=ROOT,
        env={started[1]: started[2]},
        capture_output=True,
        text=True,
        check=True,
    )
    held, left = map(int, done.stdout.split())
    assert held > 100
    assert left < held / 3, f"{left} of {held} MB are still held"
