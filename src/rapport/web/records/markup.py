"""The markup of facts. It stands here and not in a template because a page holds dozens of them, and templates of so
many small choices are what pages spend their time on. Whatever comes from a record is escaped where it is put in.
"""

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rapport.web.estimates.shown import Shown
from rapport.web.ui.escaping import escape
from rapport.web.ui.icons import icon

from .facts import Fact, Part

_SWAP = 'hx-target="closest .fact" hx-swap="outerHTML"'


def fact_markup(fact: Fact, dictionary: str) -> SafeString:
    """One fact: its label, which leads to the dictionary, and its value, which leads to its form."""
    field = fact.field
    term = (
        f'<dt><a href="{escape(dictionary)}#{escape(field.name)}" title="{escape(field.meaning)}">'
        f"{escape(field.label)}</a></dt>"
    )
    classes = "fact fact-editable" if fact.edit else "fact"
    if fact.estimated:
        shown, classes = _estimated(fact, fact.estimated), "fact fact-editable fact-estimated"
    else:
        shown = _pressed(fact) if fact.edit and fact.is_plain else _shown(fact)
    return mark_safe(f'<div class="{classes}" id="{escape(fact.id)}">{term}<dd>{shown}</dd></div>')  # noqa: S308


def _pressed(fact: Fact) -> str:
    """A value that is edited by pressing it."""
    edit = escape(fact.edit)
    about = f' aria-description="{escape(fact.hint)}"' if fact.hint else ""
    inside = _lines(fact.text) if fact.text else _nothing(fact)
    change = escape(_("change"))
    return (
        f'<a class="fact-value" href="{edit}" hx-get="{edit}" {_SWAP}{about}>{inside}'
        f'<span class="visually-hidden">, {change}</span></a>'
    )


def _estimated(fact: Fact, shown: Shown) -> str:
    """A guess, dotted and called one; a press accepts it, without scripts on a page of its own."""
    href, words, accept = escape(shown.href), escape(_("Accept")), ""
    if fact.edit:
        accept = (
            f' <a class="button button-small" role="button" href="{href}" hx-post="{href}accept/" {_SWAP}>'
            f"{words}</a>{_pencil(fact)}"
        )
    return (
        f'<a class="fact-value" href="{href}" data-dialog>{escape(shown.text)}</a>'
        f'<div class="fact-marks"><span>{escape(shown.note)}</span>{accept}</div>'
    )


def _nothing(fact: Fact) -> str:
    words, kind = (_("Needed"), "missing") if fact.is_missing else (_("Add"), "empty")
    return f'<span class="fact-{kind}">{escape(words)}</span>'


def _shown(fact: Fact) -> str:
    """A value that leads somewhere, or that is not edited here; a pencil edits it."""
    about = ""
    if fact.hint:
        label = escape(fact.field.label)
        about = f' aria-description="{escape(fact.hint)}" tabindex="0" role="group" aria-label="{label}"'
    parts = "".join(_part(part, is_web_address=fact.is_web_address) for part in fact.parts)
    return f'<div class="fact-value"{about}>{parts or _EMPTY}</div>{_pencil(fact)}'


_EMPTY = '<span class="fact-empty">–</span>'


def _part(part: Part, *, is_web_address: bool) -> str:
    text = _lines(part.text)
    if part.href:
        outside = ' rel="noopener noreferrer"' if is_web_address else ""
        text = f'<a href="{escape(part.href)}"{outside}>{escape(part.text)}</a>'
    kind = f' <span class="faint small">{escape(part.kind)}</span>' if part.kind else ""
    return f'<span class="fact-part">{text}{kind}</span>'


def _pencil(fact: Fact) -> str:
    if not fact.edit:
        return ""
    edit, label = escape(fact.edit), escape(_("Change %(label)s") % {"label": fact.field.label})
    return (
        f'<a class="fact-edit button button-quiet button-icon button-small" href="{edit}" hx-get="{edit}" {_SWAP} '
        f'aria-label="{label}">{icon("pencil")}</a>'
    )


def _lines(text: str) -> str:
    """Text with its line breaks."""
    return escape(text).replace("\n", "<br>")
