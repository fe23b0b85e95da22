"""How a column writes its numbers and dates, and turning them into the plain form (1234.56, 2026-12-31)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rapport.integrations.importing.similarity import without_accents

_NUMBER = re.compile(r"[+-]?\(?[+-]?\d[\d.,'’\s\u00a0\u202f]*\)?")
_GROUPED = re.compile(r"\d{1,3}(?:[.,'’\s\u00a0\u202f]\d{3})+")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](.+))?")
_PARTS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:,?[T ]+(.+))?")
_COMPACT = re.compile(r"(19|20)(\d{2})(\d{2})(\d{2})")
_NAMED = re.compile(
    r"(?:(\d{1,2})\.?[ -](?:de )?([a-z]{3,10})\.?[ -](?:de )?(\d{4}|\d{2})|([a-z]{3,10})\.? (\d{1,2}),? (\d{4}))"
    r"(?:,?[T ]+(.+))?"
)
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[ap]m)?(?: ?(?:z|utc|[+-]\d{2}:?\d{2}))?", re.IGNORECASE)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan janv janeiro january janvier",
            "feb fev fevr february fevrier fevereiro",
            "mar mars march marco",
            "apr abr avr april avril abril",
            "may mai maio",
            "jun juin june junho",
            "jul juil july juillet julho",
            "aug aou aout august agosto ago",
            "sep set sept september septembre setembro",
            "oct out octobre october outubro",
            "nov november novembre novembro",
            "dec dez december decembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}


class DateOrder(StrEnum):
    """Whether 01/02/2026 is the first of February or the second of January."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


@dataclass(frozen=True, slots=True)
class Notation:
    """How a column writes numbers and dates, and whether that was seen or is an assumption."""

    decimal_mark: str = "."
    date_order: DateOrder = DateOrder.DAY_FIRST
    decimal_seen: bool = True
    order_seen: bool = True


def notation_of(values: Iterable[str]) -> Notation:
    """The notation that the values of a column show."""
    commas = points = days = months = open_dates = open_numbers = 0
    for raw in values:
        value = raw.strip()
        match = _PARTS.fullmatch(value)
        if match:
            first, second = int(match[1]), int(match[2])
            days += 12 < first <= 31 and second <= 12
            months += 12 < second <= 31 and first <= 12
            open_dates += first <= 12 and second <= 12 and first != second
        elif _NUMBER.fullmatch(bare_number(value)):
            mark = _decimal_mark(bare_number(value))
            commas += mark == ","
            points += mark == "."
            open_numbers += mark == "?"
    return Notation(
        "," if commas > points else ".",
        DateOrder.MONTH_FIRST if months > days else DateOrder.DAY_FIRST,
        decimal_seen=bool(commas or points or not open_numbers),
        order_seen=bool(days or months or not open_dates),
    )


def plain_number(raw: str, notation: Notation) -> str | None:
    """A number without currency, groups and with a decimal point; None when the text is no number in this notation."""
    text = bare_number(raw)
    if not _NUMBER.fullmatch(text):
        return None
    negative = text.startswith(("-", "(")) or text.endswith("-")
    text = text.strip("()+- ")
    whole, mark, fraction = text.rpartition(notation.decimal_mark)
    if not mark:
        whole, fraction = text, ""
    if not (whole.isdecimal() or not whole or _GROUPED.fullmatch(whole)) or (fraction and not fraction.isdecimal()):
        return None
    if notation.decimal_mark in whole:
        return None
    digits = "".join(character for character in whole if character.isdecimal()) or "0"
    return f"{'-' if negative else ''}{digits}{'.' + fraction if fraction else ''}"


def plain_date(raw: str, notation: Notation) -> str | None:
    """A date as 2026-12-31 or with its time as 2026-12-31 14:30; None when the text is no date in this notation."""
    text = " ".join(raw.split())
    if match := _ISO.fullmatch(text):
        return _iso(int(match[1]), int(match[2]), int(match[3]), match[4])
    if match := _PARTS.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        day, month = (first, second) if notation.date_order is DateOrder.DAY_FIRST else (second, first)
        return _iso(_year(match[3]), month, day, match[4])
    if match := _COMPACT.fullmatch(text):
        return _iso(int(match[1] + match[2]), int(match[3]), int(match[4]), None)
    if match := _NAMED.fullmatch(without_accents(text)):
        month_name, day_text, year_text = (match[2], match[1], match[3]) if match[2] else (match[4], match[5], match[6])
        return _iso(_year(year_text), _MONTHS.get(month_name, 0), int(day_text), match[7])
    return None


def bare_number(raw: str) -> str:
    """A number without its currency sign or code and its percent sign."""
    text = raw.strip().strip("$€£¥₹% ")
    if text[:3].isalpha() and text[:3].isupper():
        text = text[3:]
    elif text[-3:].isalpha() and text[-3:].isupper():
        text = text[:-3]
    return text.removeprefix("R$").strip().strip("$€£¥₹")


def _decimal_mark(number: str) -> str:
    """The decimal mark a number shows; "?" where it could be a group mark, "" where there is none."""
    marks = [character for character in number if character in ",."]
    if not marks:
        return ""
    tail = len(number) - 1 - number.rindex(marks[-1])
    if len(set(marks)) == 2 or (len(marks) == 1 and tail != 3):
        return marks[-1]
    if len(marks) > 1:
        return "." if marks[0] == "," else ","
    head = number[: number.rindex(marks[-1])].strip("+-(")
    return marks[-1] if len(head) > 3 or head.startswith("0") else "?"


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def _iso(year: int, month: int, day: int, time: str | None) -> str | None:
    try:
        moment = date(year, month, day)
    except ValueError:
        return None
    if time is None:
        return moment.isoformat()
    return f"{moment.isoformat()} {time.strip()}" if _TIME.fullmatch(time.strip()) else None
