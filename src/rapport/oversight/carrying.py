"""Carrying out what a person accepted: with that person's rights, on unchanged ground, as the machine's event."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz.distance import Levenshtein

from rapport.core.actors import ActorKind, current_actor
from rapport.core.events import Event, collect, collecting_events
from rapport.core.problems import Problem
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.snapshots import to_json
from rapport.core.verbs import VERBS
from rapport.core.work import apart

from .actions import action_named
from .calls import changed_ground, decoded, encoded
from .grounds import Grounds
from .machine import RunUnderWay, agent_name, run_keys, running
from .models import Proposal
from .problems import Refused, Stale


@dataclass(frozen=True)
class EditedCall:
    """The arguments as they will be carried out, what was changed in them, and how much, from 0 to 1."""

    arguments: Mapping[str, Any]
    edits: Mapping[str, Any]
    distance: float


def edited(proposal: Proposal, edits: Mapping[str, Any]) -> EditedCall:
    """The call with a person's edits; raises `Problem` for an argument that it does not have."""
    unknown = set(edits) - set(proposal.arguments)
    if unknown:
        raise Problem(_("This proposal has no “%(name)s” to edit.") % {"name": min(unknown)})
    stored = {name: encoded(value) for name, value in edits.items()}
    changed = {name: value for name, value in stored.items() if value != proposal.arguments[name]}
    distances = [_distance(proposal.arguments[name], value) for name, value in changed.items()]
    return EditedCall({**proposal.arguments, **changed}, changed, max(distances, default=0.0))


def _distance(proposed: Any, chosen: Any) -> float:
    return Levenshtein.normalized_distance(_text(proposed), _text(chosen))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else to_json(value).decode()


def subject_of(proposal: Proposal) -> Record | type[Record]:
    """The record that the proposal is about, or the type it would create one of; raises `Stale` when it is gone."""
    model = RECORD_TYPES[proposal.subject_type]
    if proposal.subject_id is None:
        return model
    found = model._base_manager.filter(pk=proposal.subject_id).first()
    if found is None:
        raise Stale(_("The record was deleted meanwhile."))
    return found


def is_overtaken(proposal: Proposal) -> bool:
    """Whether what it rests on has changed since."""
    try:
        subject = subject_of(proposal)
    except Stale:
        return True
    record = None if isinstance(subject, type) else subject
    return bool(changed_ground(record, proposal.before, proposal.rests_on))


def carry_out(proposal: Proposal, arguments: Mapping[str, Any]) -> Event:
    """Call the verb as the machine, with the rights of the current actor, who approved; gives the event.

    The gate asks again: what no machine may do, and what the switch stops, is refused even now.
    """
    if proposal.is_plant:
        raise Refused(_("This was a test of attention; it is never carried out."))
    if is_overtaken(proposal):
        raise Stale(_("What this proposal rests on has changed since. It was not carried out."))
    subject = subject_of(proposal)
    run = _run(proposal)
    with apart(), running(run, _actor(run)), collecting_events() as events:
        _verb(proposal, subject)(**decoded(dict(arguments)))
    for event in events:
        collect(event)
    return events[-1]


def _verb(proposal: Proposal, subject: Record | type[Record]) -> Any:
    if proposal.verb_name not in VERBS:
        raise Stale(_("What this proposal would do is no longer possible."))
    return getattr(subject, proposal.verb_name.partition(".")[2])


def _run(proposal: Proposal) -> RunUnderWay:
    action = action_named(proposal.action)
    if action is None:
        raise Refused(_("No machine does “%(action)s” any more.") % {"action": proposal.action})
    given = Grounds(confidence=proposal.confidence, estimator=proposal.estimator)
    person = proposal.run.on_behalf_of
    return RunUnderWay(proposal.run, action, person, run_keys(action, person), given, approval=proposal)


def _actor(run: RunUnderWay) -> Any:
    decider = current_actor()
    behalf = run.person.pk if run.person else decider.user_id
    return replace(decider, kind=ActorKind.AI, name=agent_name(run.action), on_behalf_of=behalf, source="machine")
