"""Deciding between two sources, and which source comes first."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from rapport.core.labelled import labelled
from rapport.core.problems import Forbidden
from rapport.core.records import RECORD_TYPES
from rapport.governance.dictionary import entries
from rapport.quality.board.sources import Source
from rapport.quality.conflicts import USUAL, disagreements_of, keep, take_other
from rapport.quality.models import Disagreement, Precedence
from rapport.web.middleware import ActingRequest
from rapport.web.places import record_address
from rapport.web.ui.addresses import way_back
from rapport.web.ui.toasts import toast


@require_POST
def settle(request: ActingRequest, finding_id: int) -> HttpResponse:
    """Keep the present value, or take the other one."""
    found = Disagreement.objects.filter(pk=min(finding_id, 2**62), settled_at=None).first()
    model = RECORD_TYPES.get(found.record_type) if found else None
    record = model.objects.visible_to(request.actor).filter(pk=found.record_id).first() if found and model else None
    if found is None or record is None or found not in disagreements_of(record, request.actor):
        raise Http404
    if not record.may_be_changed_by(request.actor):
        raise Forbidden(_("You may not change this record. Ask its owner."))
    if request.POST.get("take") == "other":
        take_other(found, record)
    else:
        keep(found)
        toast(request, _("The present value stays."))
    return redirect(way_back(request, otherwise=record_address(found.record_type, record.pk)))


class PrecedenceForm(forms.Form):
    """A field and the sources in the order in which they are believed."""

    field = forms.ChoiceField(label=gettext_lazy("Field"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices: forms.ChoiceField = self.fields["field"]  # type: ignore[assignment]
        choices.choices = _fields()
        sources = [(one.value, one.label) for one in USUAL]
        for place, usual in enumerate(USUAL[:3], start=1):
            self.fields[f"source{place}"] = forms.ChoiceField(
                label=_("Trusted as number %(place)d") % {"place": place}, choices=sources, initial=usual.value
            )


def _fields() -> list[tuple[str, str]]:
    """Each type, and each of its fields, as "organisation." and "organisation.name"."""
    found = []
    for record_type, entry in entries().items():
        if entry.importable:
            found.append((f"{record_type}.", _("%(type)s: all fields") % {"type": entry.plural}))
            found += [
                (f"{record_type}.{name}", labelled(entry.plural, one.label)) for name, one in entry.fields.items()
            ]
    return found


@require_http_methods(["GET", "POST"])
def precedence(request: ActingRequest) -> HttpResponse:
    """Show the orders of sources; a POST sets one."""
    if not request.actor.may("precedence.change"):
        raise Forbidden(_("You may not decide which source comes first. Ask an administrator."))
    form = PrecedenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _set(form)
        return redirect("quality-precedence")
    rows = [
        (_words(one), [Source(text).label for text in one.sources]) for one in Precedence.objects.order_by("for_type")
    ]
    usual = [one.label for one in USUAL]
    context = {"rows": rows, "form": form, "usual": usual}
    return render(request, "quality/precedence.html", context, status=422 if form.errors else 200)


def _set(form: PrecedenceForm) -> None:
    for_type, _dot, name = form.cleaned_data["field"].partition(".")
    sources = list(dict.fromkeys(form.cleaned_data[f"source{place}"] for place in (1, 2, 3)))
    known = Precedence.objects.filter(for_type=for_type, field=name).first()
    if known is None:
        Precedence.create(for_type=for_type, field=name, sources=sources)
    else:
        known.change(sources=sources)


def _words(one: Precedence) -> str:
    entry = entries().get(one.for_type)
    if entry is None:
        return one.title
    field = entry.fields.get(one.field)
    return labelled(entry.plural, field.label) if field else str(entry.plural)
