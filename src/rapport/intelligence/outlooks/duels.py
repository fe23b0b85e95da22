"""Duels of outlooks: a new version foretells the same records as the live one, and takes over when it isn't worse.

Both are kept, and held to what comes. Once 30 outcomes are known, the new one takes over as soon as it is sure to be at
most a twentieth worse, and gives way where it is worse beyond noise: bounds that hold at all looks at once, as this is
looked at every night. After 60 days what is known decides; where too little is, the trial on past dates does, which it
has passed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Avg, CharField, Count, Exists, F, OuterRef, QuerySet, StdDev
from django.db.models.functions import MD5, Cast
from django.utils.translation import gettext_noop

from rapport.core.clock import now, today
from rapport.oversight.trials.statistics.sequential import FEWEST, reach

from ..models import DuelCase, Estimator, EstimatorState, Expectation
from .learning import NOT_BETTER, WAITING, WORSE, what_was_kept
from .outlook import Judged, Kept, Outlook

LASTS = timedelta(days=60)
_MOST = 2_000
_MARGIN = 0.05
_PLANNED = 300
"""About so many outcomes the bounds of noise are narrowest."""
NOT_WORSE = gettext_noop("Of the same records it foretold no worse than the version before it.")
TOO_FEW_CAME = gettext_noop(
    "In 60 days in the shadow too few outcomes became known to tell; its trial on past dates decided."
)
OF_OTHER_PARTS = gettext_noop("It tells of other things than the version before it; its trial on past dates decided.")


@dataclass(frozen=True)
class Standing:
    """How it stands in one part: how many outcomes of those foretold are known, what the live version lost of each on
    average, and how much less the shadow did, with its standard error."""

    part: str
    foretold: int
    known: int
    live_loss: float
    gain: float
    error: float

    @property
    def is_told(self) -> bool:
        """Whether enough is known to say anything."""
        return self.known >= FEWEST

    @property
    def is_not_worse(self) -> bool:
        """Whether the shadow is sure to be at most a twentieth worse."""
        return self.is_told and self.gain - self._noise >= -_MARGIN * self.live_loss

    @property
    def is_worse(self) -> bool:
        """Whether it is worse beyond noise."""
        return self.is_told and self.gain < -self._noise

    @property
    def _noise(self) -> float:
        return reach(self.known, planned=_PLANNED) * self.error


@dataclass(frozen=True)
class Duel:
    """The live version, and the one in the shadow that may take its place."""

    live: Estimator
    shadow: Estimator

    @property
    def cases(self) -> QuerySet[DuelCase]:
        """What both foretold."""
        return DuelCase.objects.filter(live=self.live, shadow=self.shadow)

    @property
    def standings(self) -> list[Standing]:
        """By part."""
        gain = F("live_loss") - F("shadow_loss")
        rows = self.cases.values("part").order_by("part")
        told = rows.annotate(n=Count("id"), known=Count("live_loss"), lost=Avg("live_loss"), gain=Avg(gain))
        return [
            Standing(
                row["part"],
                row["n"],
                row["known"],
                row["lost"] or 0.0,
                row["gain"] or 0.0,
                (row["spread"] or 0.0) / max(row["known"], 1) ** 0.5,
            )
            for row in told.annotate(spread=StdDev(gain, sample=True))
        ]


def duel_of(name: str) -> Duel | None:
    """The duel under way; none where no version is live, or none in the shadow that may take over by itself."""
    waiting = Estimator._base_manager.filter(prediction=name, state=EstimatorState.SHADOW).exclude(reason__in=WAITING)
    live, shadow = Estimator.live_of(name), waiting.defer("artefact", "signature").order_by("-version").first()
    return Duel(live, shadow) if live and shadow else None


def decide(outlook: Outlook) -> None:
    """Hear what came of what was foretold; promote the shadow, or retire it, when that can be told."""
    duel = duel_of(outlook.name)
    if outlook.judged is None or duel is None:
        return
    _hear(duel, outlook.judged)
    standings = duel.standings
    is_over = now() - duel.shadow.trained_at > LASTS
    if any(one.is_worse for one in standings):
        duel.shadow.retire(reason=WORSE)
    elif standings and all(one.is_not_worse for one in standings):
        duel.shadow.promote(reason=NOT_WORSE)
    elif is_over and any(one.is_told and one.gain < 0 for one in standings):
        duel.shadow.retire(reason=NOT_BETTER)
    elif is_over:
        is_told = standings and all(one.is_told for one in standings)
        duel.shadow.promote(reason=NOT_WORSE if is_told else TOO_FEW_CAME)


def foretell(outlook: Outlook) -> None:
    """Let both versions foretell records of which they haven't yet, at the same moment; at most 2,000 in a duel."""
    duel = duel_of(outlook.name)
    if outlook.judged is None or duel is None:
        return
    ids = _not_yet_foretold(outlook, duel)
    moment = now()
    told = [
        {one.record_id: outlook.judged.promised(one) for one in outlook.tell(what_was_kept(version.pk), ids, moment)}
        for version in (duel.live, duel.shadow)
    ]
    cases = _cases(duel, *told)
    if ids and not cases:
        duel.shadow.promote(reason=OF_OTHER_PARTS)
    DuelCase.objects.bulk_create(cases, ignore_conflicts=True, batch_size=1_000)


def _not_yet_foretold(outlook: Outlook, duel: Duel) -> list[str]:
    """Drawn by id from those of which the live version tells a number."""
    room = _MOST - duel.cases.values("record_id").distinct().count()
    taken = duel.cases.filter(record_id=OuterRef("record_id"))
    told = Expectation.objects.filter(outlook=outlook.name, estimator=duel.live, withheld="")
    drawn = told.filter(~Exists(taken)).order_by(MD5(Cast("record_id", CharField())))
    return [str(one) for one in drawn.values_list("record_id", flat=True)[: max(room, 0)]]


def _cases(duel: Duel, by_live: Mapping[str, Kept], by_shadow: Mapping[str, Kept]) -> list[DuelCase]:
    return [
        DuelCase(
            outlook=duel.live.prediction,
            part=part,
            record_id=record_id,
            live=duel.live,
            shadow=duel.shadow,
            foretold_on=today(),
            by_live=promised,
            by_shadow=by_shadow[record_id][part],
        )
        for record_id, parts in by_live.items()
        for part, promised in parts.items()
        if part in by_shadow.get(record_id, {})
    ]


def _hear(duel: Duel, judged: Judged) -> None:
    """Write the losses of both where it has become known what came."""
    waiting: Sequence[DuelCase] = list(duel.cases.filter(live_loss=None))
    came = judged.came({str(one.record_id): one.foretold_on for one in waiting}) if waiting else {}
    heard = [one for one in waiting if one.part in came.get(str(one.record_id), {})]
    for one in heard:
        truth, lost = came[str(one.record_id)][one.part], judged.lost[one.part]
        one.live_loss, one.shadow_loss = lost(one.by_live, truth), lost(one.by_shadow, truth)
    DuelCase.objects.bulk_update(heard, ["live_loss", "shadow_loss"], batch_size=1_000)
