"""Dates in the ways that exports and people write them; one way is chosen for a whole column, or, where several people
kept it, one for each part of it that no other way can read."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache

import numpy as np
from babel import Locale
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Reading = Callable[[str], date]

_NEARLY_ALL = 0.9
_EPOCH = date(1970, 1, 1)
_FIRST_YEAR, _USUAL_SINCE, _LAST_YEAR = 1500, 1900, 2200
_LANGUAGES = ("en", "fr", "pt", "de", "es")
_TIME = re.compile(
    r"[T\s,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{3,}\.?")
_QUARTER = re.compile(
    r"^(?:(?P<year>\d{4})[\s/-]?[QT](?P<quarter>[1-4])|[QT](?P<first>[1-4])[\s/-]?(?P<then>\d{4}))$", re.I
)
_WEEK = re.compile(r"^(?P<year>\d{4})[\s/-]?[WS](?P<week>\d{1,2})$", re.IGNORECASE)
_MONTH = re.compile(
    r"^(?P<year>\d{4})[\s/.-]?M?(?P<month>\d{1,2})$|^(?P<first>\d{1,2})[\s/.-](?P<then>\d{4})$", re.IGNORECASE
)
_PART_OF_YEAR = re.compile(r"^(?P<year>\d{4})(?:-(?P<part>\d+))?$")
_OFF_A_MONTH = 0.05
_FORMS = (
    ("%Y-%m-%d",),
    ("%d-%m-%Y", "%m-%d-%Y"),
    ("%Y%m%d",),
    ("%d-%m-%y", "%m-%d-%y"),
    ("%y-%m-%d",),
)
"""In turn; forms in one bracket are both looked at, as a day up to 12 doesn't tell them apart."""


_MIXED = ("%Y-%m-%d", "%d-%m-%Y", "%m-%d-%Y", "%d-%m-%y", "%m-%d-%y")
_FAIR_PART = 0.02
_FEWEST_EARLY = 3


def days_of(texts: Sequence[str | None]) -> Floats:
    """Days since 1970 of each cell, shape (rows,); NaN where there is no date, everywhere where there hardly is one."""
    parted = {text: _parted(text) for text in set(texts) if text}
    days = _read({day for day, _time in parted.values()})
    known = {text: days.get(day, np.nan) + time for text, (day, time) in parted.items()}
    return np.array([known.get(text or "", np.nan) for text in texts], dtype=np.float64)


def _parted(text: str) -> tuple[str, float]:
    """The date as digits with dashes, and the time of day as a part of a day."""
    found = _TIME.search(text.strip())
    day = text.strip()[: found.start()] if found else text.strip()
    time = 0.0
    if found:
        half = (found["half"] or "").lower()[:1]
        hour = int(found["hour"]) % 12 + 12 * (half == "p") if half else int(found["hour"])
        time = (hour * 3600 + int(found["minute"]) * 60 + int(found["second"] or 0)) / 86_400
    return _plain(day), time


def _plain(day: str) -> str:
    word = _WORD.search(re.sub(r"^[^\W\d_]+[,.]\s+", "", day))
    if word and (month := _months().get(word.group().rstrip(".").casefold())):
        numbers = re.findall(r"\d+", day)
        return _with_month(numbers, month) if 1 <= len(numbers) <= 2 else day
    if re.fullmatch(r"\d+(\.0)?", day):
        return day.removesuffix(".0")
    return re.sub(r"(?<=\d)[/. ]+(?=\d)", "-", day)


def _with_month(numbers: Sequence[str], month: int) -> str:
    """`3 Feb 2024`, `2024 Feb 3`, `Feb-24` with the month as a number."""
    if len(numbers) == 1:
        year = numbers[0] if len(numbers[0]) == 4 else f"20{numbers[0]:0>2}"
        return f"{year}-{month:02}"
    if len(numbers[0]) == 4:
        return f"{numbers[0]}-{month:02}-{numbers[1]}"
    year = numbers[1] if len(numbers[1]) == 4 else str(_by_form("%y")(numbers[1]).year)
    return f"{year}-{month:02}-{numbers[0]}"


@cache
def _months() -> dict[str, int]:
    names: dict[str, int] = {}
    for language in reversed(_LANGUAGES):
        for width in ("wide", "abbreviated"):
            for form in ("format", "stand-alone"):
                for number, name in Locale(language).months[form][width].items():
                    names[name.rstrip(".").casefold()] = int(number)
    return names


def _read(days: set[str]) -> dict[str, float]:
    for readings in _ways():
        read = [found for reading in readings if len(found := _all(days, reading)) >= max(1, _NEARLY_ALL * len(days))]
        if read:
            return min(read, key=lambda found: (-len(found), _unevenness(found.values())))
    return _mixed(days)


def _mixed(days: set[str]) -> dict[str, float]:
    """Several ways in one column, each with a fair part of it; what two can read goes to the one that reads more."""
    read = [_all(days, _by_form(form)) for form in _MIXED]
    found: dict[str, float] = {}
    for one in sorted(read, key=len, reverse=True):
        new = {text: day for text, day in one.items() if text not in found}
        if len(new) >= max(1, _FAIR_PART * len(days)):
            found |= new
    return found if len(found) >= _NEARLY_ALL * len(days) else {}


def _ways() -> list[tuple[Reading, ...]]:
    forms: list[tuple[Reading, ...]] = [tuple(_by_form(form) for form in forms) for forms in _FORMS]
    return [*forms[:2], (_quarter,), (_week,), (_month,), *forms[2:], (_by_form("%Y"),), (_part_of_year,), (_counted,)]


def _all(days: Iterable[str], reading: Reading) -> dict[str, float]:
    """What can be read like that. Years before 1900 count where there is a fair part of them: a few, such as 1753 or
    1899, only fill a place."""
    found: dict[str, date] = {}
    for text in days:
        try:
            day = reading(text)
        except (ValueError, OverflowError, TypeError):
            continue
        if _FIRST_YEAR <= day.year <= _LAST_YEAR:
            found[text] = day
    early = [text for text, day in found.items() if day.year < _USUAL_SINCE]
    if len(early) < max(_FEWEST_EARLY, _FAIR_PART * len(found)):
        for text in early:
            del found[text]
    return {text: float((day - _EPOCH).days) for text, day in found.items()}


def _unevenness(days: Iterable[float]) -> tuple[int, float]:
    """The right reading is the more regular one: of fewer days of the month, in more even steps."""
    different = np.unique(list(days))
    steps = np.diff(different)
    of_month = {(_EPOCH + timedelta(days=int(day))).day for day in different}
    return len(of_month), float(steps.std() / steps.mean()) if len(steps) else 0.0


def _by_form(form: str) -> Reading:
    return lambda text: datetime.strptime(text, form).replace(tzinfo=UTC).date()


def _quarter(text: str) -> date:
    found = _fullmatch(_QUARTER, text)
    return date(int(found["year"] or found["then"]), 3 * int(found["quarter"] or found["first"]) - 2, 1)


def _week(text: str) -> date:
    found = _fullmatch(_WEEK, text)
    return date.fromisocalendar(int(found["year"]), int(found["week"]), 1)


def _month(text: str) -> date:
    found = _fullmatch(_MONTH, text)
    return date(int(found["year"] or found["then"]), int(found["month"] or found["first"]), 1)


def _part_of_year(text: str) -> date:
    """Months and quarters as parts of a year, such as 1949.25 for April 1949, as R writes its series."""
    found = _fullmatch(_PART_OF_YEAR, text)
    months = 12 * float(f"0.{found['part'] or 0}")
    if abs(months - round(months)) > _OFF_A_MONTH:
        raise ValueError("No month begins there.")
    return date(int(found["year"]), round(months) + 1, 1)


def _counted(text: str) -> date:
    """Days as spreadsheets count them, or seconds or thousandths since 1970."""
    number = float(text)
    if 15_000 <= number <= 80_000:
        return date(1899, 12, 30) + timedelta(days=int(number))
    if number >= 1e8:
        return _EPOCH + timedelta(seconds=number / (1000 if number >= 1e11 else 1))
    raise ValueError("No date is counted like that.")


def _fullmatch(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    found = pattern.match(text)
    if not found:
        raise ValueError("Another way of writing.")
    return found
