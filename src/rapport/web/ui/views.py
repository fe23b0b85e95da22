"""The kit's own pages: preferences, the list of keys, the style guide."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from rapport.web.ui import keys, samples
from rapport.web.ui.addresses import way_back
from rapport.web.ui.preferences import keep_all
from rapport.web.ui.shell import Shell


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keeps a preference in this browser and goes back."""
    if request.headers.get("HX-Request") == "true":
        response = HttpResponse(status=204)
    else:
        response = HttpResponseRedirect(way_back(request))
    keep_all(response, request.POST, secure=request.is_secure())
    return response


@require_GET
def key_list(request: HttpRequest) -> HttpResponse:
    """Every key of the product."""
    return render(request, "pages/keys.html", {"groups": keys.groups(Shell(request).entries)})


@require_GET
def style_guide(request: HttpRequest) -> HttpResponse:
    """Every component with its states, for those who build pages."""
    return render(request, "pages/style_guide.html", samples.everything())
