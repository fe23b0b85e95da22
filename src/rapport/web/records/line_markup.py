"""The markup of one line of a timeline; plain functions, for the reason given in `markup`. All parts are escaped."""

from collections.abc import Iterable

from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rapport.web.records.told import ChangedField
from rapport.web.ui.escaping import escape
from rapport.web.ui.icons import icon
from rapport.web.ui.tags import ago, nearby

from .timeline import TimelineLine


def line_markup(context: Context, line: TimelineLine) -> SafeString:
    """An activity, or a change of the record with the button that takes it back."""
    classes = "timeline-item"
    classes += " timeline-machine" if line.is_machine else ""
    classes += " is-undone" if line.is_undone else ""
    mark = icon("sparkles" if line.is_machine else line.icon)
    told = _event(context, line) if line.is_event else _item(line)
    return mark_safe(  # noqa: S308 - each part was escaped
        f'<li class="{classes}"><span class="timeline-mark">{mark}</span><div>{told}</div></li>'
    )


def _item(line: TimelineLine) -> str:
    href = escape(line.href)
    title = f' <a href="{href}">{escape(line.title)}</a>' if line.title else ""
    owner = f' <span class="small">{escape(line.item.owner_name)}</span>' if line.item.owner_name else ""
    when = nearby(line.item.at) if line.is_of_a_day else ago(line.item.at)
    state = f' <span class="badge">{escape(line.state)}</span>' if line.state else ""
    head = f'<span>{escape(line.verb)}{title}</span>{owner} <a class="timeline-time" href="{href}">{when}</a>{state}'
    return f'<div class="timeline-head">{head}</div>{_body(_text(line) + _others(line.others))}'


def _text(line: TimelineLine) -> str:
    return f'<div class="timeline-text">{_broken(line.text)}</div>' if line.text else ""


def _broken(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return escape(lines).replace("\n", "<br>")


def _others(others: Iterable[tuple[str, str]]) -> str:
    links = "".join(f'<a href="{escape(href)}">{escape(title)}</a>' for title, href in others)
    return f'<p class="timeline-about">{links}</p>' if links else ""


def _body(inside: str) -> str:
    return f'<div class="timeline-body">{inside}</div>' if inside else ""


def _event(context: Context, line: TimelineLine) -> str:
    other = f" · {escape(line.about_other)}" if line.about_other else ""
    state = escape(_("undone"))
    undone = f' <span class="badge">{state}</span>' if line.is_undone else ""
    who = f"<strong>{escape(line.item.owner_name)}</strong> {escape(line.verb)}{other}"
    reason = line.item.event.reason if line.item.event else ""
    told = f"<p><q>{escape(reason)}</q></p>" if reason else ""
    head = f"<span>{who}</span> {ago(line.item.at)}{undone}{_undo(context, line)}"
    return f'<div class="timeline-head">{head}</div>{_body(told + "".join(map(_change, line.changes)))}'


def _change(changed: ChangedField) -> str:
    before = f" <del>{escape(changed.before)}</del>" if changed.before else ""
    after = escape(changed.after or _("empty"))
    label = f'<span class="soft">{escape(changed.label)}</span>'
    return f'<p class="change">{label}{before} <span aria-hidden="true">→</span> <ins>{after}</ins></p>'


def _undo(context: Context, line: TimelineLine) -> str:
    if not line.undo:
        return ""
    token, undo = escape(context["csrf_token"]), escape(_("Undo"))
    return (
        f'<form class="timeline-actions" method="post" action="/undo/{line.undo}/">'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{token}">'
        f'<input type="hidden" name="next" value="{escape(context.get("address", ""))}">'
        f'<button class="button button-small button-quiet">{icon("undo-2")}{undo}</button></form>'
    )
