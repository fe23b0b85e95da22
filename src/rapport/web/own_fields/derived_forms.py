"""What the form of a formula and that of a roll-up ask besides."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import Field, entries, entry_of
from rapport.governance.domains import Link
from rapport.governance.models import OwnField
from rapport.governance.own.derived.results import RESULTS
from rapport.governance.own.derived.rolling import HOWS
from rapport.governance.own.kinds import KINDS, MOST_PLACES
from rapport.governance.selection import Condition, operators_for
from rapport.web.places import SLUGS

_Choices = list[tuple[str, Any]]


def formula_questions(own: OwnField, currencies: _Choices) -> dict[str, forms.Field]:
    """The formula, and what it gives."""
    return {
        "formula": forms.CharField(
            label=_("Formula"),
            max_length=2_000,
            widget=forms.Textarea(attrs={"rows": 3, "class": "code", "spellcheck": "false", "autocapitalize": "off"}),
            help_text=_("Such as: round(amount * 0.2, 2). Fields and functions are listed below."),
        ),
        "result": forms.ChoiceField(
            label=_("Result"),
            choices=[(name, KINDS[name].label) for name in RESULTS],
            disabled=not own._state.adding,
        ),
        "places": forms.IntegerField(
            label=_("Decimals"), min_value=0, max_value=MOST_PLACES, required=False, help_text=_("Of a number.")
        ),
        "currency": forms.ChoiceField(
            label=_("Currency"),
            choices=[("", "–"), *(choice for choice in currencies if choice[0])],
            required=False,
            help_text=_("Of an amount, where the formula does not tell it."),
        ),
    }


def roll_up_questions(own: OwnField) -> dict[str, forms.Field]:
    """Which records, which of their fields, how, and under which condition."""
    sources = list(_sources(own.for_type))
    types = {source.partition(".")[0] for source, _label in sources}
    nothing: _Choices = [("", "–")]
    fields = [*nothing, *_fields(types, own)]
    return {
        "rolled_from": forms.ChoiceField(label=_("Rolled-up records"), choices=sources),
        "rolled_how": forms.ChoiceField(label=_("Rolled up by"), choices=list(HOWS.items())),
        "rolled_over": forms.ChoiceField(
            label=_("Rolled-up field"),
            choices=fields,
            required=False,
            help_text=_("Not asked for the number of records."),
        ),
        "where_field": forms.ChoiceField(label=_("Only where"), choices=fields, required=False),
        "where_operator": forms.ChoiceField(
            label=_("Compared by"), choices=[*nothing, *_operators(types)], required=False
        ),
        "where_value": forms.CharField(label=_("With the value"), max_length=200, required=False),
        "for_everyone": forms.BooleanField(
            label=_("Show to those who don't see all these records"),
            required=False,
            help_text=_("Otherwise the field is hidden from whoever sees only some of the records that it rolls up."),
        ),
    }


def _sources(record_type: str) -> Iterator[tuple[str, Any]]:
    """The links that lead to records of a type, with the type that has them."""
    for name in SLUGS:
        for field in entries()[name].fields.values():
            if isinstance(field.domain, Link) and field.domain.target == record_type:
                yield f"{name}.{field.name}", f"{entry_of(name).plural} ({field.label})"


def _fields(types: set[str], own: OwnField) -> Iterator[tuple[Any, _Choices]]:
    """The fields of some types, by type."""
    for name in sorted(types, key=lambda kind: str(entry_of(kind).plural)):
        fields = [field for field in entry_of(name).fields.values() if field.name != own.key and _is_comparable(field)]
        yield str(entry_of(name).plural), [(f"{name}.{field.name}", field.label) for field in fields]


def _is_comparable(field: Field) -> bool:
    return bool(operators_for(field)) and field.domain.kind != "about"


def _operators(types: set[str]) -> _Choices:
    """All operators that fields of these types are compared by."""
    known = {
        operator.key: operator.label
        for name in types
        for field in entry_of(name).fields.values()
        for operator in operators_for(field)
    }
    return list(known.items())


def roll_up_answers(own: OwnField) -> dict[str, str]:
    """What the form of a known roll-up shows."""
    if not own.rolled_type:
        return {}
    where = Condition.read(own.rolled_where) if own.rolled_where else None
    told = {
        "rolled_from": f"{own.rolled_type}.{own.rolled_link}",
        "rolled_how": own.rolled_how,
        "rolled_over": f"{own.rolled_type}.{own.rolled_field}" if own.rolled_field else "",
    }
    if where is None:
        return told
    value = "|".join(where.values)
    return told | {
        "where_field": f"{own.rolled_type}.{where.field}",
        "where_operator": where.operator,
        "where_value": value,
    }


def roll_up_facts(answers: Mapping[str, Any]) -> dict[str, str]:
    """What the form says, as the verbs of an own field take it; a field of another type stays whole."""
    record_type, _dot, link = answers.get("rolled_from", "").partition(".")
    return {
        "rolled_type": record_type,
        "rolled_link": link,
        "rolled_how": answers.get("rolled_how", ""),
        "rolled_field": _of(record_type, answers.get("rolled_over", "")),
        "rolled_where": _condition(record_type, answers),
    }


def _condition(record_type: str, answers: Mapping[str, Any]) -> str:
    name = _of(record_type, answers.get("where_field", ""))
    if not name:
        return ""
    values = tuple(filter(None, answers.get("where_value", "").split("|")))
    return str(Condition(name, answers.get("where_operator", ""), values))


def _of(record_type: str, chosen: str) -> str:
    """The name of a chosen field; that of another type stays whole, so that it is told as missing."""
    return chosen.removeprefix(f"{record_type}.")
