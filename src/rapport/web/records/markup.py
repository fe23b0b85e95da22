"""The markup of facts. It stands here and not in a template because a page holds dozens of them, and templates of so
many small choices are what pages spend their time on.
"""

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rapport.web.estimates.shown import Shown
from rapport.web.ui.icons import icon

from .facts import Fact, Part

_SWAP = mark_safe('hx-target="closest .fact" hx-swap="outerHTML"')


def fact_markup(fact: Fact, dictionary: str) -> SafeString:
    """One fact: its label, which leads to the dictionary, and its value, which leads to its form."""
    term = format_html(
        '<dt><a href="{}#{}" title="{}">{}</a></dt>',
        dictionary,
        fact.field.name,
        fact.field.meaning,
        fact.field.label,
    )
    if fact.estimated:
        return format_html(
            '<div class="fact fact-editable fact-estimated" id="{}">{}<dd>{}</dd></div>',
            fact.id,
            term,
            _estimated(fact, fact.estimated),
        )
    shown = _pressed(fact) if fact.edit and fact.is_plain else _shown(fact)
    classes = "fact fact-editable" if fact.edit else "fact"
    return format_html('<div class="{}" id="{}">{}<dd>{}</dd></div>', classes, fact.id, term, shown)


def _pressed(fact: Fact) -> SafeString:
    """A value that is edited by pressing it."""
    about = format_html(' aria-description="{}"', fact.hint) if fact.hint else ""
    return format_html(
        '<a class="fact-value" href="{0}" hx-get="{0}" {1}{2}>{3}<span class="visually-hidden">, {4}</span></a>',
        fact.edit,
        _SWAP,
        about,
        _lines(fact.text) if fact.text else _nothing(fact),
        _("change"),
    )


def _estimated(fact: Fact, shown: Shown) -> SafeString:
    """A guess, dotted and called one; a press accepts it, without scripts on a page of its own."""
    accept = mark_safe("")
    if fact.edit:
        accept = format_html(
            ' <a class="button button-small" role="button" href="{0}" hx-post="{0}accept/" {1}>{2}</a>{3}',
            shown.href,
            _SWAP,
            _("Accept"),
            _pencil(fact),
        )
    return format_html(
        '<a class="fact-value" href="{}" data-dialog>{}</a><div class="fact-marks"><span>{}</span>{}</div>',
        shown.href,
        shown.text,
        shown.note,
        accept,
    )


def _nothing(fact: Fact) -> SafeString:
    if fact.is_missing:
        return format_html('<span class="fact-missing">{}</span>', _("Needed"))
    return format_html('<span class="fact-empty">{}</span>', _("Add"))


def _shown(fact: Fact) -> SafeString:
    """A value that leads somewhere, or that is not edited here; a pencil edits it."""
    about = mark_safe("")
    if fact.hint:
        about = format_html(
            ' aria-description="{}" tabindex="0" role="group" aria-label="{}"', fact.hint, fact.field.label
        )
    parts = format_html_join("", "{}", ((_part(part, fact.is_web_address),) for part in fact.parts))
    empty = mark_safe('<span class="fact-empty">–</span>')
    return format_html('<div class="fact-value"{}>{}</div>{}', about, parts or empty, _pencil(fact))


def _part(part: Part, is_web_address: bool) -> SafeString:  # noqa: FBT001 - one of two looks
    text: str = _lines(part.text)
    if part.href:
        outside = mark_safe(' rel="noopener noreferrer"') if is_web_address else ""
        text = format_html('<a href="{}"{}>{}</a>', part.href, outside, part.text)
    kind = format_html(' <span class="faint small">{}</span>', part.kind) if part.kind else ""
    return format_html('<span class="fact-part">{}{}</span>', text, kind)


def _pencil(fact: Fact) -> SafeString:
    if not fact.edit:
        return mark_safe("")
    return format_html(
        '<a class="fact-edit button button-quiet button-icon button-small" href="{0}" hx-get="{0}" {1} '
        'aria-label="{2}">{3}</a>',
        fact.edit,
        _SWAP,
        _("Change %(label)s") % {"label": fact.field.label},
        icon("pencil"),
    )


def _lines(text: str) -> SafeString:
    """Text with its line breaks."""
    return mark_safe(escape(text).replace("\n", "<br>"))  # noqa: S308 - escaped just before
