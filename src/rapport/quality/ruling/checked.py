"""Checks of single values as rules: for every described field of a kind, with what is known of its surroundings."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from rapport.governance.dictionary import entries, entry_of
from rapport.governance.domains import ValueProblem

from ..checking import Grade, Verdict, check
from ..checking.verdict import country_code
from .rule import Checked, Found, Judge, Values

_REMEMBERED = 300_000


def fields_of(rule: Checked) -> Mapping[str, tuple[str, ...]]:
    """The fields whose values are of the rule's kinds, by record type."""
    found = {}
    for record_type, entry in entries().items():
        if not entry.importable or (rule.types and record_type not in rule.types):
            continue
        names = rule.fields or _of_kinds(record_type, rule.domains)
        names = tuple(name for name in names if name in entry.fields)
        if names:
            found[record_type] = names
    return found


def _of_kinds(record_type: str, kinds: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name, field in entry_of(record_type).fields.items() if field.domain.kind in kinds)


def judge_of(rule: Checked, record_type: str) -> Judge:
    """Checks the fields of a row that are of the rule's kinds."""
    names = fields_of(rule).get(record_type, ())

    def judge(values: Values) -> Iterator[Found]:
        country = str(values.get("country") or "")
        for name in names:
            value = values.get(name)
            if isinstance(value, list):
                yield from _in_list(rule, name, value, country)
            elif value:
                yield from _in_text(rule, name, str(value), country)

    return judge


def _in_text(rule: Checked, name: str, text: str, country: str) -> Iterator[Found]:
    verdict = verdict_on(rule.kind, text, country)
    if is_found(rule, verdict):
        yield Found(name, verdict.proposal, verdict.confidence)


def _in_list(rule: Checked, name: str, entries: list[Any], country: str) -> Iterator[Found]:
    """One finding however many entries are wrong; its proposal is the whole list put right."""
    mended, sure, is_wrong, is_mended = [], 1.0, False, True
    for entry in entries:
        part = "postal_code" if rule.kind == "postal-code" else "value"
        text = str(entry.get(part) or "") if isinstance(entry, dict) else ""
        where = _country_of(entry) or country if part == "postal_code" else country
        verdict = verdict_on(rule.kind, text, where) if text and (where or part == "value") else None
        if verdict is None or not is_found(rule, verdict):
            mended.append(entry)
            continue
        is_wrong = True
        is_mended = is_mended and verdict.proposal is not None
        sure = min(sure, verdict.confidence)
        mended.append({**entry, part: verdict.proposal or text})
    if is_wrong:
        yield Found(name, mended if is_mended else None, sure)


def _country_of(entry: Any) -> str:
    try:
        return country_code(str(entry.get("country") or ""))
    except ValueProblem:
        return ""


def is_found(rule: Checked, verdict: Verdict) -> bool:
    """Whether a verdict is a finding of this rule."""
    if rule.codes:
        return verdict.code in rule.codes
    return verdict.grade is not Grade.GOOD


@lru_cache(maxsize=_REMEMBERED)
def verdict_on(kind: str, text: str, country: str) -> Verdict:
    """The verdict on a value; the same value is judged once."""
    try:
        return check(kind, text, country=country)
    except ValueProblem:
        return check(kind, text)
