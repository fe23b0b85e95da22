"""A panel that shows what an outlook says of a record: the number with its interval, or why there is none."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from rapport.intelligence.models import Estimator, Expectation, Withheld
from rapport.intelligence.outlooks import outlooks
from rapport.intelligence.outlooks.learning import latest
from rapport.intelligence.outlooks.outlook import Outlook
from rapport.intelligence.outlooks.reading import may_see
from rapport.intelligence.scoring.action import is_stopped
from rapport.web.records.panels import Panel


class OutlookPanel(Panel):
    """One outlook; `shown` of each kind puts it into words. It comes after the page."""

    outlook_name: ClassVar[str]
    is_lazy = True

    @property
    def outlook(self) -> Outlook:
        """What it shows."""
        return outlooks()[self.outlook_name]

    def applies(self) -> bool:
        """Beside such records, for who may see all that it rests on and the fields it appears in."""
        return self.record.record_type == self.outlook.record_type and may_see(self.outlook, self.actor)

    def rests_on(self) -> Sequence[QuerySet[Any]]:
        """Something said of the record, even if only why there is no number."""
        return (Expectation.objects.filter(record_id=self.record.pk, outlook=self.outlook_name),)

    @cached_property
    def told(self) -> Expectation | None:
        """What is said of the record."""
        return Expectation.objects.filter(record_id=self.record.pk, outlook=self.outlook_name).first()

    def content(self) -> Mapping[str, Any]:
        """What is said, by which version, and as of when."""
        if self.told is None or not self.applies():
            return {}
        return {
            "outlook": self.outlook,
            "told": self.told,
            "estimator": version_of(self.told),
            "why_not": why_not(self.told, self.outlook) if self.told.withheld else "",
            "is_stopped": is_stopped(),
            "address": reverse("outlook", args=[self.outlook_name]),
            **self.shown(self.told),
        }

    def shown(self, told: Expectation) -> Mapping[str, Any]:
        """What the template of this kind needs besides."""
        raise NotImplementedError


def version_of(told: Expectation) -> Estimator | None:
    """Who said it, without what it learned."""
    if told.estimator_id is None:
        return None
    return Estimator._base_manager.defer("artefact", "signature", "compared").filter(pk=told.estimator_id).first()


def why_not(told: Expectation, outlook: Outlook) -> str:
    """Why there is no number, in a sentence or two."""
    if told.withheld == Withheld.UNLIKE:
        return _("It is too unlike the past cases: several of its values were never seen, or are missing.")
    last = latest(outlook.name)
    if told.withheld == Withheld.NO_SIGNAL and last is not None and last.reason:
        return _(last.reason)
    return _("There is too little to learn from. It takes this: %(minimum)s") % {"minimum": outlook.minimum}
