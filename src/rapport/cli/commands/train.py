"""`./rapport train [NAME]`: learns predictions and outlooks anew from the records, and says what all give."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from rapport.cli.command import Command
from rapport.cli.console import answer, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from rapport.intelligence.models import Estimator


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", default="", metavar="NAME", help="one of them; all without it")


def _run(options: Namespace) -> int:
    from rapport.core.actors import SYSTEM, acting_as
    from rapport.intelligence.outlooks import outlooks
    from rapport.intelligence.predictions import predictions
    from rapport.intelligence.scoring.action import is_stopped

    ways = dict.fromkeys(predictions(), _train) | dict.fromkeys(outlooks(), _train_outlook)
    if options.name and options.name not in ways:
        answer(f"There is no prediction “{options.name}”. There are: {', '.join(ways)}.")
        return 2
    if is_stopped():
        answer("Machines are stopped, or giving chances is off: nothing is learned. See AI control.")
        return 1
    with acting_as(SYSTEM):
        for name in [options.name] if options.name else ways:
            ways[name](name)
    return 0


def _train(name: str) -> None:
    from rapport.intelligence.learning.learning import learn
    from rapport.intelligence.predictions import predictions
    from rapport.intelligence.scoring.scoring import score

    prediction = predictions()[name]
    say(f"{name}: learning …")
    estimator = learn(prediction)
    scored = score(prediction)
    figures = estimator.figures
    told = ", ".join(f"{label} {figures[key]:.3f}" for key, label in _SHOWN.items() if figures.get(key) is not None)
    _say_version(name, estimator)
    if told:
        answer(f"  {estimator.algorithm}; newest cases: {told}; {estimator.seconds:.1f} s")
    _say_not_learned_from(figures)
    answer(f"  {scored} records scored")


def _say_not_learned_from(figures: "Mapping[str, Any]") -> None:
    for one in figures.get("provenance", {}).get("set_aside", []):
        answer(f"  not learned from {one['cases']} cases of {one['source']}: {one['reason']}")
    for one in figures.get("leakage", []):
        answer(f"  left out {one['column']}: {one['reason']}")
    for one in figures.get("own_fields", {}).get("left_out", []):
        answer(f"  left out {one['label']}: {one['reason']}")


def _train_outlook(name: str) -> None:
    from rapport.intelligence.outlooks import outlooks
    from rapport.intelligence.outlooks.duels import foretell
    from rapport.intelligence.outlooks.learning import learn
    from rapport.intelligence.outlooks.telling import tell

    outlook = outlooks()[name]
    say(f"{name}: learning …")
    estimator = learn(outlook)
    told = tell(outlook)
    foretell(outlook)
    _say_version(name, estimator)
    if estimator.algorithm:
        answer(f"  {estimator.algorithm}; {estimator.seconds:.1f} s")
    answer(f"  {told} records told")


def _say_version(name: str, estimator: "Estimator") -> None:
    told = f"{name}: version {estimator.version}, {estimator.state}, {estimator.cases} past cases. {estimator.reason}"
    answer(told.rstrip())


_SHOWN = {"roc_auc": "ROC-AUC", "pr_auc": "PR-AUC", "brier": "Brier", "ece": "ECE", "lift20": "lift 20 %"}
COMMAND = Command(
    "train", "learns predictions and outlooks anew from the records, and tells all of them", _run, _arguments
)
