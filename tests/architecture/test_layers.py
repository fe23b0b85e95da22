"""Foreign keys point down the layers, as imports do (those are checked by import-linter)."""

import tomllib
from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model

from rapport.core.home import CHECKOUT, PACKAGE


def _levels() -> dict[str, int]:
    """The level of each package, counted from the top of the contract in `pyproject.toml`."""
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    (contract,) = settings["tool"]["importlinter"]["contracts"]
    names = ([part.strip(" ()") for part in line.split("|")] for line in contract["layers"])
    return {name: level for level, line in enumerate(names) for name in line}


def _links() -> Iterator[tuple[type[Model], str, type[Model]]]:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            target = field.related_model
            if field.concrete and isinstance(target, type) and _is_ours(model) and _is_ours(target):
                yield model, field.name, target


def _is_ours(model: type[Model]) -> bool:
    return model.__module__.startswith("rapport.")


def test_foreign_keys_point_down_and_never_sideways() -> None:
    levels = _levels()
    wrong = [
        f"{model._meta.label}.{name} -> {target._meta.label}"
        for model, name, target in _links()
        if model._meta.app_label != target._meta.app_label
        and levels[target._meta.app_label] <= levels[model._meta.app_label]
    ]
    assert not wrong


def test_every_package_has_its_place_in_the_layers() -> None:
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert packages <= set(_levels())


def test_every_package_says_what_it_is_about() -> None:
    silent = [str(path.parent) for path in PACKAGE.glob("*/__init__.py") if not path.read_text().startswith('"""')]
    assert not silent
