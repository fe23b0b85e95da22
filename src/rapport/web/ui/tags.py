"""Template tags of the kit. They are built in: no template has to load them.

Tags are for the small things that appear hundreds of times on a page (icons, money, dates, avatars); everything with
content inside is a component in `templates/cotton`.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe

from rapport.core.labelled import labelled
from rapport.web.ui import formats
from rapport.web.ui.escaping import escape
from rapport.web.ui.forms import control_kind
from rapport.web.ui.icons import icon as draw_icon

register = template.Library()

AVATAR_COLOURS = 8
Number = int | float | Decimal


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """`{% icon "building-2" %}`, `{% icon "check" label=_("Done") %}`, `{% icon "inbox" size="large" %}`."""
    return draw_icon(name, size=size, label=str(label)) if name else mark_safe("")


@register.simple_tag
def avatar(name: str, size: str = "", shape: str = "") -> SafeString:
    """Initials on a colour that stays the same for a name. `shape="square"` for organisations."""
    return _avatar(str(name or ""), size, shape)


@lru_cache(maxsize=4096)
def _avatar(name: str, size: str, shape: str) -> SafeString:
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    initials = words[0][0] + (words[-1][0] if len(words) > 1 else words[0][1:2]) if words else "?"
    colour = hashlib.md5(name.encode(), usedforsecurity=False).digest()[0] % AVATAR_COLOURS + 1
    classes = " ".join(f"avatar-{part}" for part in (colour, size, shape) if part)
    return format_html('<span class="avatar {}" aria-hidden="true">{}</span>', classes, initials)


@register.simple_tag
def money(amount: Number | None, currency: str, style: str = "") -> str:
    """`{% money opportunity.amount opportunity.currency %}`; `"compact"` for boards and totals."""
    return "" if amount is None else formats.money(amount, currency, compact=style == "compact")


@register.filter
def number(value: Number | None, decimals: int | None = None) -> str:
    """`{{ count|number }}`, `{{ ratio|number:2 }}`."""
    return "" if value is None else formats.number(value, decimals=decimals)


@register.filter
def hundredths(value: Number | None) -> str:
    """`{{ stage.probability|hundredths }}` for a value between 0 and 100."""
    return "" if value is None else formats.hundredths(value)


@register.filter
def percent(value: Number | None, decimals: int = 0) -> str:
    """`{{ probability|percent }}` for a value between 0 and 1."""
    return "" if value is None else formats.percent(value, decimals=decimals)


@register.filter
def day(value: dt.date | None) -> SafeString:
    """`{{ order.placed_on|day }}`: the date, readable by machines too."""
    return _time(value, shown=formats.day)


@register.filter
def nearby(value: dt.date | None) -> SafeString:
    """`{{ task.due_on|nearby }}`: tomorrow, 3 days ago; the exact date on hover."""
    return _time(value, shown=formats.nearby_day, exact=formats.day)


@register.filter
def moment(value: dt.datetime | None) -> SafeString:
    """`{{ meeting.starts_at|moment }}`: date and time."""
    return _time(value, shown=formats.moment)


@register.filter(name="labelled")
def labelled_text(label: str, said: object) -> str:
    """`{{ field.label|labelled:field.value }}`: both, parted as the language does."""
    return labelled(label, said)


@register.filter
def month(value: dt.date) -> str:
    """The month and its year."""
    return formats.month(value)


@register.filter
def clock(value: dt.datetime) -> str:
    """The time of day in the reader's zone."""
    return formats.clock(value)


@register.filter
def ago(value: dt.datetime | None) -> SafeString:
    """`{{ note.created_at|ago }}`: 3 hours ago; the exact time on hover."""
    return _time(value, shown=formats.ago, exact=formats.moment)


@register.filter
def duration(value: dt.timedelta | None) -> str:
    """`3 minutes`; `–` when there is none."""
    return formats.duration(value) if value else "–"


def _time(value: Any, *, shown: Any, exact: Any = None) -> SafeString:
    if value is None or value == "":
        return mark_safe("")
    title = f' title="{escape(exact(value))}"' if exact else ""
    return mark_safe(f'<time datetime="{value.isoformat()}"{title}>{escape(shown(value))}</time>')  # noqa: S308 - escaped


@register.filter
def attributes(attrs: Mapping[str, object]) -> SafeString:
    """`<div{{ attrs|attributes }}>`: what a component got beyond its own attributes, escaped.

    Cotton's plain `{{ attrs }}` leaves dynamic values unescaped, so no component may use it.
    """
    values: dict[str, object] = getattr(attrs, "attrs_dict", lambda: dict(attrs))()
    return mark_safe("".join(_attribute(name, value) for name, value in values.items()))  # noqa: S308 - escaped below


def _attribute(name: str, value: object) -> SafeString:
    if value is None or value is False:
        return mark_safe("")
    if value is True:
        return format_html(" {}", name)
    return format_html(' {}="{}"', name, value)


@register.simple_tag
def url_if(name: str, *args: object, **kwargs: object) -> str:
    """The address of a page, or nothing when that page doesn't exist (yet)."""
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """`?…` of this page with some values changed: `{% query sort="name" page=None %}`. None removes one."""
    values = context["request"].GET.copy()
    for name, value in changes.items():
        values.pop(name, None)
        if value is not None and value != "":
            values[name] = str(value)
    return f"?{values.urlencode()}"


@register.simple_tag(takes_context=True)
def block_text(context: Context, name: str) -> str:
    """The text of a block that stands elsewhere on the page: the title of the document is that of its heading."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return mark_safe(" ".join(strip_tags(block.render(context)).split())) if block else ""  # noqa: S308 - was escaped


@register.filter
def of_key(values: Mapping[str, object], key: str) -> object:
    """`{{ values|of_key:name }}`: the value under a key that is itself a variable."""
    return values.get(key, "")


register.filter("control_kind", control_kind)
