"""What is bought together is found, what is not isn't; offers are tried on purchases never seen."""

import numpy as np
import pytest

from rapport.intelligence.baskets import NothingToLearn, evaluate, offers_for, purchases_of, rules_of
from rapport.intelligence.baskets.evaluation import Verdict
from rapport.intelligence.written import days_of
from tests.intelligence.shops import baskets, customers_with_tastes


def test_a_planted_pair_is_found_with_an_interval_around_its_lift():
    rules = rules_of(purchases_of(*baskets()))

    assert {rules[0].first, rules[0].then} == {"bread", "butter"}
    assert 1 < rules[0].lift_low < rules[0].lift < rules[0].lift_high
    assert rules[0].chance < 0.001


def test_chance_makes_no_rules():
    found = 0
    for seed in range(10):
        rng = np.random.default_rng(seed)
        codes = [(f"B{number}", f"item {code}") for number in range(300) for code in rng.permutation(30)[:4]]
        found += len(rules_of(purchases_of([basket for basket, _ in codes], [item for _, item in codes])))

    assert found <= 1


def test_a_hidden_item_is_foreseen_better_than_by_what_sells_best():
    _basket, item, customer, _date = customers_with_tastes(200)

    found = evaluate(purchases_of(customer, item))

    assert found.since is None
    assert found.verdict == Verdict.USABLE
    assert found.hit_rate > found.hit_rates["popularity"] + 0.2


def test_without_any_taste_offers_are_called_no_reliable_signal():
    rng = np.random.default_rng(3)
    lines = [(f"B{number}", f"item {code}") for number in range(500) for code in rng.permutation(40)[:4]]

    found = evaluate(purchases_of([basket for basket, _ in lines], [item for _, item in lines]))

    assert found.verdict != Verdict.USABLE


def test_by_time_only_later_purchases_that_are_new_count():
    basket, item, customer, date = customers_with_tastes()
    purchases = purchases_of(basket, item, customers=customer, days=days_of(date))

    found = evaluate(purchases)

    assert found.since is not None
    assert found.verdict == Verdict.USABLE
    assert found.low < found.hit_rate < found.high


def test_offers_are_new_to_the_customer_and_say_why():
    basket, item, customer, date = customers_with_tastes()
    purchases = purchases_of(basket, item, customers=customer, days=days_of(date))

    offers = list(offers_for(purchases, "EASE"))

    held = set(zip(customer, item, strict=True))
    assert len(offers) == 150 * 10
    assert not [offer for offer in offers if (offer.customer, offer.item) in held]
    first = offers[0]
    assert first.rank == 1
    assert first.because.split("/")[0] == first.item.split("/")[0]


def test_lines_without_customer_are_left_out_and_counted():
    basket, item, customer, date = customers_with_tastes()
    customer[:7] = [None] * 7

    purchases = purchases_of(basket, item, customers=customer, days=days_of(date))

    assert purchases.lines_left_out == 7


def test_a_handful_of_baskets_is_refused_with_advice():
    with pytest.raises(NothingToLearn, match="at least 50"):
        purchases_of(*baskets(10))
