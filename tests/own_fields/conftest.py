"""The cast with browsers, as for pages."""

from tests.web.conftest import cast as cast
from tests.web.conftest import signed_in as signed_in
