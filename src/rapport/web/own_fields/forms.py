"""The form of an own field: what every kind asks, and what its own kind asks besides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import entry_of
from rapport.governance.domains import Currency
from rapport.governance.models import OwnField
from rapport.governance.own.kinds import FORMULA, MOST_PLACES, ROLL_UP, WITH_CHOICES
from rapport.web.places import SLUGS

from .derived_forms import formula_questions, roll_up_answers, roll_up_facts, roll_up_questions

_ASKED = ("label", "meaning", "target", "currency", "places", "formula", "result", "for_everyone")
_FLAGS = ("mandatory", "in_list", "quick")
_CHOICE = "choice-"


class OwnFieldForm(forms.Form):
    """An own field as an administrator describes it; `own` is the one to change, or one not yet kept."""

    label = forms.CharField(label=_("Name"), max_length=80)
    meaning = forms.CharField(
        label=_("Meaning"), max_length=300, required=False, help_text=_("What is to be entered, shown as help.")
    )

    def __init__(self, own: OwnField, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        self._ask_for_kind()
        if not own.is_derived:
            self.fields["mandatory"] = forms.BooleanField(label=_("Mandatory"), required=False)
        self.fields["in_list"] = forms.BooleanField(label=_("Show in lists and on cards"), required=False)
        self.fields["quick"] = forms.BooleanField(
            label=_("Fast on big lists"),
            required=False,
            help_text=_("Keeps an index, so that filters and orders stay fast with a million records."),
        )
        for name in (*_ASKED, *_FLAGS):
            if name in self.fields:
                self.initial.setdefault(name, getattr(own, name))

    def _ask_for_kind(self) -> None:
        kind = self.own.kind
        if kind in WITH_CHOICES:
            self._ask_for_choices()
        if kind == "link":
            types = [(name, entry_of(name).label) for name in SLUGS]
            self.fields["target"] = forms.ChoiceField(
                label=_("Links to"), choices=types, disabled=not self.own._state.adding
            )
        if kind == "amount":
            self.fields["currency"] = forms.ChoiceField(
                label=_("Currency"), choices=self._currencies(), required=self._needs_currency()
            )
        if kind == "number":
            self.fields["places"] = forms.IntegerField(label=_("Decimals"), min_value=0, max_value=MOST_PLACES)
        if kind == FORMULA:
            self.fields.update(formula_questions(self.own, self._currencies()))
        if kind == ROLL_UP:
            self.fields.update(roll_up_questions(self.own))
            self.initial.update(roll_up_answers(self.own))

    def _ask_for_choices(self) -> None:
        for number, choice in enumerate(self.own.choices, start=1):
            self.fields[f"{_CHOICE}{choice['code']}"] = forms.CharField(
                label=_("Choice %(number)d") % {"number": number},
                max_length=80,
                required=False,
                initial=choice["label"],
                help_text=_("Renaming it renames it everywhere; empty it to remove it.") if number == 1 else "",
            )
        self.fields["more"] = forms.CharField(
            label=_("Further choices") if self.own.choices else _("Choices"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("One to a line."),
        )

    def _needs_currency(self) -> bool:
        return "currency" not in entry_of(self.own.for_type).fields

    def _currencies(self) -> list[tuple[str, Any]]:
        known: list[tuple[str, Any]] = list(Currency().labels().items())
        return known if self._needs_currency() else [("", _("The currency of the record")), *known]

    @property
    def facts(self) -> dict[str, Any]:
        """What the form says, as the verbs of an own field take it."""
        answers = self.cleaned_data
        facts = {name: answers[name] for name in (*_ASKED, *_FLAGS) if name in self.fields}
        if "places" in facts:
            facts["places"] = facts["places"] or 0
        if self.own.kind == ROLL_UP:
            facts |= roll_up_facts(answers)
        return facts | ({"choices": self._choices()} if self.own.kind in WITH_CHOICES else {})

    def _choices(self) -> list[Any]:
        kept = [
            {"code": choice["code"], "label": label}
            for choice in self.own.choices
            if (label := self.cleaned_data.get(f"{_CHOICE}{choice['code']}"))
        ]
        return [*kept, *self.cleaned_data.get("more", "").splitlines()]

    def refuse(self, by_field: dict[str, list[str]]) -> None:
        """Show what a verb refused beside the fields it is about."""
        for name, messages in by_field.items():
            shown = {"choices": "more", "rolled_type": "rolled_from"}.get(name, name)
            self.add_error(shown if shown in self.fields else None, messages)
