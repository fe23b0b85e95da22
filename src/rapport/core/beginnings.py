"""Beginnings: what a fresh database needs before anybody works with it, made by the packages that know."""

from collections.abc import Callable

from .actors import SYSTEM, acting_as

Beginning = Callable[[], object]

BEGINNINGS: list[Beginning] = []


def beginning(function: Beginning) -> Beginning:
    """Call the function after each migration; it looks first whether there is anything to do."""
    BEGINNINGS.append(function)
    return function


def begin() -> None:
    """See to it that everything a fresh database needs is there; done by the system."""
    with acting_as(SYSTEM):
        for function in BEGINNINGS:
            function()
