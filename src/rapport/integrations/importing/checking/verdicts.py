"""What the checks of data quality say of the rows of a file: counted in the dry run, and never in the way.

A doubtful value is brought in as it stands; its correction then waits on the board, to be taken with the others.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from rapport.governance.dictionary import entry_of
from rapport.integrations.importing.checking.candidates import Candidate
from rapport.integrations.importing.checking.findings import Findings
from rapport.integrations.models import Action
from rapport.quality.ruling import Judged, Rule
from rapport.quality.ruling.registry import shipped_rules
from rapport.quality.verifying.order import out_of_order_in

_WRITTEN = (Action.CREATE, Action.CHANGE)
Judge = Callable[[Mapping[str, Any]], Any]


class Verdicts:
    """The checks for one record type, prepared once for all rows of a file."""

    def __init__(self, record_type: str) -> None:
        self._record_type = record_type
        self._judges: list[tuple[Rule, Judge]] = [
            (rule, rule.prepared(record_type))
            for rule in shipped_rules().values()
            if isinstance(rule, Judged) and rule.is_told_on_import and record_type in rule.targets()
        ]

    def note(self, item: Candidate, findings: Findings) -> None:
        """Count what is doubtful in a row that will be written, by rule."""
        if item.action not in _WRITTEN:
            return
        for rule, judge in self._judges:
            for found in judge(item.values):
                findings.add_conclusion(item, found.field, _sentence(rule, has_proposal=found.proposal is not None))
        for later, earlier in out_of_order_in(self._record_type, item.values):
            label = entry_of(self._record_type).fields[earlier].label
            sentence = _("It lies before “%(field)s”: one of the two is wrong.") % {"field": label}
            findings.add_conclusion(item, later, sentence)


def _sentence(rule: Rule, *, has_proposal: bool) -> str:
    words = {"finding": rule.label}
    if has_proposal:
        return _("%(finding)s: brought in as it stands; the correction then waits under “Data quality”.") % words
    return _("%(finding)s: brought in as it stands.") % words
