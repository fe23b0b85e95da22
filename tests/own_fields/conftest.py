"""The cast with browsers, as for pages."""

from tests.web.conftest import cast, signed_in

__all__ = ["cast", "signed_in"]
