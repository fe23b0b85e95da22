"""`python -m benchmarks WHAT …`, called by `./rapport bench`: each benchmark in a home folder of its own.

Each is imported only when it is asked for: what learns would else stand in the memory that others tell.
"""

import os
from argparse import ArgumentParser, Namespace

from rapport.cli.serving.preparation import prepare
from rapport.cli.session import django_alone, records
from rapport.core.home import home_folder


def _pages(options: Namespace) -> None:
    from benchmarks import pages
    from benchmarks.sizes import Size

    pages.run(Size(options.people), requests=options.requests, by_territory=options.by_territory)


def _quality_board(options: Namespace) -> None:
    from benchmarks import board
    from benchmarks.sizes import Size

    board.run(Size(options.people), requests=options.requests, judges=options.again)


def _api(options: Namespace) -> None:
    from benchmarks import api
    from benchmarks.sizes import Size

    api.run(Size(options.people), requests=options.requests)


def _imports(options: Namespace) -> None:
    from benchmarks import imports

    imports.run(options.people)


def _own_fields(options: Namespace) -> None:
    from benchmarks import own_fields

    own_fields.run(options.rows)


def _history(options: Namespace) -> None:
    from benchmarks import history

    history.run(options.events)


def _insights(options: Namespace) -> None:
    from benchmarks import insights

    insights.run(options.people)


def _predictions(options: Namespace) -> None:
    from benchmarks.predictions import product

    product.run(options.rows)


_WITH_RECORDS = {
    "pages": _pages,
    "quality-board": _quality_board,
    "api": _api,
    "import": _imports,
    "own-fields": _own_fields,
    "history": _history,
    "insights": _insights,
    "predictions": _predictions,
}


def arguments() -> Namespace:
    """What to measure, on how much."""
    parser = ArgumentParser(prog="./rapport bench")
    parser.add_argument("what", choices=(*_WITH_RECORDS, "growth", "quality"))
    parser.add_argument("--part", default="all", help="of quality, predictions: a part (see its page), or all")
    parser.add_argument("--by-territory", action="store_true", help="pages: as a seller who sees by a territory alone")
    parser.add_argument("--again", action="store_true", help="of quality-board: judge all records again")
    parser.add_argument("--seeds", type=int, default=5, choices=range(2, 6), help="of predictions: random splits")
    parser.add_argument("--people", type=int, default=100_000, help="people; the other numbers follow from it")
    parser.add_argument("--events", type=int, default=1_000_000, help="of history: events to seal and verify")
    parser.add_argument("--rows", type=int, default=1_000_000, help="organisations with own fields; leads to score")
    parser.add_argument("--requests", type=int, default=60, help="requests per page and concurrency")
    return parser.parse_args()


def main() -> None:
    """Run one benchmark inside its own home."""
    options = arguments()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rapport.config.settings")
    if options.what == "growth":
        from benchmarks import growth

        growth.run(home_folder())
    elif options.what == "quality" or (options.what == "predictions" and options.part != "product"):
        _without_records(options)
    else:
        _with_records(options)


def _with_records(options: Namespace) -> None:
    filled = "pages" if options.what == "quality-board" else options.what
    size = {"predictions": options.rows, "own-fields": options.rows, "history": options.events}.get(
        filled, options.people
    )
    os.environ["RAPPORT_HOME"] = str(home_folder() / f"{filled}-{size}")
    with records():
        prepare(home=home_folder(), with_demo=False)
        _WITH_RECORDS[options.what](options)


def _without_records(options: Namespace) -> None:
    from benchmarks.predictions import report as predictions
    from benchmarks.quality import report as quality

    with django_alone():
        if options.what == "quality":
            quality.run(options.part)
        else:
            predictions.run(options.part, seeds=options.seeds)


if __name__ == "__main__":
    main()
