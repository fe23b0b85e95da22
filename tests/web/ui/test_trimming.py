"""A trimmed template says what Django's would say, in every language."""

import datetime as dt

import pytest
from django.template import Context, Template, engines
from django.utils.safestring import mark_safe
from django.utils.translation import override
from django_cotton.compiler_regex import CottonCompiler

from rapport.web.ui.trimming import Fixed, trim

SOURCE = """{% load static %}<title>{% translate "Save" %}</title>{# not shown #}
{% url "notifications" %} {% static "icon.svg" %} {% icon "check" label=_("Done") %} {% translate "100 %" %}
{% blocktranslate %}Nothing here yet{% endblocktranslate %}
{% blocktranslate with n=number %}{{ n }} records{% endblocktranslate %}
{% if number %}{% translate "Cancel" %}{{ number }}{% else %}{% translate "Edit" %}{% endif %}
{% for text in texts %}{% translate "Name" %}: {{ text }} {{ text|upper }}
{% empty %}{% translate "Nothing" %}{% endfor %}
{{ moment }} {{ share }} {{ missing }} {{ nothing }} {{ label }} {% autoescape off %}{{ hostile }}{% endautoescape %}
{% translate name %}{% translate "Delete" as word %}{{ word }}
<c-button label="{% translate "Close" %}" icon="x" href="/">{% translate "Later" %}{{ hostile }}</c-button>"""
SHOWN = {
    "number": 1234567,
    "texts": ["a & b", mark_safe("<b>bold</b>")],
    "moment": dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC),
    "share": 0.25,
    "nothing": None,
    "hostile": "<script>",
    "name": "Save",
}


def template() -> Template:
    """The source as it is loaded, before it is trimmed."""
    return engines["django"].from_string(CottonCompiler().process(SOURCE)).template


@pytest.mark.parametrize("language", ["en", "fr", "pt"])
def test_a_trimmed_template_says_the_same(language: str) -> None:
    trimmed = template()
    trim(trimmed.nodelist)
    with override(language):
        expected = template().render(Context(SHOWN))
        assert trimmed.render(Context(SHOWN)) == expected
        assert trimmed.render(Context(SHOWN)) == expected


def test_what_is_kept_follows_the_language() -> None:
    trimmed = template()
    trim(trimmed.nodelist)
    said = []
    for language in ("en", "fr", "en"):
        with override(language):
            said.append(trimmed.render(Context(SHOWN)))
    assert "<title>Save</title>" in said[0]
    assert "<title>Enregistrer</title>" in said[1]
    assert said[2] == said[0]


def test_neighbours_become_one_node_and_trimming_twice_changes_nothing() -> None:
    trimmed = template()
    trim(trimmed.nodelist)
    once = list(trimmed.nodelist)
    trim(trimmed.nodelist)
    assert isinstance(once[0], Fixed)
    assert len(once) < len(template().nodelist)
    assert trimmed.nodelist == once
