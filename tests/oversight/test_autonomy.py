"""Levels: raised by a named administrator on evidence, fallen by themselves, never above what code allows."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import fixed_at, now, today
from rapport.core.events import Event
from rapport.core.problems import Forbidden, Problem
from rapport.core.undo import undo_event
from rapport.core.verbs import VERBS
from rapport.directory.models import Organisation
from rapport.oversight.actions import Level, actions
from rapport.oversight.deciding import accept
from rapport.oversight.hard_deny import is_denied
from rapport.oversight.machine import Grounds, Refused, acting_as_machine, propose
from rapport.oversight.models import AutonomyLevel, MachineRun, Proposal
from rapport.oversight.reviewing import lower_where_the_history_is_short, review
from rapport.oversight.trust import record_of
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_actions")]


def choose(cast: Cast, level: Level, **part: Any) -> AutonomyLevel:
    with cast.acting(cast.dora):
        return AutonomyLevel.choose(action="test.draft", level=level, reason="It does well.", **part)


def level_now(cast: Cast, acme: Organisation, *, confidence: float = 0.9, **values: Any) -> Level | None:
    """What the machine may do with a change of this organisation; None when it is refused."""
    with acting_as(SYSTEM):
        acme.change(country="")
    try:
        with acting_as_machine("test.draft", on_behalf_of=cast.alice) as run:
            found = propose(run, Grounds(confidence=confidence), acme.change, **(values or {"country": "FR"}))
    except Refused:
        return None
    return Level.ACT_WITH_UNDO if found is None else Level(found.level)


def decided(acme: Organisation, cast: Cast, *, accepted: int, rejected: int = 0, code: str = "") -> None:
    """So many decided proposals, as if somebody had worked through them."""
    one = Proposal.objects.first()
    if one is None:
        with acting_as_machine("test.draft", on_behalf_of=cast.alice) as run:
            one = propose(run, Grounds(), acme.change, employees=7)
    assert one is not None
    rows = []
    for number in range(accepted + rejected):
        values = {field.attname: getattr(one, field.attname) for field in Proposal._meta.concrete_fields}
        state = "accepted" if number < accepted else "rejected"
        more = {"state": state, "decided_at": now(), "decided_by_id": cast.bob.pk, "fingerprint": str(number)}
        rows.append(Proposal(**{**values, **more, "reason_code": code if state == "rejected" else ""}))
        rows[-1].pk = Proposal._meta.pk.get_default()
    QuerySet.bulk_create(Proposal._base_manager.all(), rows)


def test_every_action_has_a_default_and_a_highest_level() -> None:
    assert all(Level.OFF <= action.default <= action.maximum <= Level.ACT for action in actions())
    assert all(action.label and action.meaning for action in actions())
    assert all(action.verbs for action in actions() if action.maximum > Level.SUGGEST)  # who only suggests calls none


def test_the_most_specific_level_holds(cast: Cast, acme: Organisation) -> None:
    choose(cast, Level.OFF)
    choose(cast, Level.SUGGEST, team=cast.north)
    choose(cast, Level.DRAFT, team=cast.north, from_confidence=0.8)
    assert level_now(cast, acme, confidence=0.9) is Level.DRAFT
    assert level_now(cast, acme, confidence=0.5) is Level.SUGGEST
    with acting_as_machine("test.draft", on_behalf_of=cast.charlie), pytest.raises(Refused):
        acme.change(country="FR")


def test_changes_of_levels_are_history(cast: Cast) -> None:
    choose(cast, Level.SUGGEST)
    event = Event.objects.latest("id")
    assert (event.verb, event.actor_name, event.reason) == ("autonomylevel.choose", "Dora Dupont", "It does well.")


def test_only_administrators_choose_levels_and_never_above_the_highest(cast: Cast) -> None:
    with cast.acting(cast.bob), pytest.raises(Forbidden):
        AutonomyLevel.choose(action="test.draft", level=Level.SUGGEST)
    with cast.acting(cast.dora), pytest.raises(ValidationError):
        AutonomyLevel.choose(action="test.overwrite", level=Level.ACT_WITH_UNDO, reason="Please.")


def test_a_level_is_raised_on_evidence_only_and_for_ninety_days(cast: Cast, acme: Organisation) -> None:
    decided(acme, cast, accepted=299)
    with pytest.raises(Problem, match="299 reviewed"):
        choose(cast, Level.ACT_WITH_UNDO)
    decided(acme, cast, accepted=1)
    raised = choose(cast, Level.ACT_WITH_UNDO)
    assert (raised.expires_on, raised.evidence["reviewed"]) == (today() + timedelta(days=90), 300)
    assert level_now(cast, acme) is Level.ACT_WITH_UNDO
    with fixed_at(now() + timedelta(days=91)):
        assert level_now(cast, acme) is Level.DRAFT


def test_nobody_but_a_person_raises_a_level(cast: Cast, acme: Organisation) -> None:
    decided(acme, cast, accepted=300)
    with acting_as(SYSTEM), pytest.raises(Problem, match="in person"):
        AutonomyLevel.choose(action="test.draft", level=Level.ACT_WITH_UNDO, reason="It does well.")


def test_a_harmful_proposal_lowers_the_level_at_once_and_alone(cast: Cast, acme: Organisation) -> None:
    decided(acme, cast, accepted=300)
    choose(cast, Level.ACT_WITH_UNDO, from_confidence=0.9)
    with acting_as_machine("test.draft", on_behalf_of=cast.alice) as run:
        wrong = propose(run, Grounds(confidence=0.5), acme.change, country="KP")
    assert wrong is not None
    with cast.acting(cast.alice):
        wrong.reject(code="severe", reason="An embargo.")
    assert AutonomyLevel.objects.get().level == Level.DRAFT
    assert AutonomyLevel.objects.get().chosen_by is None


def test_many_corrections_lower_the_level(cast: Cast, acme: Organisation) -> None:
    decided(acme, cast, accepted=300)
    choose(cast, Level.ACT_WITH_UNDO)
    assert not review("test.draft")
    with fixed_at(now() + timedelta(minutes=1)):
        decided(acme, cast, accepted=94, rejected=6)
        assert review("test.draft")
    assert AutonomyLevel.objects.get().level == Level.DRAFT


def test_another_version_than_the_one_reviewed_lowers_the_level(cast: Cast, acme: Organisation) -> None:
    with acting_as_machine("test.draft", on_behalf_of=cast.alice) as run:
        propose(run, Grounds(estimator="rules/1"), acme.change, employees=7)
    decided(acme, cast, accepted=300)
    choose(cast, Level.ACT_WITH_UNDO)
    with acting_as_machine("test.draft", on_behalf_of=cast.alice) as run:
        assert propose(run, Grounds(estimator="rules/1"), acme.change, country="FR") is None
        waits = propose(run, Grounds(estimator="rules/2"), acme.change, country="DE")
    assert waits is not None
    fallen = AutonomyLevel.objects.get()
    assert (fallen.level, fallen.evidence) == (Level.DRAFT, {"estimator": "rules/2"})


def test_a_history_that_lacks_what_a_run_did_lowers_every_level(cast: Cast, acme: Organisation) -> None:
    decided(acme, cast, accepted=300)
    choose(cast, Level.ACT_WITH_UNDO)
    with acting_as_machine("test.act", on_behalf_of=cast.alice) as run:
        acme.change(country="FR")
    lower_where_the_history_is_short()
    assert AutonomyLevel.objects.get().level == Level.ACT_WITH_UNDO
    QuerySet.update(MachineRun._base_manager.filter(pk=run.record.pk), touched=2)
    lower_where_the_history_is_short()
    assert set(AutonomyLevel.objects.values_list("level", flat=True)) == {Level.DRAFT}


def test_much_that_was_undone_lowers_the_level(cast: Cast, acme: Organisation) -> None:
    with acting_as_machine("test.act_with_undo", on_behalf_of=cast.alice) as run:
        for number in range(100):
            acme.change(employees=number + 1)
    done = list(Event.objects.filter(batch=run.record.pk).order_by("-id"))
    with cast.acting(cast.dora):
        for event in done[:5]:
            undo_event(event)
        assert not review("test.act_with_undo")
        undo_event(done[5])
    assert record_of("test.act_with_undo").last_undone == 0.06
    assert review("test.act_with_undo")
    assert AutonomyLevel.objects.get().level == Level.DRAFT
    with acting_as_machine("test.act_with_undo", on_behalf_of=cast.alice) as run:
        assert propose(run, Grounds(), acme.change, country="FR") is not None


def test_money_dates_and_stages_wait_for_a_person_at_any_level(cast: Cast, fresh: None) -> None:
    from rapport.pipeline.models import Opportunity

    with cast.acting(cast.alice):
        deal = Opportunity.create(name="Pumps", owner=cast.alice)
    with acting_as_machine("test.act", on_behalf_of=cast.alice) as run:
        for values in ({"amount": 9}, {"expected_close": today()}):
            assert propose(run, Grounds(), deal.change, **values) is not None


def test_an_action_that_fills_in_leaves_what_is_there(cast: Cast, acme: Organisation) -> None:
    with acting_as_machine("test.fill", on_behalf_of=cast.alice) as run:
        assert propose(run, Grounds(), acme.change, country="FR") is None
        with pytest.raises(Refused):
            acme.change(country="DE")


def test_rights_over_machines_people_sharing_and_ways_out_are_denied_whatever_the_level() -> None:
    denied = {name for name, verb in VERBS.items() if is_denied(name, verb.risk)}
    for verb in VERBS:
        record_type, _dot, name = verb.partition(".")
        if record_type in ("user", "team", "webhook", "apitoken", "share", "stopswitch", "autonomylevel", "import"):
            assert verb in denied
        if name in ("remove", "remove_several", "share_with"):
            assert verb in denied


def test_a_reviewer_who_approves_everything_opens_nothing_that_is_denied(cast: Cast, acme: Organisation) -> None:
    """G-E3: a machine asks for everything; whatever waits is approved; of the denied nothing was done."""
    from rapport.identity.models import Team, User
    from rapport.integrations.models import Webhook

    before = (User.objects.count(), Team.objects.count(), Webhook.objects.count(), Organisation.objects.count())
    calls = [
        (acme.remove, {}),
        (Organisation.remove_several, {"record_ids": [acme.pk]}),
        (cast.charlie.change, {"role": "administrator"}),
        (User.create, {"name": "Mallory", "email": "m@evil.example"}),
        (Team.create, {"name": "Shadow"}),
        (cast.alice.deactivate, {}),
        (acme.share_with, {"user": cast.charlie}),
        (Webhook.create, {"name": "Out", "url": "https://192.88.99.9/", "events": ["*"]}),
        (AutonomyLevel.choose, {"action": "test.act", "level": 4, "reason": "Because."}),
    ]
    with acting_as_machine("test.act", on_behalf_of=cast.dora) as run:
        for call, arguments in calls:
            with pytest.raises((Refused, Forbidden)):
                propose(run, Grounds(confidence=1.0), call, **arguments)
    with cast.acting(cast.dora):
        for waiting in Proposal.objects.all():
            accept(waiting)
    after = (User.objects.count(), Team.objects.count(), Webhook.objects.count(), Organisation.objects.count())
    assert after == before
    cast.charlie.refresh_from_db()
    assert cast.charlie.role == "seller"


def test_a_forged_proposal_for_what_is_denied_is_refused_when_it_is_accepted(cast: Cast, acme: Organisation) -> None:
    with acting_as_machine("test.draft", on_behalf_of=cast.dora) as run:
        proposal = propose(run, Grounds(), acme.change, country="FR")
    assert proposal is not None
    forged = {"verb_name": "organisation.remove", "arguments": {}, "before": {}}
    QuerySet.update(Proposal._base_manager.filter(pk=proposal.pk), **forged)
    proposal.refresh_from_db()
    with cast.acting(cast.dora), pytest.raises(Refused):
        accept(proposal)
    assert Organisation.objects.exists()
