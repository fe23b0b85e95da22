"""What the long forms rest on: nothing is left out when values are dealt out, or parameters learnt."""

from collections import defaultdict

from django.http import QueryDict

from .dealing import dealt
from .listening import listening
from .strings import everything, gathered


def test_each_name_has_each_value_and_each_place_some_of_them() -> None:
    values = [f"value {number}" for number in range(40)]
    places = {"add": ["name", "amount"], "edit": ["name"], "elsewhere": ["size"], "bare": []}
    had, turns = defaultdict(set), defaultdict(int)
    for place, given in dealt(places, values, least=5):
        turns[place] += 1
        assert list(given) == places[place]
        for name, value in given.items():
            had[name].add(value)
    assert all(had[name] == set(values) for name in ("name", "amount", "size"))
    assert turns["add"] == turns["elsewhere"] == 40
    assert turns["edit"] < 40
    assert turns["bare"] == 5


def test_strings_that_are_gathered_are_all_there() -> None:
    told = gathered()
    assert [text for text in everything() if not any(text in value for value in told)] == []
    assert len(told) <= len(everything())


def test_parameters_are_heard_whether_they_are_there_or_not() -> None:
    query = QueryDict("q=pipes&sort=name")
    with listening() as names:
        assert query.get("q") == "pipes"
        assert query.getlist("f") == []
        assert "view" not in query
        assert query["sort"] == "name"
    assert names == {"q", "f", "view", "sort"}
    with listening() as names:
        assert query.dict() == {"q": "pipes", "sort": "name"}
    assert names == {"q", "sort"}
