"""Why an outlook tells no numbers; shown where they would be."""

from django.utils.translation import gettext_noop

from ..learning.learning import TOO_FEW

NO_BETTER = gettext_noop("On the newest cases, which it had not seen, it is no better than its baseline.")

__all__ = ["NO_BETTER", "TOO_FEW"]
