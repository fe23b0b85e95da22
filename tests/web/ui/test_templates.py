"""Rules that every template keeps, and what the components promise."""

import json
import re
from pathlib import Path

import pytest
from django import forms
from django.template import engines
from django_cotton.compiler_regex import CottonCompiler

import rapport.web
from rapport.web.ui.icons import DRAWINGS

WEB = Path(rapport.web.__file__).parent
TEMPLATES = sorted(WEB.rglob("*.html"))
KIT = WEB.parent.parent.parent / "docs" / "reference" / "ui-kit.md"


class Asked(forms.Form):
    """One question."""

    name = forms.CharField()


def drawn(source: str, **context: object) -> str:
    """A template's text, with single spaces."""
    return " ".join(engines["django"].from_string(CottonCompiler().process(source)).render(context).split())


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(WEB)))
def test_a_template_keeps_to_the_content_security_policy_and_to_escaping(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r"\sstyle=", text), "no style attributes: use a class"
    assert not re.search(r"\son[a-z]+=", text), "no inline handlers: use frontend/src"
    assert not re.search(r"hx-on|hx-boost|js:|hx-trigger=\"[^\"]*\[", text), "needs eval, or breaks going back"
    assert not re.search(r"\{\{\s*attrs\s*\}\}", text), "cotton's attrs are not escaped: {{ attrs|attributes }}"
    assert not re.search(r"<script(?! src)", text), "no inline scripts"


def test_every_icon_named_in_templates_and_code_exists() -> None:
    drawings = json.loads(DRAWINGS.read_text()) if DRAWINGS.exists() else pytest.skip("the front-end isn't built")
    sources = [*TEMPLATES, *WEB.rglob("*.py")]
    named = {name for path in sources for name in re.findall(r'icon(?:=| )"([a-z0-9-]+)"', path.read_text())}
    assert named - set(drawings) == set()


def test_every_component_is_explained() -> None:
    explained = KIT.read_text()
    names = {path.stem.replace("_", "-") for path in (WEB / "templates" / "cotton").glob("*.html")}
    assert {name for name in names if f"<c-{name}" not in explained} == set()


def test_hostile_text_in_an_attribute_of_a_component_is_escaped() -> None:
    hostile = '"><script>alert(1)</script>"'
    html = drawn('<c-button :data-x="x" title="{{ x }}">Go</c-button><c-badge :id="x">a</c-badge>', x=hostile)
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 3


def test_a_button_is_a_link_when_it_leads_somewhere() -> None:
    assert drawn('<c-button href="/a/" icon="x">Go</c-button>').startswith('<a href="/a/"')
    assert 'aria-label="Follow"' in drawn('<c-button icon="star" label="Follow" />')


def test_attributes_that_are_false_or_nothing_are_left_out() -> None:
    assert drawn(
        '<c-badge :hidden="no" :lang="nothing" :data-on="yes">a</c-badge>', no=False, nothing=None, yes=True
    ) == ('<span class="badge " data-on>a</span>')


def test_initials_come_from_first_and_last_name() -> None:
    assert ">AM</span>" in drawn('{% avatar "Alice van der Molen" %}')
    assert ">É</span>" in drawn('{% avatar "É" %}')
    assert ">?</span>" in drawn('{% avatar "" %}')


@pytest.mark.parametrize("within", ["", "<c-slot name='buttons'>Go</c-slot>", "{{ form.name.as_field_group }}"])
def test_a_form_tells_what_stands_against_it_once(within: str) -> None:
    form = Asked({"name": "Acme"})
    form.add_error(None, "Not today.")
    html = drawn(f'<c-form :form="form">{within}</c-form>', form=form)
    assert html.count("Not today.") == 1
    assert html.count('name="name"') == 1
