"""Django's clients signed in as each of the cast."""

from tests.web.conftest import signed_in

__all__ = ["signed_in"]
