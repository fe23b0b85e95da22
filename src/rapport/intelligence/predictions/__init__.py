"""The predictions: one file each, found by being here. A file names its prediction `PREDICTION`."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from .prediction import Prediction

_NOT_ONE = {"prediction", "cases"}


@cache
def predictions() -> Mapping[str, Prediction]:
    """All predictions by name."""
    names = sorted(module.name for module in iter_modules(__path__) if module.name not in _NOT_ONE)
    found: list[Prediction] = [import_module(f"{__name__}.{name}").PREDICTION for name in names]
    return {prediction.name: prediction for prediction in found}


def of_type(record_type: str) -> list[Prediction]:
    """The predictions about records of one type."""
    return [prediction for prediction in predictions().values() if prediction.record_type == record_type]
