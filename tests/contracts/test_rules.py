"""Every quality rule finds its bad examples, leaves the good ones alone, and says what it is about."""

from typing import Any

import pytest
from django.db import transaction

from rapport.governance.dictionary import entries, entry_of
from rapport.quality.findings.assessing import assess
from rapport.quality.models import Finding
from rapport.quality.ruling import Rule
from rapport.quality.ruling.registry import shipped_rules

from .examples import make

RULES = list(shipped_rules().items())
FEWEST = 40


def _is_found(key: str, rule: Rule, example: Any) -> bool:
    """Whether the rule finds the record of an example; nothing of it stays."""
    record_type = str(example.get("record") or next(iter(rule.targets()), ""))
    with transaction.atomic():
        record_id = make(record_type, example)
        assess(record_type, [record_id], {key: rule})
        found = Finding.objects.filter(rule=key, record_id=record_id, state="open").exists()
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize(("key", "rule"), RULES, ids=[key for key, _rule in RULES])
def test_a_rule_finds_its_bad_examples_and_leaves_the_good_ones(
    fresh: None, as_system: Any, key: str, rule: Rule
) -> None:
    for example in rule.good:
        assert not _is_found(key, rule, example)
    for example in rule.bad:
        assert _is_found(key, rule, example)


@pytest.mark.parametrize(("key", "rule"), RULES, ids=[key for key, _rule in RULES])
def test_a_rule_says_what_it_is_about(db: None, key: str, rule: Rule) -> None:
    assert rule.label
    assert len(str(rule.meaning)) > 20
    assert rule.steward
    assert rule.minutes > 0
    assert rule.bad
    assert rule.good
    for record_type, fields in rule.targets().items():
        assert set(fields) | set(rule.needs) <= {"", *entry_of(record_type).fields}


def test_enough_rules_ship_and_every_dimension_has_some() -> None:
    assert len(RULES) >= FEWEST
    assert {rule.dimension for _key, rule in RULES} == set(type(RULES[0][1].dimension))
    assert entries()
