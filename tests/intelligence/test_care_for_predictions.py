"""What guards a prediction: labels of one source, groups, smaller variants, histogram boosting kept as text."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from rapport.intelligence.learning import compressing, provenance
from rapport.intelligence.learning.bench import worth_of
from rapport.intelligence.learning.compressing import BOUND, compressed, weighed
from rapport.intelligence.learning.fairness import fairness_of
from rapport.intelligence.learning.figures import ece_by_chance
from rapport.intelligence.learning.making import artefact_of
from rapport.intelligence.learning.past import Past
from rapport.intelligence.learning.provenance import MOST_OF_ONE, TURNED, provenance_of
from rapport.intelligence.predictions import predictions
from rapport.intelligence.tabular import Column, ColumnKind, train
from rapport.intelligence.tabular.columns import Floats

FEW = ("logistic_regression",)


@dataclass(frozen=True)
class Made:
    """Cases made up, and the chance that each truly had."""

    past: Past
    truth: Floats


def made(rows: int = 3_000, *, seed: int = 1) -> Made:
    """Cases whose answer depends on two numbers and an industry."""
    dice = np.random.default_rng(seed)
    age, visits = dice.uniform(0, 90, rows), dice.poisson(3, rows).astype(float)
    industry = dice.choice(["Energy", "Retail", "Food"], rows)
    truth = 1 / (1 + np.exp(-(0.7 * (visits - 3) - 0.03 * (age - 45) + 0.8 * (industry == "Energy") - 0.6)))
    columns = (
        _measure("age", age),
        _measure("visits", visits),
        Column("industry", ColumnKind.CATEGORY, industry.astype(object)),
    )
    days = np.arange(rows, dtype=np.float64)
    keys = [f"00000000-0000-4000-8000-{number:012d}" for number in range(rows)]
    return Made(Past(keys, days, days + 1, columns, dice.random(rows) < truth, ""), np.asarray(truth))


def _measure(name: str, numbers: Floats) -> Column:
    return Column(name, ColumnKind.MEASURE, np.full(len(numbers), "0", dtype=object), numbers)


def _sources(rows: int, users: int = 20) -> list[str]:
    return [f"user {number}" for number in np.random.default_rng(4).integers(0, users, rows)]


def test_labels_that_one_source_turned_round_are_set_aside_and_hardly_move_a_decile() -> None:
    clean = made()
    sources = _sources(len(clean.past.yes))
    poisoned = np.array([source == "user 7" for source in sources])
    past = replace(clean.past, yes=np.where(poisoned, ~clean.past.yes, clean.past.yes))
    found = provenance_of(past, sources)
    assert [(one.source, one.reason) for one in found.set_aside] == [("user 7", TURNED)]
    heard = past.rows(np.flatnonzero(found.weights))
    before = train(clean.past.columns, clean.past.yes, names=FEW).chance(clean.past.columns)
    after = train(heard.columns, heard.yes, names=FEW).chance(clean.past.columns)
    order = np.argsort(before)
    moved = [abs(before[part].mean() - after[part].mean()) for part in np.array_split(order, 10)]
    assert max(moved) <= 0.02


def test_a_source_that_brings_more_than_all_others_together_turns_nothing_round() -> None:
    clean = made()
    sources = [source if row % 5 < 2 else "import 1" for row, source in enumerate(_sources(len(clean.past.yes)))]
    poisoned = np.array([source == "import 1" for source in sources])
    past = replace(clean.past, yes=np.where(poisoned, ~clean.past.yes, clean.past.yes))
    found = provenance_of(past, sources)
    assert [(one.source, one.cases) for one in found.set_aside] == [("import 1", 1_800)]
    assert found.weights[~poisoned].min() == 1


def test_what_a_set_aside_source_says_judges_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    clean = made(1_500)
    sources = _sources(len(clean.past.yes))
    poisoned = np.array([source == "user 7" for source in sources])
    past = replace(clean.past, yes=np.where(poisoned, ~clean.past.yes, clean.past.yes))
    monkeypatch.setattr(provenance, "sources_of", lambda _prediction, _ids: sources)
    judging = provenance.heard(predictions()["win_probability"], past)
    assert len(judging.yes) == len(past.yes) - poisoned.sum()


def test_honest_sources_are_all_heard() -> None:
    clean = made(1_500)
    found = provenance_of(clean.past, _sources(len(clean.past.yes)))
    assert not found.set_aside
    assert found.weights.min() == 1


def test_of_many_sources_none_counts_for_more_than_a_fifth() -> None:
    clean = made(1_500)
    sources = ["import 1" if number % 2 else f"user {number % 14}" for number in range(len(clean.past.yes))]
    found = provenance_of(clean.past, sources)
    of_import = found.weights[np.array(sources) == "import 1"].sum()
    assert found.capped == 1
    assert of_import / found.weights.sum() == pytest.approx(MOST_OF_ONE, abs=0.01)


def test_a_group_that_is_promised_too_much_is_marked_and_others_are_not() -> None:
    clean = made(6_000)
    yes = clean.past.yes.copy()
    retail = clean.past.columns[2].texts == "Retail"
    yes[retail] &= np.random.default_rng(2).random(retail.sum()) < 0.6
    rows = np.arange(len(yes))
    teams = {key: ("South", "North")[row % 2] for row, key in enumerate(clean.past.record_ids) if not retail[row]}
    found = fairness_of(clean.past, rows, yes, clean.truth, teams)
    assert {one["group"] for one in found if one["is_marked"]} == {"Retail"}
    assert {one["attribute"] for one in found} == {"industry", "team"}


def test_a_smaller_variant_is_taken_where_little_is_lost_and_only_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compressing, "_seconds", lambda artefact, _columns: compressing._size(artefact))
    clean = made(6_000)
    known, newest = np.arange(4_000), np.arange(4_000, 6_000)
    older, tried = ([column.rows(rows) for column in clean.past.columns] for rows in (known, newest))
    learnt = train(older, clean.past.yes[known], names=("lightgbm_regularised",))
    whole, columns = artefact_of(older, learnt, "")
    name, found = weighed(whole, columns, tried, clean.past.yes[newest])
    taken = {one.name: one for one in found}[name]
    assert name in {"distilled", "pruned"}
    assert taken.lost + taken.lost_error <= BOUND
    assert np.abs(compressed(name, whole, columns).chance(tried) - whole.chance(tried)).mean() < 0.05
    crossed = _crossed(clean)
    whole, columns = artefact_of(crossed.columns, train(crossed.columns, crossed.yes, names=("lightgbm",)), "")
    lost = {one.name: one.lost for one in weighed(whole, columns, crossed.columns, crossed.yes)[1]}
    assert weighed(whole, columns, crossed.columns, crossed.yes)[0] != "distilled"
    assert lost["distilled"] > BOUND  # a line can't say that two columns mean something only together


def _crossed(clean: Made) -> Past:
    """The answer is yes where just one of two numbers is large."""
    age, visits = clean.past.columns[0].numbers, clean.past.columns[1].numbers
    assert age is not None
    assert visits is not None
    noise = np.random.default_rng(3).random(len(age)) < 0.1
    return replace(clean.past, yes=((age > 45) ^ (visits > 3)) ^ noise)


def test_histogram_boosting_is_kept_exactly_with_gaps_in_the_columns() -> None:
    clean = made(2_000)
    age = clean.past.columns[0]
    assert age.numbers is not None
    gaps = np.where(np.arange(2_000) % 7 == 0, np.nan, age.numbers)
    texts = np.where(np.isnan(gaps), np.array(None, dtype=object), age.texts)
    columns = [Column("age", ColumnKind.MEASURE, texts, gaps), *clean.past.columns[1:]]
    learnt = train(columns, clean.past.yes, names=("histogram_boosting",))
    kept, used = artefact_of(columns, learnt, "")
    added, rest = kept.contributions(used)
    assert np.allclose(kept.chance(used), learnt.chance(columns), atol=1e-9)
    assert np.allclose(1 / (1 + np.exp(-added.sum(axis=1) - rest)), kept.chance(used), atol=1e-9)


def test_few_cases_alone_make_a_calibration_error() -> None:
    clean = made(6_000)
    assert ece_by_chance(clean.truth[:80]) > 0.06
    assert ece_by_chance(clean.truth) < 0.02


@pytest.mark.django_db
def test_the_bench_tells_what_it_is_worth_at_random_smaller_and_by_group() -> None:
    from rapport.intelligence.predictions import predictions

    clean = made(900)
    found = worth_of(predictions()["churn"], clean.past, names=FEW, care=np.ones(900))
    assert found.figures["at_random"]["roc_auc"] > 0.6
    assert found.figures["compressed"]["taken"] == "whole"  # a line can't get much smaller
    assert {one["group"] for one in found.figures["groups"]} == {"Energy", "Retail", "Food"}
    assert not found.problem
