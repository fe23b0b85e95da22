"""Findings as they are shown: the record, the field, the value as it is and as it should be."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.core.records import RECORD_TYPES, Record
from rapport.governance.dictionary import entry_of
from rapport.quality.checking import CHECKS, check
from rapport.quality.models import Finding
from rapport.quality.ruling import Checked
from rapport.quality.ruling.registry import shipped_rules
from rapport.web.places import record_address
from rapport.web.records.values import fact_in_words, in_words


@dataclass(frozen=True)
class Item:
    """One finding in words; `after` is empty where nothing is proposed, `may_change` says who may act on it."""

    finding: Finding
    title: str
    href: str
    field: str
    before: str
    after: str
    may_change: bool
    why: str = ""

    @property
    def edit(self) -> str:
        """The address at which the value is asked for."""
        return f"{self.href}edit/{self.finding.field}/" if self.finding.field and self.href else ""


def items_of(findings: Iterable[Finding], actor: Actor) -> list[Item]:
    """The findings in words; those of records that are gone or hidden are left out."""
    given = list(findings)
    records = _records(given, actor)
    return [_item(one, records[one.record_id], actor) for one in given if one.record_id in records]


def _records(findings: list[Finding], actor: Actor) -> dict[UUID, Record]:
    ids: dict[str, set[UUID]] = defaultdict(set)
    for one in findings:
        ids[one.record_type].add(one.record_id)
    found: dict[UUID, Record] = {}
    for record_type, some in ids.items():
        for record in RECORD_TYPES[record_type].objects.visible_to(actor).filter(pk__in=some):
            found[record.pk] = record
    return found


def _item(finding: Finding, record: Record, actor: Actor) -> Item:
    entry = entry_of(finding.record_type)
    field = entry.fields.get(finding.field)
    allowed = finding.field in entry.editable_by(actor) and actor.may(f"{finding.record_type}.change")
    return Item(
        finding=finding,
        title=record.title or _("without a name"),
        href=record_address(finding.record_type, record.pk),
        field=str(field.label) if field else "",
        before=fact_in_words(field, record) if field else "",
        after=in_words(field, finding.proposal) if field and finding.proposal is not None else "",
        may_change=bool(field) and allowed and record.may_be_changed_by(actor),
        why=_why(finding, record),
    )


def _why(finding: Finding, record: Record) -> str:
    """What the check says of the value, in the reader's language."""
    rule = shipped_rules().get(finding.rule)
    value = getattr(record, finding.field, None) if finding.field else None
    if not isinstance(rule, Checked) or rule.kind not in CHECKS or not isinstance(value, str):
        return ""
    return check(rule.kind, value, country=str(getattr(record, "country", "") or "")).reason
