"""A proposal as a card: the action in words, before and after, why, how sure, which rule holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.core.records import RECORD_TYPES
from rapport.core.scopes import in_scope
from rapport.core.search import is_searched
from rapport.core.search_entries import SearchEntry
from rapport.core.verbs import VERBS
from rapport.governance.arguments import WORDS
from rapport.governance.dictionary import Field, entries
from rapport.oversight.actions import Level, action_named
from rapport.oversight.models import OwnAnswer, Proposal
from rapport.oversight.own_answers import is_high_value, withheld_from
from rapport.oversight.stopping import pulled_among
from rapport.web.places import record_address
from rapport.web.ui import formats

from .mergers import Merger, mergers_of
from .values import Titles, field_of, titles_in, values_given, values_of, worded


@dataclass(frozen=True)
class Difference:
    """One argument of the call: its field, the value now and the one proposed, in words.

    What is no field of the record, such as the other one of a merger, `replaces` nothing.
    """

    name: str
    label: str
    before: str
    after: str
    replaces: bool


@dataclass(frozen=True)
class Source:
    """One place that speaks for a proposal; a record that the reader does not see has neither name nor text."""

    title: str
    href: str
    field: str
    lead: str
    marked: str
    rest: str


@dataclass(frozen=True)
class Card:
    """A proposal as it is shown to one person."""

    proposal: Proposal
    differences: Sequence[Difference]
    sources: Sequence[Source]
    is_frozen: bool = False
    is_withheld: bool = False
    own_answer: str = ""
    merger: Merger | None = None

    @property
    def title(self) -> str:
        """What would be done: “Change”."""
        declared = VERBS.get(self.proposal.verb_name)
        return str(declared.label) if declared else self.proposal.verb_name

    @property
    def href(self) -> str:
        """The page of the record."""
        return record_address(self.proposal.subject_type, self.proposal.subject_id) if self.proposal.subject_id else ""

    @property
    def kind(self) -> str:
        """The kind of action."""
        action = action_named(self.proposal.action)
        return str(action.label) if action else self.proposal.action

    @property
    def why(self) -> str:
        """The reason, in the reader's language."""
        if self.is_withheld:
            return ""
        return in_language(self.proposal.why, self.proposal.words)

    @property
    def sure(self) -> str:
        """How sure, in words and as a number."""
        confidence = self.proposal.confidence
        if confidence is None or self.is_withheld:
            return ""
        words = next(words for least, words in sure_words() if confidence >= least)
        share = formats.percent(min(confidence, 0.99))  # nothing is quite sure
        return f"{words} ({share})"

    @property
    def rule(self) -> str:
        """The level that made it wait."""
        return Level(self.proposal.level).label

    @cached_property
    def can_be_edited(self) -> bool:
        """Whether a person may change what is proposed before accepting it."""
        return any(field_of(self.proposal, name) is not None for name in self.proposal.arguments)


def sure_words() -> Iterable[tuple[float, str]]:
    """From which confidence on which words stand for it."""
    return ((0.97, _("almost certain")), (0.9, _("very likely")), (0.7, _("likely")), (0.0, _("uncertain")))


def in_language(text: str, words: Mapping[str, str]) -> str:
    """A sentence that was kept in English, in the active language, with its words filled in.

    The word called `fields` is a list of labels, kept in English too; all others are as somebody wrote them.
    """
    if not text:
        return ""
    translated = _(text)
    told = dict(words)
    if "fields" in told:
        told["fields"] = ", ".join(_(label) for label in told["fields"].split(", "))
    try:
        return translated % told if told else translated
    except (KeyError, TypeError, ValueError):
        return translated


def cards_of(proposals: Iterable[Proposal], actor: Actor) -> list[Card]:
    """Proposals as cards; what the reader may see of their sources is asked once."""
    found = list(proposals)
    seen = _seen(actor, [source for proposal in found for source in proposal.evidence])
    frozen = bool(pulled_among([])) if found else False
    given = _given(found, actor)
    titles = titles_in([*values_of(found), *values_given(given)], actor)
    mergers = mergers_of(found, actor)
    withheld, answers = withheld_from(actor.user_id, found), {one.proposal_id: _answered(one, titles) for one in given}
    return [
        Card(
            one,
            _differences(one, titles, withheld=one.pk in withheld),
            [] if one.pk in withheld else [_source(source, seen) for source in one.evidence],
            frozen,
            is_withheld=one.pk in withheld,
            own_answer=answers.get(one.pk, ""),
            merger=mergers.get(one.pk),
        )
        for one in found
    ]


def _given(proposals: Sequence[Proposal], actor: Actor) -> list[OwnAnswer]:
    """What this person answered before the proposals were shown."""
    asked = {one.pk: one for one in proposals if is_high_value(one)}
    if not asked or actor.user_id is None:
        return []
    given = list(OwnAnswer._base_manager.filter(proposal_id__in=asked, user_id=actor.user_id))
    for one in given:
        one.proposal = asked[one.proposal_id]
    return given


def _answered(answer: OwnAnswer, titles: Titles) -> str:
    if answer.values:
        return ", ".join(worded(field, value, titles) or _("empty") for field, value in values_given([answer]))
    return {"yes": _("yes"), "no": _("no")}.get(answer.verdict, _("I don't know"))


def _differences(proposal: Proposal, titles: Titles, *, withheld: bool) -> list[Difference]:
    """What would change; what is withheld shows the values now and no others."""
    shown = []
    for name, after in proposal.arguments.items():
        field = field_of(proposal, name)
        before = worded(field, proposal.before.get(name), titles)
        replaces = field is not None or bool(before)
        proposed = "" if withheld and field is not None else worded(field, after, titles)
        shown.append(Difference(name, _label(name, field), before, proposed, replaces))
    return shown


def _label(name: str, field: Field | None) -> str:
    """The field's name; for what is none, the word for the argument."""
    return str(field.label if field else WORDS.get(name, name.replace("_", " ").capitalize()))


def _seen(actor: Actor, sources: Sequence[Mapping[str, Any]]) -> set[str]:
    """The ids of the records among the sources that the actor sees, in one question."""
    kinds = {one["type"] for one in sources if one["type"] in RECORD_TYPES and is_searched(RECORD_TYPES[one["type"]])}
    if not kinds:
        return set()
    keys = {UUID(one["id"]) for one in sources}
    visible = in_scope(actor, kinds, type_column="record_type", id_column="record_id")
    found = SearchEntry.objects.filter(visible, record_id__in=keys).values_list("record_id", flat=True)
    return {str(key) for key in found}


def _source(stored: Mapping[str, Any], seen: set[str]) -> Source:
    if stored["id"] not in seen:
        return Source(_("A record you don't see"), "", "", "", "", "")
    entry = entries().get(stored["type"])
    field = entry.fields.get(stored["field"]) if entry and stored["field"] else None
    text, span = stored["text"], stored["span"]
    start, end = span if span and span[1] <= len(text) else (0, 0)
    return Source(
        stored["title"],
        record_address(stored["type"], stored["id"]),
        str(field.label) if field else "",
        text[:start],
        text[start:end],
        text[end:],
    )
