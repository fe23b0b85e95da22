"""What happens with customers between sales: visits, renewals, complaints, and people who say goodbye."""

from datetime import date, timedelta

from demo.business import Contract, Opportunity, Outcome
from demo.chance import Chance
from demo.company import Company
from demo.letters import Thread
from demo.people import team_at
from demo.records import Organisation, Person, Trajectory, User
from demo.spoken import add_meeting, add_note
from demo.stories import facts
from demo.wording import day_text
from demo.workdays import office_hours, weekday

NOTICE_OF_RENEWAL = 75


def add_aftercare(company: Company) -> None:
    """Visits and complaints per customer, renewals per contract, goodbyes per person who left."""
    chance = company.chance.stream("aftercare")
    first_wins: dict[str, Opportunity] = {}
    for opportunity in company.opportunities:
        if opportunity.outcome is Outcome.WON:
            first_wins.setdefault(opportunity.organisation.code, opportunity)
    for opportunity in first_wins.values():
        _check_in(company, opportunity=opportunity, chance=chance)
        if opportunity.organisation.churned_on:
            _fall_out(company, opportunity=opportunity, gone=opportunity.organisation.churned_on, chance=chance)
    for contract in company.contracts:
        _renew(company, contract=contract, chance=chance)
    for person in company.people:
        if person.left_on and person.organisation.code in first_wins:
            _say_goodbye(company, person=person, opportunity=first_wins[person.organisation.code], chance=chance)


def _thread(company: Company, *, organisation: Organisation, user: User, on: date, chance: Chance) -> Thread | None:
    present: list[Person] = [
        person for person in team_at(organisation, people=company.people) if person.joined_on <= on
    ]
    if not present or on >= company.today:
        return None
    return Thread(company, chance.pick(present), user, organisation.language, chance)


def _check_in(company: Company, *, opportunity: Opportunity, chance: Chance) -> None:
    """Visits some months after the sale; careful sellers come more often."""
    day = (opportunity.closed_on or company.today) + timedelta(days=chance.whole(70, 160))
    organisation, owner = opportunity.organisation, opportunity.owner
    last = min(organisation.churned_on or company.today, company.today)
    while day < last:
        day = weekday(day)
        if chance.happens(owner.diligence):
            add_meeting(company, opportunity, beat="review", day=day, chance=chance)
            _note(company, opportunity=opportunity, day=day, chance=chance)
        thread = _thread(company, organisation=organisation, user=owner, on=day, chance=chance)
        if thread and chance.happens(0.26):
            slots = facts(opportunity, on=day, chance=chance)
            thread.write("checkin", at=office_hours(day - timedelta(days=7), chance=chance), slots=slots)
            if organisation.trajectory in {Trajectory.GROWING, Trajectory.STEADY} and chance.happens(0.7):
                thread.write("praise", at=office_hours(weekday(day), chance=chance), slots=slots)
        day += timedelta(days=chance.whole(150, 330))


def _note(company: Company, *, opportunity: Opportunity, day: date, chance: Chance) -> None:
    unhappy = opportunity.organisation.trajectory in {Trajectory.DECLINING, Trajectory.CHURNED}
    beat = "risk" if unhappy and chance.happens(0.6) else "customer"
    if chance.happens(opportunity.owner.diligence):
        add_note(company, opportunity, beat=beat, at=office_hours(day, chance=chance), chance=chance)


def _fall_out(company: Company, *, opportunity: Opportunity, gone: date, chance: Chance) -> None:
    """The complaints before a customer leaves."""
    for days_before in (chance.whole(90, 150), chance.whole(20, 70)):
        day = weekday(gone - timedelta(days=days_before))
        if day <= (opportunity.closed_on or day):
            continue
        user = opportunity.owner
        thread = _thread(company, organisation=opportunity.organisation, user=user, on=day, chance=chance)
        if thread is None:
            continue
        slots = facts(opportunity, on=day, chance=chance)
        at = office_hours(day, chance=chance)
        thread.write("angry", at=at, slots=slots)
        if chance.happens(0.7):
            thread.write("sorry", at=at + timedelta(hours=chance.whole(3, 70)), slots=slots)
        add_note(company, opportunity, beat="risk", at=at + timedelta(hours=2), chance=chance)


def _renew(company: Company, *, contract: Contract, chance: Chance) -> None:
    """We ask in good time; the customer stays or gives notice."""
    opportunity = contract.order.opportunity
    ends_on = min(contract.ends_on, contract.order.organisation.churned_on or contract.ends_on)
    day = weekday(ends_on - timedelta(days=NOTICE_OF_RENEWAL))
    if opportunity is None or day <= contract.starts_on or day >= company.today:
        return
    organisation = contract.order.organisation
    thread = _thread(company, organisation=organisation, user=opportunity.owner, on=day, chance=chance)
    if thread is None:
        return
    language = organisation.language
    slots = facts(opportunity, on=day, chance=chance) | {
        "contract": f"{contract.kind.lower()} contract",
        "contract_no": contract.code,
        "valid": day_text(contract.ends_on, language),
        "notice": day_text(contract.ends_on - timedelta(days=contract.notice_days), language),
    }
    thread.write("renewal", at=office_hours(day, chance=chance), slots=slots)
    answer_day = weekday(day + timedelta(days=chance.whole(4, 30)))
    if answer_day < company.today and chance.happens(0.8):
        answer = "renew_no" if contract.status in {"Cancelled", "Ended"} else "renew_yes"
        thread.write(answer, at=office_hours(answer_day, chance=chance), slots=slots)


def _say_goodbye(company: Company, *, person: Person, opportunity: Opportunity, chance: Chance) -> None:
    left_on = person.left_on or company.today
    successors = team_at(person.organisation, people=company.people)
    day = weekday(left_on - timedelta(days=chance.whole(4, 16)))
    if not successors or day < person.organisation.created:
        return
    thread = Thread(company, person, opportunity.owner, person.organisation.language, chance)
    slots = facts(opportunity, on=day, chance=chance) | {
        "valid": day_text(left_on, person.organisation.language),
        "successor": chance.pick(successors).name,
    }
    thread.write("leaving", at=office_hours(day, chance=chance), slots=slots)
