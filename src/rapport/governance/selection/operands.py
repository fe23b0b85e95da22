"""Reads what an operator is compared with: from the texts of a condition to values, and to words for the chip."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.core.problems import Problem

from ..dictionary import Field
from ..domains import Choice, Link, OpenList, Several, Text, TimeOfDay
from ..domains.numbers import read_number
from ..domains.times import read_date
from .operators import Operand
from .periods import day_from_today, day_label, period_label, span_of

ME, MY_TEAM = "me", "my_team"
_MOST_VALUES = 100
_LARGEST = Decimal(10) ** 18
_TELEPHONE_NOISE = re.compile(r"[\s().\-/]")


@dataclass(frozen=True)
class Reading:
    """Values to compare with, and how a person would say them."""

    values: tuple[Any, ...] = ()
    words: str = ""


def read_operand(operand: Operand, field: Field, *, texts: Sequence[str], actor: Actor) -> Reading:
    """The values that the texts mean; raises `Problem` saying what is wrong with them."""
    given = tuple(text.strip() for text in texts if text.strip())
    if operand is Operand.NONE:
        return Reading()
    if not given:
        raise Problem(_("A value is missing: choose what to compare with."))
    wanted = _COUNTS.get(operand, _MOST_VALUES)
    if len(given) > wanted or (operand in _PAIRS and len(given) != wanted):
        raise Problem(_("This filter takes %(count)d values; choose them again.") % {"count": wanted})
    return _READERS[operand](field, given, actor)


def _text(field: Field, texts: Sequence[str], _actor: Actor) -> Reading:
    text = texts[0]
    if isinstance(field.domain, TimeOfDay):
        moment = field.domain.parse(text)
        return Reading((moment,), field.domain.display(moment))
    if field.domain.kind in ("phone", "phones") and any(char.isdigit() for char in text):
        return Reading((_TELEPHONE_NOISE.sub("", text),), text)
    return Reading((text,), text)


def _numbers(field: Field, texts: Sequence[str], _actor: Actor) -> Reading:
    numbers = [_number(text) for text in texts]
    shown = [field.domain.display(number) for number in numbers]
    return Reading(tuple(numbers), _range_words(shown))


def _number(text: str) -> Decimal:
    number = read_number(text)
    if number is None or abs(number) > _LARGEST:
        raise Problem(_("“%(text)s” is too large a number.") % {"text": text[:40]})
    return number


def _days(_field: Field, texts: Sequence[str], _actor: Actor) -> Reading:
    days = [_day(text) for text in texts]
    return Reading(tuple(day for day, _words in days), _range_words([words for _day, words in days]))


def _day(text: str) -> tuple[date, str]:
    relative = day_from_today(text)
    if relative is not None:
        return relative, day_label(text)
    day = read_date(text)
    if day is None:
        raise Problem(_("A day is missing: choose one."))
    return day, str(date_format(day, "SHORT_DATE_FORMAT"))


def _period(_field: Field, texts: Sequence[str], _actor: Actor) -> Reading:
    span = span_of(texts[0])
    if span is None:
        raise Problem(_("“%(text)s” is no period. Choose one of the list.") % {"text": texts[0][:40]})
    return Reading((span,), period_label(texts[0]))


def _options(field: Field, texts: Sequence[str], _actor: Actor) -> Reading:
    domain = field.domain.each if isinstance(field.domain, Several) else field.domain
    if isinstance(domain, OpenList | Text):
        return Reading(tuple(texts), _either(list(texts)))
    if not isinstance(domain, Choice):
        raise Problem(_("“%(field)s” has no list to choose from.") % {"field": field.label})
    codes = [code for text in texts if (code := domain.parse(text))]
    return Reading(tuple(codes), _either([domain.display(code) for code in codes]))


def _records(field: Field, texts: Sequence[str], actor: Actor) -> Reading:
    domain = field.domain
    if not isinstance(domain, Link):
        raise Problem(_("“%(field)s” is no link.") % {"field": field.label})
    special = [text for text in texts if text in _special_words(domain)]
    keys = [_key(text) for text in texts if text not in special]
    titles = _titles(domain, keys, actor)
    words = [_special_words(domain)[text] for text in special] + [titles[key] for key in keys]
    return Reading((*special, *keys), _either(words))


def _special_words(domain: Link) -> Mapping[str, str]:
    if domain.target == "user":
        return {ME: _("me"), MY_TEAM: _("somebody of my team")}
    return {MY_TEAM: _("my team")} if domain.target == "team" else {}


def _titles(domain: Link, keys: Sequence[UUID], actor: Actor) -> dict[UUID, str]:
    """Titles of the linked records; raises `Problem` unless the actor may see all of them."""
    if not keys:
        return {}
    found = {record.pk: record.title for record in domain.model.objects.visible_to(actor).filter(pk__in=keys)}
    if len(found) < len(set(keys)):
        raise Problem(_("The record to compare with was not found. Choose it again."))
    return found


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Problem(_("The record to compare with was not found. Choose it again.")) from None


def _range_words(words: Sequence[str]) -> str:
    return _("%(least)s and %(most)s") % {"least": words[0], "most": words[1]} if len(words) == 2 else words[0]


def _either(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(several)s or %(last)s") % {"several": ", ".join(words[:-1]), "last": words[-1]}


_COUNTS = {
    **dict.fromkeys((Operand.TEXT, Operand.NUMBER, Operand.DAY, Operand.PERIOD), 1),
    **dict.fromkeys((Operand.NUMBERS, Operand.DAYS), 2),
}
_PAIRS = (Operand.NUMBERS, Operand.DAYS)
_READERS: Mapping[Operand, Callable[[Field, Sequence[str], Actor], Reading]] = {
    Operand.TEXT: _text,
    Operand.NUMBER: _numbers,
    Operand.NUMBERS: _numbers,
    Operand.DAY: _days,
    Operand.DAYS: _days,
    Operand.PERIOD: _period,
    Operand.OPTIONS: _options,
    Operand.RECORDS: _records,
}
