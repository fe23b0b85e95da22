"""Duplicates among records: found, explained, decided on, found again when something is new (Q4)."""

from datetime import timedelta

import pytest

from rapport.core.actors import Actor
from rapport.core.clock import now
from rapport.core.events import Event
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation, Person
from rapport.quality.duplicates.running import ask_for_search, newest_search, run, run_for_new, stop
from rapport.quality.duplicates.sureness import Judged, sure_from
from rapport.quality.models import DuplicateDecision, DuplicatePair, DuplicateSearch, SearchState
from tests.quality.people import people

pytestmark = pytest.mark.django_db

PHONES = [{"kind": "work", "value": "+33 4 72 00 00 17"}]


def address(first: str, last: str, company: str) -> list[dict[str, str]]:
    return [{"kind": "work", "value": f"{first}.{last}@{company}.example".lower()}]


@pytest.fixture
def customers(as_system: Actor) -> dict[str, Person]:
    """Many people at six companies, and Zoé Laurent, who stands three times."""
    names = ["Alpen", "Berg", "Cobalt", "Delta", "Erz", "Fjord"]
    companies = [Organisation.create(name=f"{name} GmbH") for name in names]
    rows = {(row["given"], row["family"][:-1]): row for _key, row in people(60, doubled=0, seed=5)}.values()
    for number, row in enumerate(rows):
        company = companies[number % len(companies)]
        mails = address(row["given"], row["family"], company.name.split()[0])
        Person.create(first_name=row["given"], last_name=row["family"], organisation=company, emails=mails)
    alpen = companies[0]
    mails = address("zoe", "laurent", "alpen")
    return {
        "zoé": Person.create(first_name="Zoé", last_name="Laurent", organisation=alpen, emails=mails),
        "z.": Person.create(first_name="Z.", last_name="Laurent", organisation=alpen, emails=mails),
        "zoe": Person.create(first_name="Zoe", last_name="Laurant", emails=mails),
        "brother": Person.create(first_name="Hugo", last_name="Laurent", organisation=alpen, phones=PHONES),
    }


def found() -> set[frozenset[object]]:
    return {frozenset((pair.left_id, pair.right_id)) for pair in DuplicatePair.objects.all()}


def look() -> DuplicateSearch:
    subject = ask_for_search("person")
    run(subject)
    subject.refresh_from_db()
    return subject


def test_q4_whoever_stands_twice_is_found_and_nobody_else(customers: dict[str, Person]) -> None:
    subject = look()
    assert (subject.state, subject.compared) == (SearchState.DONE, Person.objects.count())
    same = [customers[name].pk for name in ("zoé", "z.", "zoe")]
    assert found() == {frozenset(same[:2]), frozenset(same[1:]), frozenset((same[0], same[2]))}
    assert len(set(DuplicatePair.objects.values_list("group", flat=True))) == 1


def test_each_pair_tells_which_fields_spoke_for_it(customers: dict[str, Person]) -> None:
    look()
    pair = DuplicatePair.objects.get(left_id=customers["zoé"].pk, right_id=customers["z."].pk)
    assert pair.evidence["mail"] > pair.evidence["given"] > 0
    assert pair.probability > 0.99


def test_what_is_new_is_compared_with_everything(customers: dict[str, Person]) -> None:
    look()
    before = found()
    assert run_for_new("person") == 0
    again = Person.create(first_name="Hugo", last_name="Laurent", phones=PHONES)
    assert run_for_new("person") == 1
    assert found() - before == {frozenset((customers["brother"].pk, again.pk))}
    assert run_for_new("person") == 0


def test_a_search_is_stopped_and_what_was_found_before_stays(customers: dict[str, Person]) -> None:
    look()
    before = found()
    subject = ask_for_search("person")
    assert ask_for_search("person") == subject
    stop(subject)
    run(subject)
    newest = newest_search("person")
    assert newest is not None
    assert newest.state == SearchState.STOPPED
    assert found() == before


def test_what_was_said_of_one_holds_for_the_other_after_a_merger(customers: dict[str, Person]) -> None:
    zoe, same, brother = (customers[name] for name in ("zoé", "z.", "brother"))
    DuplicateDecision.decide(for_type="person", one=brother.pk, other=same.pk, verdict="different")
    same.merge_into(zoe)
    said = DuplicateDecision.objects.get()
    assert {said.left_id, said.right_id} == {zoe.pk, brother.pk}
    undo_event(Event.objects.latest("id"))
    said.refresh_from_db()
    assert {said.left_id, said.right_id} == {same.pk, brother.pk}


def test_a_pair_put_off_comes_back(as_system: Actor, customers: dict[str, Person]) -> None:
    from rapport.quality.duplicates.deciding import decided_with

    zoe, same = customers["zoé"].pk, customers["z."].pk
    said = DuplicateDecision.decide(
        for_type="person", one=zoe, other=same, verdict="later", until=now() + timedelta(days=1)
    )
    assert decided_with([zoe]) == {(zoe, same)}
    said.change(until=now() - timedelta(days=1))
    assert not decided_with([zoe])


def test_pairs_are_sure_from_where_enough_of_them_are_right() -> None:
    sure = [Judged(1.0) for _pair in range(99)]
    assert sure_from([*sure, Judged(0.6)]) == 1.0
    assert sure_from([*sure[:30], Judged(0.96)]) == 0.96
    assert sure_from([*sure, Judged(0.999)]) == 0.999
    assert sure_from([*sure[:40], *(Judged(0.9999, False) for _pair in range(3))]) == 1.0
    assert sure_from([Judged(0.7)]) > 1
