"""Addresses of the pages: those of every package `rapport.web.<domain>` that has a module `urls`."""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from django.urls import URLPattern, URLResolver

import rapport.web


def _found() -> list[URLPattern | URLResolver]:
    packages = sorted(f"rapport.web.{module.name}" for module in iter_modules(rapport.web.__path__) if module.ispkg)
    modules = [f"{package}.urls" for package in packages if find_spec(f"{package}.urls")]
    return [pattern for module in modules for pattern in import_module(module).urlpatterns]


urlpatterns = _found()
