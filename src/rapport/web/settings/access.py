"""Who may open a settings page."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from rapport.core.actors import current_actor
from rapport.core.problems import Forbidden

View = Callable[..., HttpResponseBase]


def needs(permission: str) -> Callable[[View], View]:
    """Refuse, with a sentence, whoever lacks the permission."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not current_actor().may(permission):
                raise Forbidden(_("This page is for those who look after the settings. Ask an administrator."))
            return view(request, *args, **kwargs)

        return guarded

    return decorate
