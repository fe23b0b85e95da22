"""Why an estimator tells no numbers; shown where they would be."""

from django.utils.translation import gettext_noop

TOO_FEW = gettext_noop("There are too few past cases to learn from.")
NO_BETTER = gettext_noop("On the newest cases, which it had not seen, it is no better than its baseline.")
