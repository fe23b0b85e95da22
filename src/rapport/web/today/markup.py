"""The lines of the Today page as HTML, by plain functions: a day has dozens of them. Every part is escaped here."""

from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rapport.web.ui.escaping import escape

from .items import Item


def item_line(item: Item) -> SafeString:
    """One line: its title, a few words, a state."""
    return mark_safe(f'<li class="today-item" data-row>{_told(item)}</li>')  # noqa: S308 - each part was escaped


def task_line(context: Context, item: Item) -> SafeString:
    """A task with the box that completes it, where one may; without scripts a button."""
    box = _box(context, item) if item.complete else ""
    return mark_safe(  # noqa: S308 - each part was escaped
        f'<li class="today-item" data-row id="task-{item.key}">{box}{_told(item)}</li>'
    )


def _told(item: Item) -> str:
    detail = f'<span class="faint truncate">{escape(item.detail)}</span>' if item.detail else ""
    tone = f" badge-{item.tone}" if item.tone else ""
    push = "" if item.chance else " push"
    badge = f'<span class="badge{tone}{push}">{escape(item.badge)}</span>' if item.badge else ""
    chance = f'<span class="machine-number push" title="{_chance_words()}">{item.chance}</span>' if item.chance else ""
    return f'<a class="cell-title" href="{escape(item.href)}">{escape(item.title)}</a>{detail}{chance}{badge}'


def _chance_words() -> str:
    return escape(_("Chance to convert"))


def _box(context: Context, item: Item) -> str:
    label, address = escape(_("Complete %(title)s") % {"title": item.title}), escape(item.complete)
    token, done = escape(context["csrf_token"]), escape(_("Done"))
    return (
        f'<input class="needs-js" type="checkbox" data-select name="done" value="1" hx-post="{address}"'
        f' hx-trigger="change" hx-target="closest li" hx-swap="outerHTML" aria-label="{label}">'
        f'<form class="without-js" method="post" action="{address}">'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{token}">'
        f'<button class="button button-small">{done}</button></form>'
    )
