"""The lead: somebody who may become a customer, before we know whether it is worth an opportunity."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .converting import Convertible
from .submitting import Submittable


class Lead(Convertible, Submittable):
    """A possible customer as they came in; after conversion it keeps links to what it became."""

    class Meta:
        verbose_name = _("lead")
        verbose_name_plural = _("leads")
        indexes = [
            models.Index(fields=["status", "-id"], name="lead_by_status"),
            models.Index(fields=["sort_name", "id"], name="lead_by_name"),
            models.Index(fields=["opportunity"], name="lead_of_opportunity", condition=Q(opportunity__isnull=False)),
        ]
