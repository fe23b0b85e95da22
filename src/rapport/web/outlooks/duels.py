"""A duel of two versions in words: how many outcomes are known, and which of them was nearer."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext

from rapport.intelligence.models import Estimator
from rapport.intelligence.outlooks.duels import Standing, duel_of
from rapport.intelligence.outlooks.outlook import Outlook
from rapport.web.ui import formats

_ALIKE = 0.005


@dataclass(frozen=True)
class DuelLine:
    """One part; no `verdict` while too little is known."""

    label: str | Promise
    known: str
    verdict: str


@dataclass(frozen=True)
class DuelInWords:
    """The two versions, and how they stand in each part."""

    live: Estimator
    shadow: Estimator
    lines: list[DuelLine]


def duel_in_words(outlook: Outlook) -> DuelInWords | None:
    """The duel under way, if there is one."""
    duel = duel_of(outlook.name) if outlook.judged else None
    if duel is None or outlook.judged is None:
        return None
    labels = outlook.judged.labels
    lines = [DuelLine(labels[one.part], _known(one), _verdict(one)) for one in duel.standings]
    return DuelInWords(duel.live, duel.shadow, lines)


def _known(standing: Standing) -> str:
    told = ngettext(
        "%(known)s of %(foretold)s outcome known", "%(known)s of %(foretold)s outcomes known", standing.foretold
    )
    return told % {"known": formats.number(standing.known), "foretold": formats.number(standing.foretold)}


def _verdict(standing: Standing) -> str:
    """How much nearer or farther off the new one was, of what the live one was off."""
    if not standing.is_told or standing.live_loss <= 0:
        return ""
    share = standing.gain / standing.live_loss
    if abs(share) < _ALIKE:
        return gettext("So far both were as far off.")
    told = {"share": formats.percent(abs(share), decimals=0)}
    if share > 0:
        return gettext("So far the new one was off by %(share)s less.") % told
    return gettext("So far the new one was off by %(share)s more.") % told
