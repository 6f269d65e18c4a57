"""Several people who act at the same moment, and what becomes of each."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from komet_import.refusal import Refusal


def together(*acts: Callable[[], object]) -> list[object]:
    """What each of several threads that set off at the same moment ends in: its answer or its exception."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        gate.wait(timeout=60)
        try:
            return act()
        except Exception as wrong:
            return wrong

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def codes(outcomes: Iterable[object]) -> list[str]:
    """Outcomes of threads in words: the code of a refusal, the name of another exception, or `done`."""
    return sorted(
        outcome.code
        if isinstance(outcome, Refusal)
        else type(outcome).__name__
        if isinstance(outcome, Exception)
        else "done"
        for outcome in outcomes
    )
