"""How somebody likes the pages: kept in cookies, so that the very first byte of a page is already right."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from rapport.web.ui.navigation import Text

YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Preference:
    """A choice of few; the first is the default and leaves no attribute on the page."""

    name: str
    label: Text
    choices: Mapping[str, Text]

    @property
    def default(self) -> str:
        """The choice of whoever hasn't chosen."""
        return next(iter(self.choices))

    def of(self, request: HttpRequest) -> str:
        """What this browser chose."""
        chosen = request.COOKIES.get(self.name, "")
        return chosen if chosen in self.choices else self.default

    def keep(self, response: HttpResponseBase, value: str, *, secure: bool) -> None:
        """Remembers a choice in this browser; an unknown one is ignored."""
        if value in self.choices:
            response.set_cookie(self.name, value, max_age=YEAR, samesite="Lax", secure=secure)


THEME = Preference("theme", _("Theme"), {"system": _("As the system"), "light": _("Light"), "dark": _("Dark")})
DENSITY = Preference("density", _("Lists"), {"dense": _("Dense"), "roomy": _("Roomy")})
NAVIGATION = Preference("nav", _("Navigation"), {"full": _("With names"), "icons": _("Icons only")})
PREFERENCES = (THEME, DENSITY, NAVIGATION)


def chosen(request: HttpRequest) -> dict[str, str]:
    """Every preference of this browser by name."""
    return {preference.name: preference.of(request) for preference in PREFERENCES}


def keep_all(response: HttpResponseBase, values: Mapping[str, Any], *, secure: bool) -> None:
    """Remembers whatever was chosen in a form."""
    for preference in PREFERENCES:
        if preference.name in values:
            preference.keep(response, str(values[preference.name]), secure=secure)
