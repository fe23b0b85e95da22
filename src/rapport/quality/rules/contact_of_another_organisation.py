"""Opportunities whose contact works elsewhere."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("Contact who works elsewhere"),
    meaning=_("The main contact works at another organisation. Link somebody else, or note the new employer."),
    dimension=Dimension.REFERENCE,
    severity=Severity.MEDIUM,
    minutes=3,
    record_type="opportunity",
    field="person",
    needs=("status", "organisation"),
    where=lambda: Q(status="open", person__organisation__isnull=False) & ~Q(person__organisation=F("organisation")),
    parents=("person",),
    bad=(
        {
            "name": "Pumps",
            "organisation": {"name": "Acme"},
            "person": {"last_name": "Bell", "organisation": {"name": "Beta"}},
        },
    ),
    good=({"name": "Pumps", "organisation": {"name": "Acme"}, "person": {"last_name": "Bell"}},),
)
