"""What keeps machines and people in check: alarms, tests of attention, asking people first, the drill of the switch."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.core.jobs import ask_once
from rapport.core.texts import without_unkept
from rapport.oversight.drilling import drill_switch
from rapport.oversight.models import Alarm, Vigilance
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


@require_POST
def end_alarm(request: ActingRequest, alarm_id: UUID) -> HttpResponse:
    """End an alarm, with a reason; levels stay where they fell."""
    alarm: Alarm = get_object_or_404(Alarm.objects.all(), pk=alarm_id)
    alarm.end(reason=without_unkept(request.POST.get("reason", ""))[:2000])
    return redirect("ai-control")
