"""Each value domain reads or refuses whatever it is given, in every form that JSON knows: never another error."""

from collections.abc import Iterable, Iterator

import pytest

from rapport.core.actors import Actor
from rapport.core.problems import Problem
from rapport.governance.dictionary import Field, entries
from rapport.governance.domains import Domain

from .strings import everything, own

SHAPES = [
    *(
        [],
        {},
        [[]],
        [{}],
        [None],
        [1],
        [["person", "x"]],
        [{"type": "person"}],
        [{"type": [], "id": {}}],
        {"a": {"b": []}},
    ),
    *(
        [{"kind": {}, "value": []}],
        [{"kind": [1], "value": None}],
        [{"street": {"x": 1}}],
        [{"name": []}],
        [{"name": {}}],
    ),
    *(
        True,
        False,
        0,
        -1,
        10**30,
        1e308,
        float("nan"),
        float("inf"),
        -0.0,
        None,
        b"bytes",
        [True, 1.5],
        ["\ud800"],
        "\ud800",
    ),
    *(
        [{"type": "person", "id": "x", "name": "y"}],
        [{"id": 1, "name": 2, "type": 3}],
        ["a" * 500] * 200,
        [{"value": "a"}] * 99,
    ),
]


def domains() -> Iterator[tuple[str, Field]]:
    """Each different domain of the dictionary, with a field that has it."""
    found: dict[str, tuple[str, Field]] = {}
    for record_type, entry in entries().items():
        for field in entry.fields.values():
            found.setdefault(repr(field.domain), (record_type, field))
    yield from found.values()


def fault(field: Field, raw: object) -> str:
    """What goes wrong when it is parsed, and what was read shown and exported; empty when nothing does."""
    domain: Domain = field.domain
    try:
        value = domain.parse(raw)
    except Problem as problem:
        return "" if str(problem) else "refused without a word"
    except Exception as error:  # noqa: BLE001 - any other error is a finding
        return f"parse: {type(error).__name__} {error}"
    try:
        domain.display(value)
        return "" if isinstance(domain.export(value), str) else "exports no text"
    except Exception as error:  # noqa: BLE001 - the same
        return f"{value!r}: {type(error).__name__} {error}"


def all_faults(strings: Iterable[object]) -> set[str]:
    """Each fault once, with its first cause."""
    given = list(strings)
    found: dict[str, str] = {}
    for _type, field in domains():
        for raw in given:
            if told := fault(field, raw):
                found.setdefault(f"{type(field.domain).__name__} {told}"[:160], repr(raw)[:100])
    return {f"{told} of {raw}" for told, raw in found.items()}


def test_every_domain_reads_or_refuses_every_shape_and_string(as_system: Actor) -> None:
    assert len(list(domains())) > 30
    found = all_faults([*SHAPES, *own()])
    assert not found, "\n".join(sorted(found))


@pytest.mark.soak
def test_every_domain_reads_or_refuses_everything(as_system: Actor) -> None:
    texts = everything()
    lists = [[text, *texts[place : place + 3]] for place, text in enumerate(texts)]
    objects = [[dict.fromkeys(("kind", "value", "street", "country", "name"), text)] for text in texts]
    found = all_faults([*texts, *lists, *objects])
    assert not found, "\n".join(sorted(found))


@pytest.mark.parametrize("text", ["Ångström", "e\u0301", "👩‍👩‍👧‍👦", "\u202egnp.exe", "a\u200bb", "'=1+1", "\u1e9e ß"])
def test_what_a_text_accepts_it_keeps_to_the_character(text: str) -> None:
    from rapport.governance.domains import LongText, Text

    assert Text().parse(text) == text
    assert LongText().parse(f"{text}\n\n{text}") == f"{text}\n\n{text}"
