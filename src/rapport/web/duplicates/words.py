"""Evidence and probability as people say them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.quality.duplicates.telling import LITTLE, told_to
from rapport.quality.models import DuplicatePair

_STRONG, _SOME = 6.0, 2.5


@dataclass(frozen=True)
class Reason:
    """What one field says about a pair: in words, in bits, and for which fields of the records it stands."""

    label: str
    words: str
    bits: float
    tone: str
    fields: tuple[str, ...]


def reasons(actor: Actor, record_type: str, pairs: Iterable[DuplicatePair]) -> list[Reason]:
    """What each field says about the pairs, the least sure one deciding; what tells most comes first."""
    least: dict[str, float] = {}
    for pair in pairs:
        for key, bits in pair.evidence.items():
            least[key] = min(bits, least.get(key, bits))
    columns = told_to(actor, record_type)
    found = [
        Reason(str(columns[key].label), strength(bits), bits, _tone(bits), columns[key].fields)
        for key, bits in least.items()
        if key in columns
    ]
    return sorted(found, key=lambda reason: -abs(reason.bits))


def strength(bits: float) -> str:
    """Bits of evidence as people say it."""
    if bits >= _STRONG:
        return _("speaks strongly for it")
    if bits >= _SOME:
        return _("speaks for it")
    if bits >= LITTLE:
        return _("speaks a little for it")
    if bits > -LITTLE:
        return _("says nothing")
    return _("speaks against it") if bits > -_STRONG else _("speaks strongly against it")


def _tone(bits: float) -> str:
    return "good" if bits >= _SOME else "bad" if bits <= -LITTLE else ""


def sureness(probability: float) -> str:
    """A probability as people say it."""
    if probability >= 0.99:
        return _("almost certainly the same")
    if probability >= 0.9:
        return _("very probably the same")
    return _("probably the same") if probability >= 0.7 else _("perhaps the same")
