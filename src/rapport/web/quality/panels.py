"""What is wrong with a record, beside it: findings with their corrections, and sources that disagree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from rapport.core.records import Record
from rapport.governance.dictionary import entry_of
from rapport.quality.board.sight import findings_for, rules_for
from rapport.quality.board.sources import source_of
from rapport.quality.conflicts import disagreements_of, other_in_python
from rapport.quality.models import Disagreement, Finding, FindingState
from rapport.quality.ruling.registry import shipped_rules
from rapport.web.records.panels import Panel
from rapport.web.records.values import fact_in_words, in_words

from .items import items_of


@dataclass(frozen=True)
class Dispute:
    """Two sources that disagree, in words."""

    found: Disagreement
    field: str
    present: str
    other: str
    present_source: str
    other_source: str


class Quality(Panel):
    """Open findings and disagreements of a record; it comes after the page."""

    key, title, icon, template = "quality", _("Data quality"), "shield-check", "quality/panel.html"
    permission = "quality.read"
    is_lazy = True

    def applies(self) -> bool:
        """Beside records that rules judge; the panel says of what one may see."""
        return super().applies() and self.record.record_type in _types()

    def rests_on(self) -> Sequence[QuerySet[Any]]:
        """Something to put right, or to decide."""
        key = self.record.pk
        found = Finding.objects.filter(record_id=key, state=FindingState.OPEN)
        return found, Disagreement.objects.filter(record_id=key, settled_at=None)

    def content(self) -> Mapping[str, Any]:
        """Findings with what they propose, and values that sources disagree about."""
        rules = rules_for(self.actor)
        found = findings_for(self.actor, rules).filter(record_id=self.record.pk).order_by("-id")[:20]
        items = [(item, rules[item.finding.rule]) for item in items_of(found, self.actor)]
        return {"items": items, "disputes": disputes_of(self.record, self.actor)}


def disputes_of(record: Record, actor: Any) -> list[Dispute]:
    """The disagreements about a record's values that the actor may see."""
    fields = entry_of(record.record_type).fields
    found = []
    for one in disagreements_of(record, actor):
        field = fields[one.field]
        other = other_in_python(one)
        if field.is_link and other is None:  # gone, or not for the actor's eyes
            continue
        found.append(
            Dispute(
                found=one,
                field=str(field.label),
                present=fact_in_words(field, record),
                other=in_words(field, other),
                present_source=source_of(one.present_source).label,
                other_source=source_of(one.other_source).label,
            )
        )
    return found


@cache
def _types() -> frozenset[str]:
    return frozenset(name for rule in shipped_rules().values() for name in rule.targets())
