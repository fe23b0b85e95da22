"""Yes-or-no answers: five random fifths of each table; where there is time the newest 30 %, learned once and anew."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.metrics import roc_auc_score

from benchmarks.predictions.anew import NEWEST, Foreseen, area_within, learned_anew, level_kept
from benchmarks.predictions.bounds import with_hindsight
from benchmarks.predictions.learners import OURS, learners
from benchmarks.predictions.resampling import Rows, Values, beside, resamples_of
from benchmarks.predictions.tables import TABLES, Cases, Named, read
from benchmarks.quality.measuring import table
from rapport.intelligence.tabular.measures import Measures, expected_calibration_error, measures_of

SEEDS = (1, 2, 3, 4, 5)
_TRIED = 0.2
_RESAMPLES = 200
_HEAD = (
    "table",
    "split",
    "learner",
    "ROC-AUC",
    "PR-AUC",
    "Brier",
    "ECE",
    "lift 20 %",
    "learns",
    "scores",
    "ECE of all",
    "Rapport less this: ROC-AUC",
    "of the same part",
    "ECE",
    "to beat",
)


@dataclass(frozen=True)
class Run:
    """One learner on one split."""

    measures: Measures
    seconds: float
    rows_a_second: float
    yes: npt.NDArray[np.bool_]
    chance: npt.NDArray[np.float64]
    part: npt.NDArray[np.intp]
    """Which part a row belongs to; all to one where it was learned once."""


def run(folder: Path, wanted: str, *, seeds: int) -> None:
    """Print a row a table, split and learner as soon as it is there; of the table of this name, or of `all`."""
    print("\n## Yes-or-no answers\n")
    print(table(_HEAD, []))
    for named in (one for one in TABLES if wanted in {"all", one.name}):
        try:
            cases = read(named, folder)
        except OSError:
            print(f"{named.name} isn't here; skipped.")
            continue
        _random(named, cases, SEEDS[:seeds])
        if cases.order is not None:
            _by_time(named, cases)
            _anew(named, cases)


def _random(named: Named, cases: Cases, seeds: tuple[int, ...]) -> None:
    runs: dict[str, list[Run]] = {}
    for seed in seeds:
        order = np.random.default_rng(seed).permutation(len(cases.yes))
        tried = int(_TRIED * len(order))
        for name, one in _runs(cases, order[tried:], order[:tried], by_time=False, seed=seed).items():
            runs.setdefault(name, []).append(one)
    for name, several in runs.items():
        figures = [_figures(one.measures) for one in several]
        _print(named, f"random, {len(seeds)} seeds", name, figures, several, ours=runs[OURS])


def _by_time(named: Named, cases: Cases) -> None:
    assert cases.order is not None
    rows = cases.order.rows
    border = len(rows) - int(NEWEST * len(rows))
    runs = _runs(cases, rows[:border], rows[border:], by_time=True, seed=1)
    for name, one in runs.items():
        _print_resampled(named, "newest 30 %", name, one, ours=runs[OURS])


def _anew(named: Named, cases: Cases) -> None:
    ours = None
    for name, learn in learners(by_time=True, seed=1).items():
        one = _run_of(learned_anew(named, cases, learn))
        ours = ours or one
        _print_resampled(named, "newest 30 %, learned anew", name, one, ours=ours)
        if name == OURS:
            kept = _run_of(level_kept(named, cases, learn))
            _print_resampled(named, "newest 30 %, learned once", f"{OURS}, level kept", kept, ours=ours)


def _run_of(foreseen: Foreseen) -> Run:
    measures = measures_of(foreseen.yes, foreseen.chance)
    return Run(measures, foreseen.seconds, foreseen.rows_a_second, foreseen.yes, foreseen.chance, foreseen.part)


def _print_resampled(named: Named, split: str, name: str, one: Run, *, ours: Run) -> None:
    dice, rows = np.random.default_rng(1), len(one.yes)
    drawn = [dice.integers(0, rows, rows) for _resample in range(_RESAMPLES)]
    figures = [_figures(one.measures), *(_figures(measures_of(one.yes[some], one.chance[some])) for some in drawn)]
    _print(named, split, name, figures, [one], ours=[ours])
    if name == OURS:
        for known, chance, yes in with_hindsight(one.yes, one.chance):
            wise = replace(one, measures=measures_of(yes, chance), yes=yes, chance=chance)
            _print(named, split, f"{OURS}, {known}", [_figures(wise.measures)], [wise], ours=[wise])


def _runs(
    cases: Cases, known: npt.NDArray[np.intp], unknown: npt.NDArray[np.intp], *, by_time: bool, seed: int
) -> dict[str, Run]:
    found = {}
    for name, learn in learners(by_time=by_time, seed=seed).items():
        begun = time.process_time()
        scores = learn(cases.of(known), cases.yes[known])
        learned = time.process_time()
        chance = scores(cases.of(unknown))
        scored = max(time.process_time() - learned, 1e-6)
        yes, part = cases.yes[unknown], np.zeros(len(unknown), dtype=np.intp)
        found[name] = Run(measures_of(yes, chance), learned - begun, len(unknown) / scored, yes, chance, part)
    return found


def _figures(measures: Measures) -> list[float]:
    return [measures.roc_auc, measures.pr_auc, measures.brier, measures.ece, measures.lift[20]]


def _print(
    named: Named, split: str, name: str, figures: list[list[float]], runs: list[Run], *, ours: list[Run]
) -> None:
    """Several seeds: mean and 95 % interval of the mean; one split: the figure and what 95 % of resamples say."""
    every = np.array(figures)
    if len(runs) > 1:
        middle, half = every.mean(axis=0), 1.96 * every.std(axis=0, ddof=1) / np.sqrt(len(every))
        shown = [f"{one:.3f} ± {error:.3f}" for one, error in zip(middle, half, strict=True)]
    elif len(every) > 1:
        ends = np.quantile(every[1:], [0.025, 0.975], axis=0)
        shown = [f"{one:.3f} ({low:.3f}–{high:.3f})" for one, low, high in zip(every[0], *ends, strict=True)]
    else:
        shown = [f"{one:.3f}" for one in every[0]]
    seconds = f"{np.mean([one.seconds for one in runs]):.1f} CPU-s"
    rows = f"{np.mean([one.rows_a_second for one in runs]):,.0f} rows/s"
    came, promised = _answers(runs)
    together = expected_calibration_error(np.concatenate(came), np.concatenate(promised))
    beaten = ("", "", "") if runs[0] is ours[0] else _less_theirs(ours, runs)
    published = named.published if name == OURS else ""
    line = (named.name, split, name, *shown, seconds, rows, f"{together:.3f}", *beaten, published)
    print("| " + " | ".join(line) + " |", flush=True)


def _less_theirs(ours: list[Run], theirs: list[Run]) -> tuple[str, str, str]:
    """The differences in the area, in that within parts, and in the error of calibration, on the same rows."""
    resamples = resamples_of(len(ours[0].yes), len(ours), rounds=_RESAMPLES)

    def less(figure: Callable[[Run, Rows], float]) -> Values:
        return resamples.of_runs(ours, figure) - resamples.of_runs(theirs, figure)

    area = less(lambda run, rows: float(roc_auc_score(run.yes[rows], run.chance[rows])))
    within = less(lambda run, rows: area_within(run.yes[rows], run.chance[rows], run.part[rows]))
    error = less(lambda run, rows: expected_calibration_error(run.yes[rows], run.chance[rows]))
    several = any(run.part.any() for run in ours)
    return beside(area, less_is_better=False), beside(within, less_is_better=False) if several else "", beside(error)


def _answers(runs: list[Run]) -> tuple[list[npt.NDArray[np.bool_]], list[npt.NDArray[np.float64]]]:
    """What came and what was promised, run by run: few rows alone stray by .02 even where every chance is right."""
    return [one.yes for one in runs], [one.chance for one in runs]
