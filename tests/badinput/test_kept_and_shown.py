"""What was accepted is read back as it was, and every page that shows it still answers, with nothing in it alive."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pytest

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.records import RECORD_TYPES, Record
from rapport.governance.dictionary import Field, entry_of
from rapport.governance.domains import ContactPoints, Domain, LongText, Several, Text, ValueProblem
from rapport.web.places import SLUGS, list_address, record_address
from tests.time_given import as_many_as_fit

from .conftest import Company, Visiting
from .dealing import dealt
from .strings import DIRECTIONS, EMOJI, FORMULAS, MARKUP, UNSEEN, gathered
from .visiting import Visitor

EVERYWHERE = ["/", "/pipeline/", "/search/?q=zq7", "/palette/?q=zq7", "/settings/history/", "/imports/"]
SOME = [f"{MARKUP[1]}{FORMULAS[4]}", f"={MARKUP[6]}{UNSEEN[1]}", f"{DIRECTIONS[0]}{EMOJI[0]} {MARKUP[0]}"]
PAGES_SKIPPED = 3  # of a record's pages every third is opened, another third each time
NEVER = {"email", "role", "is_active"}  # who changes these of a user signs somebody out
EXTREMES = {
    "date": ["1000-01-01", "2200-12-31", "2024-02-29"],
    "datetime": ["1000-01-01T00:00", "2200-12-31T23:59", "2024-02-29T23:59:59.999999+14:00"],
    **{kind: ["-999999999999", "999999999999", "0.01"] for kind in ("decimal", "amount")},
    "integer": ["2000000000", "-2000000000", "0"],
    "percentage": ["100", "0", "0.01"],
    "year": ["1000", "2100", "1000"],
}


def taken(field: Field, text: str) -> tuple[dict[str, list[str]], Any] | None:
    """How this text is sent for a field, and what is to be read back; None when the field can't hold it."""
    if not field.editable or not field.form or field.name in NEVER or not isinstance(field.domain, Domain):
        return None
    try:
        with acting_as(SYSTEM):
            value = field.domain.parse(text)
    except ValueProblem:
        return None
    if isinstance(field.domain, ContactPoints):
        return {f"{field.name}__kind": ["work"], f"{field.name}__value": [text]}, value
    is_plain = isinstance(field.domain, Text | LongText | Several) or field.domain.kind in {
        "text",
        "open_list",
        *EXTREMES,
    }
    return ({field.name: [text]}, value) if is_plain else None


def put_in(visitor: Visitor, record: Record, text_for: Callable[[Field], str]) -> dict[str, Any]:
    """Send each field of a record that takes its text by the form of that field; what should be there now."""
    wanted = {}
    for field in entry_of(record.record_type).fields.values():
        found = taken(field, text_for(field))
        if found is None:
            continue
        path = f"{record_address(record.record_type, record.pk)}edit/{field.name}/"
        answer = visitor.send("POST", path, found[0], about=f"{found[0]}", undone=False)
        is_numbered_anew = field.name == "number" and found[1] is None  # orders and the like number themselves
        if answer is not None and answer.status_code == 302 and not is_numbered_anew:
            wanted[field.name] = found[1]
    return wanted


def shown_on(record: Record) -> Iterator[str]:
    """The addresses at which a record's values appear."""
    own, listed = record_address(record.record_type, record.pk), list_address(record.record_type)
    yield from (own, f"{own}?tab=related", f"{own}history/", f"{own}edit/", listed, f"{listed}?sort=-created_at")
    yield from (f"{listed}export.csv", f"{listed}export.xlsx")


def walk(company: Company, visitor: Visitor, texts: Mapping[str, str]) -> None:
    """Put texts, by kind of field, into one record of each type, compare, and look at every page that shows them."""
    _cast, world = company
    with visitor.watching():
        for record_type in SLUGS:
            keep(visitor, world[record_type], lambda field: texts.get(field.domain.kind, texts["text"]))
        look_at(visitor, EVERYWHERE)
    visitor.report()


def keep(visitor: Visitor, known: Record, text_for: Callable[[Field], str], pages: slice = slice(None)) -> None:
    """Put texts into a record, compare what is there then, and look at its own pages that show them."""
    record = RECORD_TYPES[known.record_type]._base_manager.get(pk=known.pk)
    wanted = put_in(visitor, record, text_for)
    record.refresh_from_db()
    for name, value in wanted.items():
        kept = getattr(record, name)
        if (kept if kept != "" else None) != value:
            visitor.failed(f"{record.record_type}.{name}", f"kept {kept!r:.300} instead of {value!r:.300}")
    look_at(visitor, list(shown_on(record))[pages])


def look_at(visitor: Visitor, paths: Iterable[str]) -> None:
    """Open each address; what can't be opened now has failed."""
    for path in paths:
        answer = visitor.send("GET", path)
        if answer is not None and answer.status_code >= 400:
            visitor.failed(path, f"answers {answer.status_code}")


@pytest.mark.slow
def test_hostile_text_is_kept_and_shown_escaped(company: Company, visit: Visiting) -> None:
    walk(company, visit(company[0].dora), {"text": SOME[0] + SOME[2]})


def in_long_form(*values: Any) -> Any:
    return pytest.param(*values, marks=pytest.mark.soak)


@pytest.mark.parametrize("which", [in_long_form(0), 1, in_long_form(2)], ids=["least", "most", "odd"])
def test_extreme_dates_and_numbers_break_no_page(company: Company, visit: Visiting, which: int) -> None:
    walk(company, visit(company[0].dora), {"text": "x", **{kind: texts[which] for kind, texts in EXTREMES.items()}})


@pytest.mark.soak
def test_everything_hostile_is_kept_and_shown_escaped(company: Company, visit: Visiting) -> None:
    """Each type gets each string in one of its fields, and shows it on some of its pages, by turns."""
    _cast, world = company
    fields = {kind: [name for name, field in entry_of(kind).fields.items() if taken(field, "a")] for kind in SLUGS}
    turns = list(dealt(fields, gathered(shortest=1), least=1, same=lambda kind, _name: kind))
    visitor = visit(company[0].dora)
    with visitor.watching():
        for number, (kind, given) in enumerate(as_many_as_fit(turns)):
            some = slice(number % PAGES_SKIPPED, None, PAGES_SKIPPED)
            keep(visitor, world[kind], lambda field, given=given: given.get(field.name, "a"), some)  # type: ignore[misc]
            if number % len(SLUGS) == 0:
                look_at(visitor, EVERYWHERE)
    visitor.report()
