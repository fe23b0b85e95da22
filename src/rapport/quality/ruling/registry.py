"""All rules: those in `quality/rules/`, one a file, and those that users wrote."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from .. import rules
from .rule import Rule


@cache
def shipped_rules() -> Mapping[str, Rule]:
    """The rules of the folder, by the names of their files."""
    names = sorted(module.name for module in iter_modules(rules.__path__))
    return {name: import_module(f"{rules.__name__}.{name}").RULE for name in names}


def all_rules() -> dict[str, Rule]:
    """Every rule in force, by its key."""
    from .own import own_rules

    return {**shipped_rules(), **own_rules()}


def of_type(record_type: str, among: Mapping[str, Rule]) -> dict[str, Rule]:
    """The rules that look at a type."""
    return {key: rule for key, rule in among.items() if record_type in rule.targets()}
