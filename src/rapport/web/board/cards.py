"""Cards as HTML, written by plain functions: a board has hundreds of them. The same markup as `c-board-card`."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from uuid import UUID

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

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
    writer = _Writer(actor, hidden, query)
    own = own_lines(cards, actor)
    return mark_safe("".join(writer.card(card, own(card)) for card in cards))  # noqa: S308 - each part was escaped


def move_address(opportunity_id: UUID, query: str = "") -> str:
    """Where a card is moved."""
    return f"/pipeline/cards/{opportunity_id}/move/" + (f"?{query}" if query else "")


class _Writer:
    """What writes the cards of a column; words and formats are looked up once for all.

    Of what is hidden from the actor it isn't said that it is missing.
    """

    def __init__(self, actor: Actor, hidden: frozenset[UUID], query: str) -> None:
        self._hidden, self._query, self._may_move = hidden, query, actor.may("opportunity.move_to")
        self._reader, self._today, self._move_label = formats.reader(), today(), escape(_("Move"))
        self._chance_label, self._nobody = escape(_("Chance to win")), escape(_("Nobody"))
        self._no_amount = "" if "opportunity.amount" in actor.hidden_fields else _("No amount yet")
        self._no_step = "" if "opportunity.next_step" in actor.hidden_fields else _("No next step")
        self._some_step = _("Next step")
        self._language, self._owner = get_language(), cache(_owner)

    def card(self, card: Opportunity, own: Sequence[str]) -> str:
        """One card; `own` are its further lines."""
        title, address = escape(card.title) or "…", escape(move_address(card.pk, self._query))
        move = f' data-move="{address}"' if self._may_move else ""
        menu = (
            f'<a class="board-card-menu button button-quiet button-icon button-small" href="{address}" data-dialog'
            f' aria-label="{self._move_label} {title}">{icon("arrow-right-left")}</a>'
        )
        lines = "".join(f'<p class="board-card-line">{line}</p>' for line in (*self._lines(card), *own) if line)
        return (
            f'<article class="board-card" id="card-{card.pk}" data-card="{card.pk}"{move} tabindex="0"'
            f' aria-label="{title}">'
            f'<a class="board-card-title" href="{record_address("opportunity", card.pk)}" tabindex="-1">{title}</a>'
            f"{lines}{menu if self._may_move else ''}</article>"
        )

    def _lines(self, card: Opportunity) -> Iterable[str]:
        if card.organisation is not None and card.organisation_id not in self._hidden:
            yield escape(card.organisation.title)
        yield self._money(card)
        yield self._chance(card)
        yield self._next_step(card)
        yield self._owner_and_age(card)

    def _percent(self, percent: float) -> str:
        return escape(self._reader.percent(percent / 100))

    def _money(self, card: Opportunity) -> str:
        chance = self._percent(card.win_probability)
        if card.amount is None:
            return f'<span class="faint">{escape(self._no_amount)}</span> <span>{chance}</span>'
        amount = escape(self._reader.money(card.amount, card.currency or settings.BASE_CURRENCY, compact=True))
        return f"<strong>{amount}</strong> <span>{chance}</span>"

    def _chance(self, card: Opportunity) -> str:
        """What the live estimator says; its reasons stand on the page of the opportunity."""
        if card.chance_to_win is None:
            return ""
        chance = self._percent(card.chance_to_win)
        return f'<span class="faint">{self._chance_label}</span> <span class="machine-number">{chance}</span>'

    def _next_step(self, card: Opportunity) -> str:
        if not card.is_open:
            return ""
        if not card.next_step and card.next_step_on is None:
            return f'<span class="badge badge-warning">{escape(self._no_step)}</span>' if self._no_step else ""
        step = escape(card.next_step or self._some_step)
        return f"<span>{step}</span> {self._day(card.next_step_on)}"

    def _day(self, day: date | None) -> str:
        if day is None:
            return ""
        kind = "badge badge-bad" if day < self._today else "faint"
        return f'<span class="{kind}">{escape(self._reader.nearby_day(day))}</span>'

    def _owner_and_age(self, card: Opportunity) -> str:
        owner, days = card.owner, card.days_in_stage
        written = self._owner(owner.title) if owner else f"<span>{self._nobody}</span>"
        if days is None:
            return written
        tone = "badge badge-warning" if days >= LONG_IN_STAGE and card.is_open else "faint small"
        return f'{written} <span class="{tone} push">{_days_here(days, self._language)}</span>'


def _owner(name: str) -> str:
    return f"{avatar(name, size='small')}<span>{escape(name)}</span>"


@lru_cache(maxsize=4096)
def _days_here(days: int, _language: str | None) -> str:
    return escape(ngettext("%(days)d day here", "%(days)d days here", days) % {"days": days})


def hidden_organisations(cards: Iterable[Opportunity], actor: Actor) -> frozenset[UUID]:
    """Organisations that the actor may not see though they see the opportunity; asks only where a rule says so."""
    keys = {card.organisation_id for card in cards if card.organisation_id}
    return frozenset(keys - seen_among(actor, {Organisation: keys}))
