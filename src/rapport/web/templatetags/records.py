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


@register.simple_tag
def known_values(choices: Iterable[tuple[str, str]]) -> SafeString:
    """`<option>` for each label, as an input with suggestions wants them."""
    return _known_values(tuple(choices))


@lru_cache(maxsize=512)
def _known_values(choices: tuple[tuple[str, str], ...]) -> SafeString:
    return format_html_join("", '<option value="{}"></option>', ((label,) for _code, label in choices))


@lru_cache(maxsize=512)
def _options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    rows = ((code, " selected" if code == chosen else "", label) for code, label in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)
