"""A label and what it says, written as the reader's language does."""

from django.utils.functional import Promise
from django.utils.translation import pgettext


def labelled(label: str | Promise, said: object) -> str:
    """`Country: France`; in French a space that never breaks stands before the colon."""
    return pgettext("a label and what it says", "%(label)s: %(said)s") % {"label": label, "said": said}
