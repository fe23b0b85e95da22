"""Sensitive changes ask who one is once more, unless one said so a few minutes ago."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from allauth.account.decorators import reauthentication_required

View = TypeVar("View", bound=Callable[..., Any])


def fresh(view: View) -> View:
    """The view runs only after a fresh log-in or confirmation; otherwise it is suspended until then."""
    return cast("View", reauthentication_required(view))
