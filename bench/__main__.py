"""Run the measurements: all, or those that are named.

python -m bench [reading | judging | importing | posting | grid | clicks | balances | faults …] [ROWS …]

Each runs in a process of its own: one that fails says so, the others go on, and the exit status is 1.
"""

import importlib
import subprocess
import sys
import time

NAMES = ("reading", "judging", "importing", "posting", "grid", "clicks", "balances", "faults")
PART = """
import importlib, sys
bench = importlib.import_module(sys.argv[1])
bench.main([int(rows) for rows in sys.argv[2:]] or list(bench.ROWS))
"""


def main(given: list[str]) -> int:
    """Run them one after the other; each prints its own table."""
    counts = [word.replace(",", "") for word in given if word.replace(",", "").isdecimal()]
    named = [word for word in given if not word.replace(",", "").isdecimal()]
    if unknown := [name for name in named if name not in NAMES]:
        print(f"There is no measurement “{unknown[0]}”; there are {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    failed = [name for name in named or NAMES if not measured(name, counts)]
    if failed:
        print(f"\nNOT MEASURED: {', '.join(failed)}; what went wrong stands above.", flush=True)
    return 1 if failed else 0


def measured(name: str, counts: list[str]) -> bool:
    """Run one of them; whether it came to its end."""
    doc = importlib.import_module(f"bench.{name}").__doc__ or ""
    print(f"\n{name}: {doc.partition(chr(10))[0]}\n", flush=True)
    started = time.monotonic()
    ran = subprocess.run([sys.executable, "-c", PART, f"bench.{name}", *counts], check=False)
    ended = "measured in" if ran.returncode == 0 else f"FAILED (exit status {ran.returncode}) after"
    print(f"{name}: {ended} {time.monotonic() - started:.0f} s", flush=True)
    return ran.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
