"""Taking corrections: what rules propose becomes the value, by the verb of the records, as the user who says so."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from rapport.core.events import because
from rapport.core.records import RECORD_TYPES
from rapport.core.several import Outcome, Refusal
from rapport.governance.dictionary import entry_of

from .findings.assessing import assess
from .models import Finding
from .ruling.registry import all_rules

JUDGED_AT_ONCE = 300


def correctable(findings: Iterable[Finding]) -> list[Finding]:
    """Those with something to take."""
    return [one for one in findings if one.proposal is not None and one.field]


def take(findings: Sequence[Finding]) -> Outcome:
    """Set what the findings propose; one event for each record type. Records that refuse are told."""
    done = 0
    refusals: list[Refusal] = []
    for record_type, values in by_type(findings).items():
        with because("quality"):
            outcome = RECORD_TYPES[record_type].correct_several(**values)
        done += outcome.done
        refusals += outcome.refusals
    judge_again(findings)
    return Outcome(done, tuple(refusals))


def by_type(findings: Iterable[Finding]) -> dict[str, dict[str, dict[UUID, Any]]]:
    """By record type and field, what each record is to get, as its columns keep it."""
    found: dict[str, dict[str, dict[UUID, Any]]] = defaultdict(lambda: defaultdict(dict))
    for one in correctable(findings):
        found[one.record_type][one.field][one.record_id] = value_of(one)
    return found


def value_of(finding: Finding) -> Any:
    """The proposal as its field takes it."""
    return entry_of(finding.record_type).fields[finding.field].domain.parse(finding.proposal)


def judge_again(findings: Iterable[Finding]) -> None:
    """Judge the records of these findings now, so that the next page is true; many are left to the job."""
    ids: dict[str, set[UUID]] = defaultdict(set)
    for one in findings:
        ids[one.record_type].add(one.record_id)
    if sum(map(len, ids.values())) > JUDGED_AT_ONCE:
        return
    rules = all_rules()
    with transaction.atomic():
        for record_type, some in ids.items():
            assess(record_type, sorted(some), rules)
