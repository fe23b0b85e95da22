"""Every form of every page, filled with nonsense: a sentence or a success, never a failure of ours."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import cycle, islice
from typing import Any

import pytest
from django.test import Client

from rapport.core.records import Record
from tests.architecture.addresses import all_addresses
from tests.time_given import as_many_as_fit

from .conftest import Company, Visiting
from .pages import Form, forms_of
from .strings import TELLING, everything
from .visiting import Visitor, text_of

LEADS_OUT = {"log-out"}
ALONE = 20  # strings for each input by itself


def all_forms(client: Client, world: Mapping[str, Record]) -> list[Form]:
    """Each different form that an administrator meets, on whole pages and in dialogs."""
    found: dict[Any, Form] = {}
    for address in all_addresses(world):
        if address.pattern in LEADS_OUT:
            continue
        for headers in ({}, {"HX-Request": "true", "HX-Target": "dialog#dialog"}):
            answer = client.get(address.path, headers=headers)
            if answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html"):
                for form in forms_of(text_of(answer), address.path):
                    found.setdefault(form.key, form)
    return list(found.values())


def fill(visitor: Visitor, form: Form, text: str, names: Iterable[str]) -> None:
    """Send a form with this text in these of its inputs; what is refused is shown again as it was typed."""
    answers = form.answers | {name: [text] for name in names}
    about = f"{list(names)[:9]} = {text[:60]!r}"
    if form.method == "get":
        visitor.send("GET", form.action.partition("?")[0], query_params=answers, about=about)
        return
    visitor.send("POST", form.action, answers, about=about)


@pytest.mark.slow
def test_every_form_takes_or_refuses_what_is_hostile(company: Company, visit: Visiting) -> None:
    cast, world = company
    visitor = visit(cast.dora)
    forms = all_forms(visitor.client, world)
    texts = cycle(TELLING)
    with visitor.watching():
        for form in forms:
            for text in islice(texts, 1):
                fill(visitor, form, text, form.typed)
    assert len(forms) > 80
    visitor.report()


def everything_for(form: Form) -> Iterator[tuple[Form, str, list[str]]]:
    """Each string in all inputs of a form at once, and in turn some of them in each input alone."""
    texts = cycle(everything())
    yield from ((form, text, form.typed) for text in everything())
    yield from ((form, text, [name]) for name in form.answers for text in islice(texts, ALONE))


@pytest.mark.soak
def test_every_form_takes_or_refuses_everything_hostile(company: Company, visit: Visiting) -> None:
    cast, world = company
    visitor = visit(cast.dora)
    with visitor.watching():
        asked = [one for form in all_forms(visitor.client, world) for one in everything_for(form)]
        for form, text, names in as_many_as_fit(asked):
            fill(visitor, form, text, names)
    visitor.report()
