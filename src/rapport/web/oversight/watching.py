"""What keeps machines and people in check: tests of attention, asking people first, the drill of the switch."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.core.jobs import ask_once
from rapport.oversight.drilling import drill_switch
from rapport.oversight.models import Vigilance
from rapport.web.middleware import ActingRequest
from rapport.web.settings.access import needs
from rapport.web.ui.toasts import toast

from .attention import set_plants


@require_POST
@needs("autonomylevel.choose")
def plants(request: ActingRequest) -> HttpResponse:
    """Turn tests of attention on or off; the team is told on this page."""
    set_plants(on=request.POST.get("on") == "1")
    return redirect("ai-control")


@require_POST
@needs("autonomylevel.choose")
def ask_first(request: ActingRequest) -> HttpResponse:
    """Ask for people's own answers first, or no longer."""
    Vigilance.ask_first(on=request.POST.get("on") == "1")
    return redirect("ai-control")


@require_POST
@needs("autonomylevel.choose")
def drill(request: ActingRequest) -> HttpResponse:
    """Drill the switch now, in the background."""
    ask_once(drill_switch)
    toast(request, _("The drill runs in the background. Reload in some seconds to see the times."))
    return redirect("ai-control")
