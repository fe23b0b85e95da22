"""What to expect of a record: the chance with its reasons, or why there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rapport.governance.dictionary import entry_of
from rapport.intelligence.models import Estimator, Score, Withheld
from rapport.intelligence.predictions import of_type
from rapport.intelligence.predictions.prediction import Prediction, Rule
from rapport.intelligence.scoring.action import is_stopped
from rapport.oversight.trials.withholding import shown_after_answering, sight_of
from rapport.web.places import record_address
from rapport.web.records.panels import Panel
from rapport.web.ui import formats

from .quotes import Quotes, QuoteShown
from .words import beside_the_usual, size_in_words, value_in_words

_SIMILAR_SHOWN = 5


@dataclass(frozen=True)
class ReasonShown:
    """One reason in words: whether it speaks for what is asked, and whether that is what we hope."""

    label: str
    value: str
    size: str
    points: str
    speaks_for: bool
    is_good: bool
    quotes: Sequence[QuoteShown] = ()


@dataclass(frozen=True)
class SimilarShown:
    """A past case that the reader may see."""

    title: str
    address: str
    outcome: str
    is_good: bool


@dataclass(frozen=True)
class ChanceShown:
    """A chance in words."""

    percent: str
    beside: str
    tone: str
    reasons: Sequence[ReasonShown]
    levers: Sequence[tuple[str, str]]
    similar: Sequence[SimilarShown]
    kept: str


class Chance(Panel):
    """The chances of a record, one for each prediction asked of its type; they come after the page."""

    key, title, icon, template = "chance", gettext_lazy("What to expect"), "gauge", "predictions/panel.html"
    is_lazy = True

    def applies(self) -> bool:
        """Where something is foreseen of such records, unless all of it rests on what the reader may not see."""
        return bool(self._seen())

    def _seen(self) -> list[Prediction]:
        readable = entry_of(self.record.record_type).readable_by(self.actor)
        return [
            one
            for one in of_type(self.record.record_type)
            if one.column in readable
            or shown_after_answering(self.actor, one.name, self.record.pk, rests_on=one.rests_on)
        ]

    def rests_on(self) -> Sequence[QuerySet[Any]]:
        """A score, or that there is none and why."""
        return (Score.objects.filter(record_id=self.record.pk),) if of_type(self.record.record_type) else ()

    def content(self) -> Mapping[str, Any]:
        """The chances with their reasons, or the rules that hold instead."""
        scores = {one.prediction: one for one in Score.objects.filter(record_id=self.record.pk)}
        seen = [one for one in self._seen() if one.name in scores and not self._is_hidden(scores[one.name])]
        found = [self._told(scores[one.name], one) for one in seen]
        return {"chances": found, "are_several": len(found) > 1, "is_stopped": is_stopped()}

    def _is_hidden(self, score: Score) -> bool:
        """Whether the version that gave it learned with an own field that is hidden from the reader by now."""
        estimator = _estimator_of(score) if self.actor.hidden_fields else None
        learned = estimator.figures.get("own_fields", {}).get("learned", []) if estimator else []
        return any(f"{one['record_type']}.{one['key']}" in self.actor.hidden_fields for one in learned)

    def _told(self, score: Score, prediction: Prediction) -> Mapping[str, Any]:
        estimator = _estimator_of(score)
        address = reverse("prediction", args=[prediction.name])
        common = {"prediction": prediction, "score": score, "estimator": estimator, "address": address}
        quotes = Quotes(self.actor, self.record, score.as_of)
        if score.chance is None or estimator is None:
            return {**common, "why_not": _why_not(score, prediction), "rules": _rules(score, prediction, quotes)}
        sight = sight_of(self.actor.user_id, prediction.name, self.record.pk)
        shown = self._shown(score, estimator, prediction, quotes)
        has_levers = any(feature.lever for feature in prediction.features.values())
        return {**common, "shown": shown, "is_bare": not sight.reasons, "has_levers": has_levers}

    def _shown(self, score: Score, estimator: Estimator, prediction: Prediction, quotes: Quotes) -> ChanceShown:
        from rapport.intelligence.scoring.explaining import explain  # loads numpy and what was learned

        told = explain(score, estimator)
        better = prediction.is_good == (told.chance >= told.base_rate)
        return ChanceShown(
            formats.percent(told.chance),
            beside_the_usual(told.chance, told.base_rate),
            "good" if better else "warning",
            [_reason(reason, prediction, quotes) for reason in told.reasons],
            [(str(lever.feature.lever), formats.percent(lever.chance)) for lever in told.levers],
            self._similar(told.similar, prediction),
            _how_such_ended(told.bin, prediction),
        )

    def _similar(self, found: Sequence[Any], prediction: Prediction) -> list[SimilarShown]:
        ids = [one.record_id for one in found]
        seen = type(self.record).objects.visible_to(self.actor).in_bulk(ids)
        shown = [(seen[one.record_id], one.answer) for one in found if one.record_id in seen][:_SIMILAR_SHOWN]
        return [
            SimilarShown(
                record.title,
                record_address(record.record_type, record.pk),
                str(prediction.yes if answer else prediction.no),
                answer == prediction.is_good,
            )
            for record, answer in shown
        ]


def _how_such_ended(found: Any, prediction: Prediction) -> str:
    """Of so many cases that were promised about as much, how many came."""
    if found is None:
        return _("None of the newest cases was promised as much: nobody knows yet how often that comes.")
    return _("Of %(n)s such cases, which it had not seen, %(share)s %(outcome)s.") % {
        "n": formats.number(found.cases),
        "share": formats.percent(found.came),
        "outcome": prediction.outcome,
    }


def _estimator_of(score: Score) -> Estimator | None:
    if score.estimator_id is None:
        return None
    return Estimator._base_manager.defer("artefact", "signature", "compared").filter(pk=score.estimator_id).first()


def _reason(reason: Any, prediction: Prediction, quotes: Quotes) -> ReasonShown:
    sign, rounded = "+" if reason.points > 0 else "−", round(abs(reason.points) * 100)
    points = ngettext("%(points)s point", "%(points)s points", rounded) % {"points": sign + formats.number(rounded)}
    return ReasonShown(
        str(reason.feature.label),
        value_in_words(reason.feature, reason.value),
        size_in_words(reason.points),
        points,
        reason.points > 0,
        (reason.points > 0) == prediction.is_good,
        quotes.of(reason.feature, reason.value),
    )


def _rules(score: Score, prediction: Prediction, quotes: Quotes) -> list[tuple[Rule, list[QuoteShown]]]:
    """The rules that hold, each with the words it rests on."""
    from rapport.intelligence.scoring.explaining import rules_that_hold

    return [(rule, quotes.of(prediction.features[rule.feature], 1.0)) for rule in rules_that_hold(score, prediction)]


def _why_not(score: Score, prediction: Prediction) -> str:
    """Why there is no number, in a sentence."""
    if score.withheld == Withheld.UNLIKE:
        return _("It is too unlike the past cases: several of its values were never seen, or are missing.")
    if score.withheld == Withheld.HELD_BACK:
        return _("It was drawn at random to be decided without one, so that numbers don't come to confirm themselves.")
    found = Estimator.telling_of(prediction.name)
    if score.withheld == Withheld.NO_SIGNAL:
        return _(found.reason) if found and found.reason else _("No version is live.")
    least, each = prediction.minimum.cases, prediction.minimum.of_each
    return _("There are %(n)d past cases to learn from; it takes %(least)d, with %(each)d of either outcome.") % {
        "n": found.cases if found else 0,
        "least": least,
        "each": each,
    }
