"""Organisations that share a website."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from rapport.directory.models import Organisation
from rapport.quality.ruling import Asked, Dimension, Severity

_OTHERS = Organisation._base_manager.filter(domain=OuterRef("domain"), parent=None).exclude(pk=OuterRef("pk"))

RULE = Asked(
    label=_("Website used twice"),
    meaning=_("Two organisations have the same website. Merge them, or make one a part of the other."),
    dimension=Dimension.UNIQUENESS,
    severity=Severity.LOW,
    minutes=8,
    record_type="organisation",
    field="website",
    needs=("parent",),
    where=lambda: ~Q(domain="") & Q(parent=None) & Exists(_OTHERS),
    is_own_table=True,
    bad=(
        {
            "name": "Acme",
            "website": "https://acme.com",
            "beside": [{"name": "Acme 2", "website": "http://www.acme.com/"}],
        },
    ),
    good=({"name": "Acme", "website": "https://acme.com"},),
)
