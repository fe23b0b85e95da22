"""Every form of every page, filled with nonsense: a sentence or a success, never a failure of ours."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle, islice
from typing import Any

import pytest
from django.test import Client

from rapport.core.records import Record
from tests.architecture.addresses import all_addresses
from tests.time_given import as_many_as_fit

from .conftest import Company, Visiting
from .dealing import dealt
from .pages import Form, forms_of
from .strings import TELLING, gathered
from .visiting import Visitor, text_of

LEADS_OUT = {"log-out"}
LEAST = 16  # times that each form is sent
ALONE = 2  # strings for each input by itself


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


def fill(visitor: Visitor, form: Form, given: Mapping[str, str]) -> None:
    """Send a form with these texts in these of its inputs; what is refused is shown again as it was typed."""
    answers = form.answers | {name: [text] for name, text in given.items()}
    about = str({name: text[:60] for name, text in list(given.items())[:9]})
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
            fill(visitor, form, dict.fromkeys(form.typed, next(texts)))
    assert len(forms) > 80
    visitor.report()


def everything_for(forms: Sequence[Form]) -> Iterator[tuple[Form, Mapping[str, str]]]:
    """Each input's name with each string, all inputs of a form at once; and each input alone with some of them."""
    inputs = {place: sorted({*form.answers, *form.typed}) for place, form in enumerate(forms)}
    for place, given in dealt(inputs, gathered(), least=LEAST):
        yield forms[place], given
    texts = cycle(gathered())
    yield from ((form, {name: text}) for form in forms for name in form.answers for text in islice(texts, ALONE))


@pytest.mark.soak
def test_every_form_takes_or_refuses_everything_hostile(company: Company, visit: Visiting) -> None:
    cast, world = company
    visitor = visit(cast.dora)
    with visitor.watching():
        for form, given in as_many_as_fit(list(everything_for(all_forms(visitor.client, world)))):
            fill(visitor, form, given)
    visitor.report()
