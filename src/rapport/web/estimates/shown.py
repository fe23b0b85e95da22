"""Estimates in words."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from rapport.governance.dictionary import Field
from rapport.quality.models import Estimate
from rapport.web.ui import formats


@dataclass(frozen=True)
class Shown:
    """An estimate of a field as a page shows it; it always says that it is one."""

    estimate: Estimate
    field: Field

    @cached_property
    def text(self) -> str:
        """The value in words."""
        return str(self.field.domain.display(self.estimate.value))

    @property
    def note(self) -> str:
        """`estimated, 86 % sure`."""
        return _("estimated, %(confidence)s sure") % {"confidence": formats.percent(self.estimate.confidence)}

    @property
    def href(self) -> str:
        """Where it is explained and decided."""
        return reverse("estimate", args=[self.estimate.pk])
