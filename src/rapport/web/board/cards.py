"""Cards as HTML, written by plain functions: a board has hundreds of them. The same markup as `c-board-card`."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.core.actors import Actor
from rapport.core.clock import today
from rapport.core.sight import seen_among
from rapport.directory.models import Organisation
from rapport.pipeline.models import Opportunity
from rapport.web.lists.own_lines import own_lines
from rapport.web.places import record_address
from rapport.web.ui import formats
from rapport.web.ui.escaping import escape
from rapport.web.ui.icons import icon
from rapport.web.ui.tags import avatar

LONG_IN_STAGE = 30


def cards_html(cards: Sequence[Opportunity], actor: Actor, *, hidden: frozenset[UUID], query: str = "") -> SafeString:
    """The cards in their order, `hidden` organisations not named; `query` narrows the board they stand on."""
    may_move = actor.may("opportunity.move_to")
    words = {"move": escape(_("Move"))}
    own = own_lines(cards, actor)
    written = (_card(card, (*_lines(card, hidden), *own(card)), query, words, may_move=may_move) for card in cards)
    return mark_safe("".join(written))  # noqa: S308 - each part was escaped


def move_address(opportunity_id: UUID, query: str = "") -> str:
    """Where a card is moved."""
    return f"/pipeline/cards/{opportunity_id}/move/" + (f"?{query}" if query else "")


def _card(card: Opportunity, told: Sequence[str], query: str, words: Mapping[str, str], *, may_move: bool) -> str:
    title, address = escape(card.title) or "…", escape(move_address(card.pk, query))
    move = f' data-move="{address}"' if may_move else ""
    menu = (
        f'<a class="board-card-menu button button-quiet button-icon button-small" href="{address}" data-dialog'
        f' aria-label="{words["move"]} {title}">{icon("arrow-right-left")}</a>'
    )
    lines = "".join(f'<p class="board-card-line">{line}</p>' for line in told if line)
    return (
        f'<article class="board-card" id="card-{card.pk}" data-card="{card.pk}"{move} tabindex="0"'
        f' aria-label="{title}">'
        f'<a class="board-card-title" href="{record_address("opportunity", card.pk)}" tabindex="-1">{title}</a>'
        f"{lines}{menu if may_move else ''}</article>"
    )


def _lines(card: Opportunity, hidden: frozenset[UUID]) -> Iterable[str]:
    if card.organisation is not None and card.organisation_id not in hidden:
        yield escape(card.organisation.title)
    yield _money(card)
    yield _chance(card)
    yield _next_step(card)
    yield _owner_and_age(card)


def _money(card: Opportunity) -> str:
    chance = escape(formats.percent(card.win_probability / 100))
    if card.amount is None:
        nothing = escape(_("No amount yet"))
        return f'<span class="faint">{nothing}</span> <span>{chance}</span>'
    amount = escape(formats.money(card.amount, card.currency or settings.BASE_CURRENCY, compact=True))
    return f"<strong>{amount}</strong> <span>{chance}</span>"


def _chance(card: Opportunity) -> str:
    """What the live estimator says; its reasons stand on the page of the opportunity."""
    if card.chance_to_win is None:
        return ""
    label, chance = escape(_("Chance to win")), escape(formats.percent(card.chance_to_win / 100))
    return f'<span class="faint">{label}</span> <span>{chance}</span>'


def _next_step(card: Opportunity) -> str:
    if not card.is_open:
        return ""
    if not card.next_step and card.next_step_on is None:
        nothing = escape(_("No next step"))
        return f'<span class="badge badge-warning">{nothing}</span>'
    day = ""
    if card.next_step_on is not None:
        is_late = card.next_step_on < today()
        shown = escape(formats.nearby_day(card.next_step_on))
        day = f'<span class="badge badge-bad">{shown}</span>' if is_late else f'<span class="faint">{shown}</span>'
    step = escape(card.next_step or _("Next step"))
    return f"<span>{step}</span> {day}"


def _owner_and_age(card: Opportunity) -> str:
    owner = escape(card.owner.title) if card.owner else escape(_("Nobody"))
    picture = avatar(card.owner.title, size="small") if card.owner else ""
    days = card.days_in_stage
    if days is None:
        return f"{picture}<span>{owner}</span>"
    text = escape(ngettext("%(days)d day here", "%(days)d days here", days) % {"days": days})
    tone = "badge badge-warning" if days >= LONG_IN_STAGE and card.is_open else "faint small"
    return f'{picture}<span>{owner}</span> <span class="{tone} push">{text}</span>'


def hidden_organisations(cards: Iterable[Opportunity], actor: Actor) -> frozenset[UUID]:
    """Organisations that the actor may not see though they see the opportunity; asks only where a rule says so."""
    keys = {card.organisation_id for card in cards if card.organisation_id}
    return frozenset(keys - seen_among(actor, {Organisation: keys}))
