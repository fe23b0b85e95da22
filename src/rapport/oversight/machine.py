"""How machines act: in a run, with the rights of the person they act for, giving grounds for each call.

    with acting_as_machine("quality.fill_empty", on_behalf_of=user, cap=500) as run:
        for organisation, country in found:
            grounds = Grounds(evidence=[...], confidence=0.97, estimator="rules.country/1", why="...")
            propose(run, grounds, organisation.change, country=country)

At the end of the block `run.record.state` tells how it ended: the cap and the switch end a run quietly.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import DatabaseError, connection
from django.utils.translation import gettext as _
from django.utils.translation import override

from rapport.core.actors import SYSTEM, Actor, ActorKind, acting_as
from rapport.core.events import batch, telling
from rapport.core.records import RECORD_TYPES
from rapport.core.verbs import VERBS
from rapport.identity.actors import actor_for
from rapport.identity.models import User
from rapport.identity.tokens import narrowed

from .actions import Action, action_named
from .grounds import Cost, Evidence, Grounds
from .hard_deny import OWN_VERBS
from .levels import lineage
from .models import MachineRun, Proposal, RunState
from .problems import CapReached, Parked, Refused, Stopped
from .stopping import STOPPED_STATE, action_key, agent_key, refuse_stopped, team_key

__all__ = [
    "CapReached",
    "Cost",
    "Evidence",
    "Grounds",
    "Parked",
    "Refused",
    "RunUnderWay",
    "Stopped",
    "acting_as_machine",
    "propose",
]

CAP = 500


@dataclass
class RunUnderWay:
    """A run of a machine, and what it gives as grounds for the calls it makes now.

    `approval` is the proposal that is being carried out, if the run goes on because a person accepted. `told` is what
    its events carry as `machine` in their detail; the gate writes it anew for each call.
    """

    record: MachineRun
    action: Action
    person: User | None
    keys: frozenset[str]
    given: Grounds = field(default_factory=Grounds)
    approval: Proposal | None = None
    told: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def grounds(self, grounds: Grounds) -> Iterator[None]:
        """Verbs called within the block are called on these grounds."""
        before, self.given = self.given, grounds
        try:
            yield
        finally:
            self.given = before

    def check_stop(self) -> None:
        """Raise `Stopped` if the switch was pulled: for loops that compute for long between two calls."""
        refuse_stopped(self.keys)


_current: ContextVar[RunUnderWay | None] = ContextVar("machine_run", default=None)


def run_under_way() -> RunUnderWay | None:
    """The run in which a machine acts now, if any."""
    return _current.get()


@contextmanager
def acting_as_machine(
    action: str, *, on_behalf_of: User | None = None, cap: int = CAP, purpose: str = ""
) -> Iterator[RunUnderWay]:
    """Within the block a machine acts, in a run that may touch `cap` records.

    It has the rights of the person, as far as the action's verbs; without one, those of the action alone. Raises
    `Refused` for an unknown action and `Stopped` when the switch is pulled before anything was begun.
    """
    known = action_named(action)
    if known is None:
        raise Refused(_("No machine does “%(action)s”: it is not registered, and so off.") % {"action": action})
    keys = run_keys(known, on_behalf_of)
    refuse_stopped(keys)
    with acting_as(replace(SYSTEM, source="machine")):
        record = MachineRun.open(action=action, on_behalf_of=on_behalf_of, cap=cap, purpose=purpose)
    run = RunUnderWay(record, known, on_behalf_of, keys)
    with _ending(record), running(run, machine_actor(known, on_behalf_of)):
        yield run


@contextmanager
def running(run: RunUnderWay, actor: Actor) -> Iterator[None]:
    """Within the block `actor` acts in the run, and its events belong to the run."""
    token = _current.set(run)
    try:
        with acting_as(actor), batch(run.record.pk), telling(machine=run.told):
            yield
    finally:
        _current.reset(token)


def run_keys(action: Action, person: User | None) -> frozenset[str]:
    """The switches that stop an action done for this person, besides the installation's."""
    teams = lineage(person.team_id) if person else ()
    agent = agent_key(agent_name(action))
    return frozenset({action_key(action.name), agent, *(team_key(team) for team in teams)})


def agent_name(action: Action) -> str:
    """Whose name the history shows; the same in all languages."""
    with override("en"):
        return str(action.agent)


def machine_actor(action: Action, person: User | None) -> Actor:
    """The actor that a machine is: what its action allows, and never more than its person may."""
    name = agent_name(action)
    allowed = (*_permissions(action), *OWN_VERBS)
    if person is None:
        return Actor(ActorKind.AI, name, permissions=frozenset(allowed), sees_everything=True, source="machine")
    own = actor_for(person)
    permissions = narrowed(own.permissions, _permissions(action)) | OWN_VERBS
    return replace(own, kind=ActorKind.AI, name=name, on_behalf_of=person.pk, source="machine", permissions=permissions)


def _permissions(action: Action) -> tuple[str, ...]:
    verbs = [declared for declared in VERBS.values() if action.calls(declared.name)]
    needed = {declared.permission for declared in verbs}
    return tuple(sorted(needed | {f"{record_type}.read" for record_type in RECORD_TYPES}))


@contextmanager
def _ending(record: MachineRun) -> Iterator[None]:
    """Note how the run ended; the cap and the switch are ends, not errors."""
    state, problem = RunState.DONE, ""
    try:
        yield
    except CapReached:
        state = RunState.CAPPED
    except Stopped:
        state = RunState.STOPPED
    except Exception as error:
        state, problem = (RunState.STOPPED, "") if is_stop(error) else (RunState.FAILED, str(error)[:1000])
        if state == RunState.FAILED:
            raise
    finally:
        if not connection.needs_rollback:
            with acting_as(replace(SYSTEM, source="machine")):
                record.end(state=state, problem=problem)


def is_stop(error: BaseException) -> bool:
    """Whether the database refused a commit because the switch is pulled."""
    return isinstance(error, DatabaseError) and getattr(error.__cause__, "sqlstate", "") == STOPPED_STATE


def propose(run: RunUnderWay, grounds: Grounds, call: Callable[..., Any], **arguments: Any) -> Proposal | None:
    """Call a verb on these grounds; gives the proposal that it became, None when it was carried out at once."""
    try:
        with run.grounds(grounds):
            call(**arguments)
    except Parked as parked:
        return parked.proposal
    return None
