"""Runs one command: `python -m rapport.cli count --json`. `ai stop` pulls the switch before anything else is loaded."""

import sys

from rapport.cli.brake import asks_to_stop, brake

if __name__ == "__main__":
    if asks_to_stop(sys.argv[1:]):
        brake()
    from rapport.cli.entry import main

    sys.exit(main(sys.argv[1:]))
