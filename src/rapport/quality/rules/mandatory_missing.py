"""What the dictionary says every record must have, and some lack."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from rapport.governance.columns import column_of
from rapport.governance.dictionary import always, entries, entry_of
from rapport.quality.ruling import Dimension, Found, Judge, Judged, Severity


class Mandatory(Judged):
    """Every type with mandatory fields, own ones included."""

    def targets(self) -> Mapping[str, tuple[str, ...]]:
        """The mandatory fields by type."""
        described = {name: entry for name, entry in entries().items() if entry.importable}
        found = {
            name: tuple(field.name for field in entry.fields.values() if field.mandatory is not None)
            for name, entry in described.items()
        }
        return {name: fields for name, fields in found.items() if fields}

    def prepared(self, record_type: str) -> Judge:
        """Each mandatory field that is empty."""
        entry = entry_of(record_type)
        fields = [entry.fields[name] for name in self.targets().get(record_type, ())]
        columns = [(field, column_of(entry.model, field.name).attname) for field in fields]

        def judge(values: Mapping[str, Any]) -> Iterator[Found]:
            for field, column in columns:
                if values.get(column) in (None, "", [], {}) and field.is_mandatory(values):
                    yield Found(field.name)

        return judge

    def columns(self, record_type: str) -> frozenset[str] | None:
        """Those fields, unless what makes one of them mandatory reads others."""
        entry = entry_of(record_type)
        fields = [entry.fields[name] for name in self.targets().get(record_type, ())]
        if any(field.mandatory is not always for field in fields):
            return None
        return frozenset(column_of(entry.model, field.name).attname for field in fields)


RULE = Mandatory(
    label=_("Mandatory field without a value"),
    meaning=_("The dictionary says that such records have it. Fill it in, or take one of the values proposed."),
    dimension=Dimension.COMPLETENESS,
    severity=Severity.HIGH,
    minutes=4,
    bad=({"record": "organisation", "name": ""},),
    good=({"record": "organisation", "name": "Acme"},),
)
