"""`./rapport check KIND VALUE`: whether a value is right, and what was probably meant."""

import json
from argparse import ArgumentParser, Namespace

from rapport.cli.command import Command, Needs
from rapport.cli.console import answer


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", help="email, phone, vat …; a wrong one lists all there are")
    parser.add_argument("value", metavar="VALUE", help="the value to judge")
    parser.add_argument("--country", default="", help="where it comes from: an ISO 3166 code or a name")
    parser.add_argument("--choices", default="", help="the values that exist, separated by commas")
    parser.add_argument("--json", action="store_true", help="as JSON: verdict, reason, proposal, confidence")


def _run(options: Namespace) -> int:
    from rapport.quality.checking import check

    choices = [choice.strip() for choice in options.choices.split(",") if choice.strip()]
    found = check(options.kind, options.value, country=options.country, choices=choices)
    if options.json:
        told = {"verdict": found.grade, "reason": found.reason, "proposal": found.proposal}
        answer(json.dumps({**told, "confidence": found.confidence}, ensure_ascii=False))
    else:
        answer(f"{found.grade}: {found.reason}" + (f"\nProposal: {found.proposal}" if found.proposal else ""))
    return 0


COMMAND = Command("check", "judges one value: e-mail, phone, VAT number, country …", _run, _arguments, Needs.DJANGO)
