"""Words that the entries of the catalogue share."""

from django.utils.translation import gettext_lazy as _

STEWARD = _("Product management")
ALWAYS = _("always")
