"""`./rapport serve`: what `./run` becomes after the set-up."""

from argparse import ArgumentParser, Namespace

from rapport.cli.command import Command, Needs


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--no-demo", action="store_true", help="start empty, with a page for the first user")


def _run(options: Namespace) -> int:
    from rapport.cli.serving.supervisor import serve

    return serve(with_demo=not options.no_demo)


COMMAND = Command(
    "serve", "serves the pages and works in the background, as ./run does", _run, _arguments, needs=Needs.NOTHING
)
