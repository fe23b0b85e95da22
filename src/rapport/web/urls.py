"""Addresses of the pages: those of every package `rapport.web.<domain>` that has a module `urls`.

There are hundreds, and Django tries one after the other. So those that begin with the same word are tried only for an
address that begins with it.
"""

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any

from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

import rapport.web

Address = URLPattern | URLResolver


class Beginning(RoutePattern):
    """The first word of an address, which is looked at but left for the patterns inside."""

    def __init__(self, word: str) -> None:
        super().__init__("")
        self.word = word

    def match(self, path: str) -> tuple[str, tuple[()], dict[str, Any]] | None:
        """The whole path, if it begins so."""
        return (path, (), {}) if path.startswith(self.word) else None


def by_first_word(patterns: Iterable[Address]) -> list[Address]:
    """The patterns, those with the same first word together where the first of them stood; others stay single."""
    groups: dict[str, list[Address]] = {}
    for number, pattern in enumerate(patterns):
        word, slash, _rest = str(pattern.pattern).partition("/")
        is_fixed = slash and word and "<" not in word
        groups.setdefault(f"{word}/" if is_fixed else f"{number}", []).append(pattern)
    return [URLResolver(Beginning(word), group) if word.endswith("/") else group[0] for word, group in groups.items()]


def _found() -> list[Address]:
    packages = sorted(f"rapport.web.{module.name}" for module in iter_modules(rapport.web.__path__) if module.ispkg)
    modules = [f"{package}.urls" for package in packages if find_spec(f"{package}.urls")]
    return [pattern for module in modules for pattern in import_module(module).urlpatterns]


urlpatterns = by_first_word(_found())
