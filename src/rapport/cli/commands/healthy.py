"""`./rapport healthy`: asks the web server of this machine how it is, for the health check of a container."""

import json
import urllib.error
import urllib.request
from argparse import Namespace

from rapport.cli.command import Command, Needs
from rapport.cli.console import answer

TIMEOUT = 10.0  # seconds


def _run(options: Namespace) -> int:
    from rapport.cli.serving.address import chosen_address

    address = chosen_address()
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{address.url}/healthz", timeout=TIMEOUT) as response:
            found, status = json.load(response), 0
    except urllib.error.HTTPError as refusal:
        found, status = json.load(refusal), 1
    except OSError as problem:
        answer(f"{address.url} does not answer: {problem}")
        return 1
    for name, check in found["checks"].items():
        answer(f"{'ok     ' if check['ok'] else 'failing'} {name}: {check['says']}")
    return status


COMMAND = Command("healthy", "asks the web server of this machine how it is", _run, needs=Needs.NOTHING)
