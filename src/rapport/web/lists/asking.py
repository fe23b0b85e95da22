"""Asking for a filter: which field, which operator, compared with what; and reading the answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from rapport.core.actors import Actor
from rapport.core.search import is_searched, search
from rapport.core.search_entries import normalise
from rapport.governance.dictionary import Field
from rapport.governance.domains import Choice, Link, OpenList
from rapport.governance.selection import Condition, Operand, Operator, operators_for
from rapport.governance.selection.operands import ME, MY_TEAM
from rapport.governance.selection.periods import day_from_today, offered_periods
from rapport.web.places import choice_address
from rapport.web.ui.forms import RecordPicker

_FEW = 300
_PAIRS = {Operand.NUMBERS: ("least", "most"), Operand.DAYS: ("from", "until")}
_NAMES = {
    Operand.TEXT: "text",
    Operand.NUMBER: "number",
    Operand.DAY: "day",
    Operand.PERIOD: "period",
    Operand.OPTIONS: "option",
    Operand.RECORDS: "record",
}

Answers = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Option:
    """One value to choose from."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Question:
    """The form of one filter: its operators, the values it has now, and what there is to choose from."""

    field: Field
    condition: Condition
    actor: Actor
    problem: str = ""

    @property
    def operators(self) -> tuple[Operator, ...]:
        """The operators on offer."""
        return operators_for(self.field)

    @property
    def operands(self) -> list[str]:
        """The kinds of values that some operator compares with."""
        return list(dict.fromkeys(item.operand.value for item in self.operators if item.operand is not Operand.NONE))

    @property
    def operator(self) -> Operator:
        """The operator chosen, else the usual one."""
        return next((item for item in self.operators if item.key == self.condition.operator), self.operators[0])

    @property
    def first(self) -> str:
        """The first value, as it was written."""
        return self.condition.values[0] if self.condition.values else ""

    @property
    def second(self) -> str:
        """The second value of a pair."""
        return self.condition.values[1] if len(self.condition.values) > 1 else ""

    @property
    def day_type(self) -> str:
        """Days counted from today are text; the others have a calendar."""
        return "text" if any(day_from_today(text) for text in self.condition.values) else "date"

    @property
    def options(self) -> list[Option]:
        """What there is to choose from: values of the list, or records of a small type, and oneself."""
        return [Option(code, label, code in self.condition.values) for code, label in self._labels().items()]

    @property
    def periods(self) -> list[Option]:
        """The periods on offer."""
        return [Option(key, label, key == self.first) for key, label in offered_periods().items()]

    def _labels(self) -> Mapping[str, str]:
        domain: Any = getattr(self.field.domain, "each", self.field.domain)
        if isinstance(domain, Link):
            return _special(domain) | self._candidates(domain)
        labels = domain.labels() if isinstance(domain, Choice | OpenList) else {}
        return labels | {value: value for value in self.condition.values if value not in labels}

    def _candidates(self, domain: Link) -> dict[str, str]:
        """All records of a small type; of a large one those chosen already."""
        if not is_searched(domain.model):
            few = [(str(record.pk), record.title) for record in domain.model.objects.visible_to(self.actor)[:_FEW]]
            return dict(sorted(few, key=lambda item: normalise(item[1])))
        chosen = [value for value in self.condition.values if value not in (ME, MY_TEAM)]
        found = domain.model.objects.visible_to(self.actor).filter(pk__in=_identifiers(chosen))
        return {str(record.pk): record.title for record in found}

    @property
    def picker(self) -> SafeString | str:
        """The field in which a record of a large type is looked for; empty for other fields."""
        domain = self.field.domain
        if not isinstance(domain, Link) or not is_searched(domain.model):
            return ""
        return RecordPicker(choice_address(domain.target)).render(
            "record", None, {"id": "filter-record", "aria-label": str(self.field.label)}
        )


def _special(domain: Link) -> dict[str, str]:
    from django.utils.translation import gettext as _

    if domain.target == "user":
        return {ME: _("Me"), MY_TEAM: _("Somebody of my team")}
    return {MY_TEAM: _("My team")} if domain.target == "team" else {}


def _identifiers(texts: Sequence[str]) -> list[str]:
    from rapport.web.lists.tabs import saved_key

    return [text for text in texts if saved_key(text)]


def answered(field: Field, answers: Answers, *, actor: Actor, group: int = 0) -> Condition:
    """The condition that the answers make; whether it makes sense is told by matching it."""
    key = (answers.get("operator") or [""])[-1]
    operator = next((item for item in operators_for(field) if item.key == key), None)
    if operator is None:
        return Condition(field.name, key, (), group)
    values = [text for name in _names_of(operator.operand) for text in answers.get(name, [])]
    if operator.operand is Operand.RECORDS:
        values = [*values, *answers.get("option", [])]
        values = [found for text in values if text and (found := _record(field, text, actor))]
    return Condition(field.name, key, tuple(dict.fromkeys(value for value in values if value.strip())), group)


def _names_of(operand: Operand) -> tuple[str, ...]:
    return _PAIRS.get(operand) or ((_NAMES[operand],) if operand in _NAMES else ())


def _record(field: Field, text: str, actor: Actor) -> str:
    """The id of a record, also where only its name was typed."""
    if text in (ME, MY_TEAM) or _identifiers([text]):
        return text
    target = field.domain.target if isinstance(field.domain, Link) else ""
    hits = search(actor, text, types=[target], limit=1)
    return str(hits[0].record_id) if hits else text
