"""Template tags of record pages."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from rapport.web.records.line_markup import line_markup
from rapport.web.records.markup import fact_markup

register = template.Library()
register.simple_tag(fact_markup)
register.simple_tag(line_markup, takes_context=True)


@register.simple_tag
def options(choices: Iterable[tuple[str, str]], chosen: str = "") -> SafeString:
    """`<option>` for each code and label; lists of the world are long, and asked for several times on a page."""
    return _options(tuple(choices), chosen)


@lru_cache(maxsize=512)
def _options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    rows = ((code, " selected" if code == chosen else "", label) for code, label in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)
