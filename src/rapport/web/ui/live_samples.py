"""The style guide's samples answer like real ones, and keep nothing."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rapport.core.problems import Problem
from rapport.web.ui import samples
from rapport.web.ui.addresses import way_back
from rapport.web.ui.toasts import toast

STAGE_THAT_ASKS = "s4"
_SHARE = re.compile(r"[01](\.\d{1,6})?", re.ASCII)


@require_GET
def options(request: HttpRequest) -> HttpResponse:
    """What a record picker finds."""
    return render(request, "fragments/options.html", {"options": samples.options(request.GET.get("q", ""))})


@require_http_methods(["GET", "POST"])
def fact(request: HttpRequest) -> HttpResponse:
    """A fact, its form, and what saving answers."""
    value = request.POST.get("value", request.GET.get("value", ""))
    if request.method == "GET":
        return render(request, "pages/style_guide/fact.html", {"value": value, "editing": "edit" in request.GET})
    if not value.strip():
        context = {"value": value, "editing": True, "error": _("An industry is needed. Type one, or press Escape.")}
        return render(request, "pages/style_guide/fact.html", context, status=422)
    toast(request, _("Changed · Nordlicht Maschinenbau"), undo="/ui/live/undo/")
    return render(request, "pages/style_guide/fact.html", {"value": value})


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, number: int) -> HttpResponse:
    """Moving a card: one stage asks for an amount first."""
    row = samples.row(number)
    stage, amount = request.POST.get("stage", ""), request.POST.get("amount", "")
    if request.method == "GET" or (stage == STAGE_THAT_ASKS and not amount):
        return _ask(request, {"row": row, "stage": stage, "asks": stage == STAGE_THAT_ASKS})
    if request.headers.get("HX-Request") != "true":
        return redirect("style-guide")
    in_dialog = request.headers.get("HX-Target") == "dialog#dialog"
    toast(request, _("Moved · %(name)s") % {"name": row["name"]}, undo="/ui/live/undo/")
    response = render(request, "pages/style_guide/card.html", {"row": row, "apart": in_dialog})
    if in_dialog:
        response.headers["HX-Trigger"] = "dialog:close"
    return response


def _ask(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    if request.method == "GET":
        return render(request, "pages/style_guide/move.html", context)
    context |= {"layout": "layouts/dialog.html", "in_dialog": True}
    response = render(request, "pages/style_guide/move.html", context, status=422)
    response.headers["HX-Retarget"] = "#dialog"
    response.headers["HX-Reswap"] = "innerHTML"
    return response


@require_POST
def say(request: HttpRequest) -> HttpResponse:
    """A toast with Undo."""
    toast(request, _("Removed · Kestrel Optics"), undo="/ui/live/undo/")
    return redirect(way_back(request))


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """What Undo answers."""
    toast(request, _("Undone · Kestrel Optics"))
    return redirect(way_back(request))


@require_POST
def refuse(request: HttpRequest) -> HttpResponse:
    """What a verb that can't be done answers."""
    raise Problem(_("This opportunity is already won. Re-open it first."))


@require_GET
def progress(request: HttpRequest) -> HttpResponse:
    """A little further each time it is asked."""
    told = request.GET.get("done", "")
    done = min(1.0, (float(told) if _SHARE.fullmatch(told) else 0.0) + 0.25)
    return render(request, "pages/style_guide/progress.html", {"done": done, "is_over": done >= 1})


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Takes files and forgets them."""
    files = request.FILES.getlist("files")
    if any(file.name and file.name.endswith(".exe") for file in files):
        return HttpResponse(status=422, headers={"X-Problem": _("A program is no table. Choose CSV, XLSX or JSON.")})
    toast(request, _("%(count)s files received") % {"count": len(files)})
    return redirect("style-guide")
