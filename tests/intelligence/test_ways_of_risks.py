"""Risks of open opportunities are told by the way that was best on older cases, in frequencies of similar ones."""

import random

import pytest

from rapport.intelligence.outlooks.deal_risks import Guide
from rapport.intelligence.outlooks.past_deals import Facts, PastDeal
from rapport.intelligence.outlooks.risk_trials import tried_on_newest
from rapport.intelligence.outlooks.risk_ways import SIMILAR, USUAL, WAYS, blended, learn_way
from rapport.intelligence.outlooks.similar_deals import Past


def _deals(chance, *, cases: int = 700, seed: int = 1) -> list[PastDeal]:
    dice = random.Random(seed)
    return [_deal(place, dice, chance) for place in range(cases)]


def _deal(place: int, dice: random.Random, chance) -> PastDeal:
    words = {
        "family": dice.choice(["Software", "Sensors", "Services"]),
        "industry": dice.choice(["Energy", "Health care", "Transport"]),
        "source": dice.choice(["Tender", "Referral", "Website"]),
    }
    facts = Facts(**words, amount=dice.lognormvariate(10, 1), employees=dice.randint(5, 900), is_customer=False)
    risks = tuple(name for name, share in chance(facts).items() if dice.random() < share)
    return PastDeal(str(place), facts, float(place), place + 40.0, "lost" not in risks, risks)


def _by_source(facts: Facts) -> dict[str, float]:
    return {"slipped": 0.8 if facts.source == "Tender" else 0.1, "lost": 0.3}


def _by_cell(facts: Facts) -> dict[str, float]:
    return {"slipped": 0.9 if (facts.family == "Software") == (facts.industry == "Energy") else 0.1}


def test_a_straight_effect_is_found_by_a_regression_and_beats_what_is_usual_on_the_newest() -> None:
    found = tried_on_newest(_deals(_by_source))
    losses = {one["name"]: one["brier"] for one in found.compared}

    assert set(losses) >= {USUAL, *WAYS}
    assert found.figures["brier"] < 0.85 * found.figures["brier_of_baseline"]
    assert losses["logistic_regression"] < losses[SIMILAR]
    assert all(one["seconds"] >= 0 for one in found.compared)


def test_what_lies_in_cells_is_found_by_their_shares_and_not_by_a_regression() -> None:
    losses = {one["name"]: one["brier"] for one in tried_on_newest(_deals(_by_cell)).compared}

    assert losses["shares by family and industry"] == min(losses[name] for name in WAYS)
    assert losses["logistic_regression"] > 1.2 * losses["shares by family and industry"]


def test_noise_is_no_guide() -> None:
    gained = [tried_on_newest(_deals(lambda _facts: {"slipped": 0.3}, seed=seed)).gained for seed in range(6)]

    assert max(gained) < 0.004


def test_of_few_the_similar_ones_are_taken_as_they_are() -> None:
    assert tried_on_newest(_deals(_by_source, cases=60)).algorithm == SIMILAR


def test_the_risks_told_keep_their_cases_and_say_a_chance_only_where_it_was_learned() -> None:
    deals = _deals(_by_source)
    facts, past = deals[-1].facts, Past(deals)
    plain = Guide(deals, {SIMILAR: {}}).risks_for(facts)
    way = {"logistic_regression": learn_way("logistic_regression", past)}
    learned = Guide(deals, way).risks_for(facts)

    assert [("chance" in one) for one in plain["risks"]] == [False] * len(plain["risks"])
    assert {one["risk"]: one["n"] for one in plain["risks"]} == {one["risk"]: one["n"] for one in learned["risks"]}
    told = dict(zip(past.risks, blended(way, past, [facts])[0], strict=True))
    assert {one["risk"]: one["chance"] for one in learned["risks"]} == {
        name: pytest.approx(told[name], abs=1e-4) for name in told
    }
    assert all(one["cases"] for one in learned["risks"])
