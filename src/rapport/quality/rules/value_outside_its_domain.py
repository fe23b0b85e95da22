"""Values that their field would not take today."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from rapport.core.problems import Problem
from rapport.governance.dictionary import entries, entry_of
from rapport.governance.domains import Domain
from rapport.quality.ruling import Dimension, Found, Judge, Judged, Severity

_KINDS = frozenset({"choice", "percentage", "year", "integer"})


class OutsideDomain(Judged):
    """Every field with a list to choose from, or with bounds."""

    def targets(self) -> Mapping[str, tuple[str, ...]]:
        """Those fields by type."""
        described = {name: entry for name, entry in entries().items() if entry.importable}
        found = {
            name: tuple(field.name for field in entry.fields.values() if field.domain.kind in _KINDS)
            for name, entry in described.items()
        }
        return {name: fields for name, fields in found.items() if fields}

    def prepared(self, record_type: str) -> Judge:
        """Each value that can't be read back, with what is meant where that can be told."""
        domains = [(name, entry_of(record_type).fields[name].domain) for name in self.targets().get(record_type, ())]
        known: dict[tuple[str, Any], Found | None] = {}

        def judge(values: Mapping[str, Any]) -> Iterator[Found]:
            for name, domain in domains:
                value = values.get(name)
                if value in (None, ""):
                    continue
                if (name, value) not in known:
                    known[name, value] = _refused(name, domain, value)
                if found := known[name, value]:
                    yield found

        return judge

    def columns(self, record_type: str) -> frozenset[str]:
        """Those fields alone."""
        return frozenset(self.targets().get(record_type, ()))


def _refused(name: str, domain: Domain, value: Any) -> Found | None:
    try:
        domain.parse(value)
    except Problem as problem:
        suggestion = getattr(problem, "suggestion", None)
        return Found(name, suggestion, 0.9 if suggestion else None)
    return None


RULE = OutsideDomain(
    label=_("Value that its field does not take"),
    meaning=_("The value is not in the list, or out of bounds: it was stored before the list changed. Choose another."),
    dimension=Dimension.FORMAT,
    severity=Severity.MEDIUM,
    minutes=2,
    bad=({"record": "organisation", "name": "Acme", "lifecycle": "custmer"},),
    good=({"record": "organisation", "name": "Acme", "lifecycle": "customer"},),
)
