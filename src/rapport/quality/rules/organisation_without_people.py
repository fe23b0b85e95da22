"""Customers and prospects nobody is known at."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from rapport.directory.models import Person
from rapport.quality.ruling import Asked, Dimension, Severity

RULE = Asked(
    label=_("Customer or prospect without a contact"),
    meaning=_("Nobody is known there. Find out who decides and who uses what we sell."),
    dimension=Dimension.COMPLETENESS,
    severity=Severity.HIGH,
    minutes=15,
    record_type="organisation",
    needs=("lifecycle",),
    where=lambda: (
        Q(lifecycle__in=["customer", "prospect"]) & ~Exists(Person._base_manager.filter(organisation=OuterRef("pk")))
    ),
    children={"person": "organisation"},
    bad=({"name": "Acme", "lifecycle": "customer"},),
    good=({"name": "Acme", "lifecycle": "customer", "person": [{"last_name": "Bell"}]},),
)
