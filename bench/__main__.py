"""Run the measurements: all, or those that are named.

python -m bench [reading | importing | grid …] [ROWS …]
"""

import importlib
import sys
import time
from importlib.util import find_spec

NAMES = ("reading", "importing", "grid")


def main(given: list[str]) -> int:
    """Run them one after the other; each prints its own table."""
    known = [name for name in NAMES if find_spec(f"bench.{name}")]
    counts = [int(word.replace(",", "")) for word in given if word.replace(",", "").isdecimal()]
    named = [word for word in given if not word.replace(",", "").isdecimal()]
    if unknown := [name for name in named if name not in known]:
        print(f"There is no measurement “{unknown[0]}”; there are {', '.join(known)}.", file=sys.stderr)
        return 2
    for name in named or known:
        bench = importlib.import_module(f"bench.{name}")
        print(f"\n{name}: {(bench.__doc__ or '').partition(chr(10))[0]}\n")
        started = time.monotonic()
        bench.main(counts or list(bench.ROWS))
        print(f"measured in {time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
