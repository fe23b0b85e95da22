"""Opportunities that lack what their stage needs."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from rapport.governance.columns import column_of
from rapport.pipeline.models import Opportunity, Stage
from rapport.quality.ruling import Dimension, Found, Judge, Judged, Severity


class OfStages(Judged):
    """The fields that stages ask for."""

    def targets(self) -> Mapping[str, tuple[str, ...]]:
        """All of them, whatever the stage."""
        return {"opportunity": tuple(sorted({name for names in _needs().values() for name in names}))}

    def prepared(self, record_type: str) -> Judge:
        """Each field that the stage asks for and the opportunity does not have."""
        del record_type
        needs = _needs()
        columns = {name: column_of(Opportunity, name).attname for names in needs.values() for name in names}

        def judge(values: Mapping[str, Any]) -> Iterator[Found]:
            wanted = needs.get(values.get("stage_id"), ()) if values.get("status") == "open" else ()
            yield from (Found(name) for name in wanted if values.get(columns[name]) in (None, "", [], {}))

        return judge


def _needs() -> Mapping[Any, tuple[str, ...]]:
    """What each stage asks for, as far as opportunities have it."""
    known = {field.name for field in Opportunity._meta.get_fields()}
    rows = Stage._base_manager.values_list("pk", "required_fields")
    return {key: tuple(name for name in names if name in known) for key, names in rows}


RULE = OfStages(
    label=_("Opportunity that lacks what its stage needs"),
    meaning=_("The stage asks for it. Fill it in, or take one of the values proposed."),
    dimension=Dimension.COMPLETENESS,
    severity=Severity.HIGH,
    minutes=4,
    needs=("status", "stage"),
    bad=({"record": "opportunity", "name": "Pumps", "stage": {"required_fields": ["amount"]}},),
    good=({"record": "opportunity", "name": "Pumps", "amount": 5, "stage": {"required_fields": ["amount"]}},),
)
