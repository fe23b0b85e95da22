"""Turns templates into text: slots, alternatives, line breaks; and says days, times and money as each language does."""

import re
from collections.abc import Mapping
from datetime import date

from demo.chance import Chance
from demo.sources import sections

CHOICE = re.compile(r"<([^<>]*\|[^<>]*)>")
SENTENCE_START = re.compile(r"(^|[.!?]\s|\n|^\d\. |\n\d\. )([a-zà-ÿ])")
CONTRACTIONS = (
    (" a a nossa", " à nossa"),
    (" a a vossa", " à vossa"),
    (" a a administração", " à administração"),
    (" de a administração", " da administração"),
    (" o o ", " o "),
)
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}
CURRENCY_SIGNS = {"GBP": "£", "USD": "$", "EUR": "€"}


def fill(template: str, *, slots: Mapping[str, str], chance: Chance) -> str:
    """The template with its choices made, its slots filled, and `|` as a line break."""
    chosen = CHOICE.sub(lambda match: chance.pick(match[1].split("|")), template)
    text = chosen.replace("|", "\n").format_map(slots)
    for apart, joined in CONTRACTIONS:
        text = text.replace(apart, joined)
    return SENTENCE_START.sub(lambda match: match[1] + match[2].upper(), text)


def phrase(name: str, section: str, *, language: str, slots: Mapping[str, str], chance: Chance) -> str:
    """A line of a section of `sources/<name>.<language>.txt`, or of the English file where that lacks it."""
    options = sections(f"{name}.{language}").get(section) or sections(f"{name}.en")[section]
    return fill(chance.pick(options), slots=slots, chance=chance)


def month_text(day: date, language: str) -> str:
    """The month in words."""
    return MONTHS[language].split()[day.month - 1]


def day_text(day: date, language: str) -> str:
    """Day and month in words."""
    first = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{first} {'de ' if language == 'pt' else ''}{month_text(day, language)}"


def time_text(hour: int, minute: int, language: str) -> str:
    """A time of day as written in that language."""
    if language == "en":
        return f"{hour}:{minute:02d}"
    gap = " " if language == "fr" else ""
    return f"{hour}{gap}h{f'{gap}{minute:02d}' if minute else ''}"


def money_text(amount: float, currency: str, language: str) -> str:
    """A rounded amount with its currency."""
    number, sign = f"{round(amount):,}", CURRENCY_SIGNS[currency]
    if language == "en":
        return f"{sign}{number}" if currency != "EUR" else f"EUR {number}"
    return f"{number.replace(',', ' ')} {sign}"
