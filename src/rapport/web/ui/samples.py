"""What the style guide shows. Invented, and never stored."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.web.ui.forms import Column, RecordPicker, RepeatingRows
from rapport.web.ui.palette import Option

NAMES = ("Nordlicht Maschinenbau", "Ribeiro & Filhos", "Atelier Brossard", "Harbour Freight Systems", "Kestrel Optics")
KINDS = (("work", _("Work")), ("private", _("Private")), ("invoice", _("Invoices")))


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As it stands on an invoice."))
    organisation = forms.CharField(
        label=_("Organisation"), required=False, widget=RecordPicker("/ui/live/options/", title_of=str)
    )
    amount = forms.DecimalField(label=_("Amount"))
    closes_on = forms.DateField(
        label=_("Expected close"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    stage = forms.ChoiceField(label=_("Stage"), choices=[("s1", _("Prospecting")), ("s2", _("Qualification"))])
    emails = forms.Field(
        label=_("E-mail addresses"),
        required=False,
        widget=RepeatingRows(
            [Column("kind", _("Kind"), choices=KINDS), Column("value", _("E-mail"), "email", main=True)]
        ),
    )
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea)
    is_partner = forms.BooleanField(label=_("Sells through a partner"), required=False)


def everything() -> dict[str, Any]:
    """The context of the style guide."""
    filled = {
        "name": "Nordlicht Maschinenbau",
        "emails": [{"kind": "work", "value": "einkauf@nordlicht.example"}, {"kind": "invoice", "value": ""}],
    }
    wrong = SampleForm(QueryDict("name=&amount=a+lot&stage=s1"), auto_id="wrong_%s")
    return {"form": SampleForm(initial=filled), "wrong_form": wrong, "rows": _rows(), "now": timezone.now(), **_days()}


def options(query: str) -> list[Option]:
    """Organisations that fit."""
    fitting = [(number, name) for number, name in enumerate(NAMES) if query.casefold() in name.casefold()]
    return [Option(str(number), name, _("Organisation"), "building-2") for number, name in fitting]


def row(number: int) -> dict[str, Any]:
    """One of the opportunities shown."""
    return _rows()[(number - 1) % len(NAMES)]


def _days() -> dict[str, dt.date]:
    today = timezone.localdate()
    return {"today": today, "tomorrow": today + dt.timedelta(days=1), "last_week": today - dt.timedelta(days=5)}


def _rows() -> list[dict[str, Any]]:
    owners = ("Alice Martin", "Charlie Okafor", "Bob Lindqvist", "Alice Martin", "Dora Sá")
    return [
        {"id": number, "name": name, "owner": owner, "amount": Decimal(12_480 * number), "probability": 0.2 * number}
        for number, (name, owner) in enumerate(zip(NAMES, owners, strict=True), start=1)
    ]
