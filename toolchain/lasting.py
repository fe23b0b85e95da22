"""Which tests `./test fast` leaves out as they last: `python -m toolchain.lasting LOG`, with the log of a whole run.

    PYTEST_ADDOPTS="--durations=0 --durations-min=0.01" ./test > LOG

The quickest stay, as many as take `BUDGET` together; a test that the log doesn't know stays, too.
"""

import re
import sys
from collections import defaultdict
from itertools import accumulate
from pathlib import Path

from toolchain import CHECKOUT

LIST = CHECKOUT / "tests" / "lasting.txt"
BUDGET = 45.0  # seconds of all processes: what leaves two cores time for the rest within two minutes
_LINE = re.compile(r"^([\d.]+)s (call|setup|teardown)\s+(tests/[^\[\s]+)", re.MULTILINE)
_ONCE = 3.0  # seconds: a setup as long serves all tests of a process, whichever comes first


def lasting(log: str) -> list[str]:
    """The functions of tests beyond the budget, parameters taken together, by name."""
    taken: defaultdict[str, float] = defaultdict(float)
    for seconds, part, name in _LINE.findall(log):
        if part == "call" or float(seconds) < _ONCE:
            taken[name] += float(seconds)
    quickest = sorted(taken, key=lambda name: taken[name])
    together = accumulate(taken[name] for name in quickest)
    return sorted(name for name, seconds in zip(quickest, together, strict=True) if seconds > BUDGET)


if __name__ == "__main__":
    LIST.write_text("".join(f"{name}\n" for name in lasting(Path(sys.argv[1]).read_text())))
