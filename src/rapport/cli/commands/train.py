"""`./rapport train [NAME]`: learns predictions anew from the records and scores all of them."""

from argparse import ArgumentParser, Namespace

from rapport.cli.command import Command
from rapport.cli.console import answer, say


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", default="", metavar="NAME", help="one prediction; all of them without it")


def _run(options: Namespace) -> int:
    from rapport.core.actors import SYSTEM, acting_as
    from rapport.intelligence.predictions import predictions
    from rapport.intelligence.scoring.action import is_stopped

    known = predictions()
    if options.name and options.name not in known:
        answer(f"There is no prediction “{options.name}”. There are: {', '.join(known)}.")
        return 2
    if is_stopped():
        answer("Machines are stopped, or giving chances is off: nothing is learned. See AI control.")
        return 1
    with acting_as(SYSTEM):
        for name in [options.name] if options.name else known:
            _train(name)
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
    answer(f"{name}: version {estimator.version}, {estimator.state}, {estimator.cases} past cases. {estimator.reason}")
    if told:
        answer(f"  {estimator.algorithm}; newest cases: {told}; {estimator.seconds:.1f} s")
    answer(f"  {scored} records scored")


_SHOWN = {"roc_auc": "ROC-AUC", "pr_auc": "PR-AUC", "brier": "Brier", "ece": "ECE", "lift20": "lift 20 %"}
COMMAND = Command("train", "learns the predictions anew from the records, and scores all of them", _run, _arguments)
