"""Sure corrections become proposals: the machine suggests them, a person decides, singly or many at once."""

from collections.abc import Mapping

import structlog
from django.utils import translation
from django.utils.translation import gettext_noop

from rapport.core.records import RECORD_TYPES
from rapport.governance.domains import ValueProblem
from rapport.oversight.machine import Evidence, Grounds, RunUnderWay, Stopped, acting_as_machine, propose

from .corrections import correctable, value_of
from .models import Finding, FindingState
from .ruling import Rule
from .ruling.registry import all_rules

log = structlog.get_logger()

ACTION = "quality.overwrite"
SURE = 0.97
_CAP = 500


def propose_sure_corrections() -> int:
    """Propose what open findings are sure of; what waits already, or was rejected, is not proposed again."""
    found = Finding.objects.filter(state=FindingState.OPEN, confidence__gte=SURE).exclude(proposal=None)
    waiting = correctable(found.order_by("id")[:_CAP])
    if not waiting:
        return 0
    rules = all_rules()
    try:
        with acting_as_machine(ACTION, cap=_CAP, purpose=gettext_noop("sure corrections")) as run:
            for finding in waiting:
                _propose(run, finding, rules)
    except Stopped:
        return 0
    return len(waiting)


def _propose(run: RunUnderWay, finding: Finding, rules: Mapping[str, Rule]) -> None:
    record = RECORD_TYPES[finding.record_type]._base_manager.filter(pk=finding.record_id).first()
    if record is None or finding.rule not in rules:
        return
    grounds = Grounds(
        evidence=[Evidence(record, finding.field)],
        confidence=finding.confidence,
        estimator=f"rules.{finding.rule}/1",
        why=_why(rules[finding.rule]),
    )
    try:
        propose(run, grounds, record.change, **{finding.field: value_of(finding)})
    except ValueProblem:  # the field takes it no more; the other findings do not wait for that
        log.info("correction_left_out", rule=finding.rule, field=finding.field)


def _why(rule: Rule) -> str:
    """What the rule says, as it stands in the source: it is told in the language of whoever reads it."""
    with translation.override(None):
        return str(rule.meaning)
