"""People whose part is unknown."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("Person without a job title"),
    meaning=_("It is not known what this person does, nor their part in buying. Ask, or look at their online profile."),
    dimension=Dimension.COMPLETENESS,
    severity=Severity.LOW,
    minutes=4,
    record_type="person",
    field="job_title",
    needs=("buying_role",),
    where=lambda: Q(job_title="", buying_role=""),
    bad=({"last_name": "Bell"},),
    good=({"last_name": "Bell", "job_title": "Buyer"},),
)
