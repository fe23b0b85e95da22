"""The navigation is a registry, and every key is declared once."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.urls import reverse

import rapport.web
from rapport.web.ui import keys, navigation
from rapport.web.ui.navigation import Entry, KeyTaken

SCRIPTS = Path(rapport.web.__file__).parent / "frontend" / "src"
EVERYTHING = navigation.entries(lambda permission: True)


def test_every_entry_and_every_creation_has_a_page() -> None:
    for entry in [*EVERYTHING, *navigation.creations(lambda permission: True)]:
        assert reverse(entry.url) == entry.href


def test_an_entry_shows_only_to_those_who_may_open_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_entries", {})
    navigation.add(Entry("secret", "Secret", icon="x", url="keys", permission="secret.read"))
    assert navigation.entries(lambda permission: False) == []
    assert [entry.name for entry in navigation.entries(lambda permission: permission == "secret.read")] == ["secret"]


def test_two_pages_cannot_want_the_same_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_entries", {})
    navigation.add(Entry("one", "One", icon="x", url="keys", key="o"))
    with pytest.raises(KeyTaken, match="give two another key"):
        navigation.add(Entry("two", "Two", icon="x", url="keys", key="o"))


def test_the_current_entry_is_the_nearest_one() -> None:
    shown = [Entry("keys", "Keys", icon="x", url="keys"), Entry("guide", "Guide", icon="x", url="style-guide")]
    current = navigation.current_entry("/ui/live/fact/", shown)
    assert current is not None
    assert current.name == "guide"
    assert navigation.current_entry("/elsewhere/", shown) is None


def test_bindings_share_keys_only_where_they_never_stand_on_one_page() -> None:
    bound = keys.bindings(EVERYTHING)
    times = Counter(binding["keys"] for binding in bound)
    sharing = {(binding["keys"], binding["action"]) for binding in bound if times[binding["keys"]] > 1}
    assert sharing == {(str(number), action) for number in range(1, 7) for action in ("review", "estimate")}


def test_every_action_named_by_a_key_is_known_to_the_scripts() -> None:
    source = "".join(path.read_text() for path in SCRIPTS.glob("*.ts"))
    registered = set(re.findall(r'registerAction\("([a-z-]+)"', source))
    named = {binding["action"] for binding in keys.bindings(EVERYTHING) if "action" in binding}
    assert named <= registered


def test_every_sentence_the_scripts_say_is_there() -> None:
    from rapport.web.ui.words import WORDS

    source = "".join(path.read_text() for path in SCRIPTS.glob("*.ts"))
    assert set(re.findall(r'say\("([a-z-]+)"', source)) <= set(WORDS)
