"""Questions to the directory: who works where, who belongs to whom, who could be meant."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, F, Func, JSONField, TextField, Value

from rapport.core.actors import Actor
from rapport.core.clock import today
from rapport.core.record_sets import RecordQuerySet
from rapport.core.sorting import Sortable

from .mail_domains import organisation_domain
from .models import Affiliation, Organisation, Person
from .models.lookups import InLowerCase
from .models.organisation import DEEPEST_HIERARCHY


@dataclass(frozen=True)
class Role:
    """What somebody does or did at an organisation; the main role stands on the person itself."""

    organisation: Organisation
    title: str
    department: str
    since: date | None
    until: date | None
    is_main: bool
    affiliation: Affiliation | None = None

    @property
    def is_current(self) -> bool:
        """Whether the role is held today."""
        return self.until is None or self.until > today()


@dataclass(frozen=True)
class Member:
    """A person with the role that connects them to an organisation."""

    person: Person
    title: str
    is_main: bool


@dataclass(frozen=True)
class Hierarchy:
    """Where an organisation stands in its group: those above it, topmost first, and those right below."""

    above: tuple[Organisation, ...]
    below: tuple[Organisation, ...]


def roles_of(actor: Actor, person: Person) -> list[Role]:
    """All roles somebody has or had, the main one first, then the most recent."""
    organisations = Organisation.objects.visible_to(actor)
    main = organisations.filter(pk=person.organisation_id).first() if person.organisation_id else None
    rows = Affiliation.objects.visible_to(actor).filter(person=person, organisation__in=organisations)
    newest_first = rows.order_by(F("until").desc(nulls_first=True), F("since").desc(nulls_last=True), "-id")
    further = [_role(row) for row in newest_first.select_related("organisation")]
    if main is None:
        return further
    return [Role(main, person.job_title, person.department, person.organisation_since, None, is_main=True), *further]


def _role(row: Affiliation) -> Role:
    return Role(row.organisation, row.role, row.department, row.since, row.until, is_main=False, affiliation=row)


def people_of(actor: Actor, organisation: Organisation, *, limit: int = 50) -> list[Member]:
    """Who works there now, by name: those whose main role it is, then those with a further role."""
    visible = Person.objects.visible_to(actor)
    main = visible.filter(organisation=organisation).order_by("sort_name", "id")[:limit]
    members = [Member(person, person.job_title, is_main=True) for person in main]
    rows = Affiliation.objects.filter(organisation=organisation, person__in=visible).exclude(until__lte=today())
    further = rows.exclude(person__organisation=organisation).select_related("person").order_by("person__sort_name")
    members += [Member(row.person, row.role, is_main=False) for row in further[: limit - len(members)]]
    return members


def hierarchy_of(actor: Actor, organisation: Organisation, *, limit: int = 50) -> Hierarchy:
    """The group an organisation belongs to, as far as the actor sees it."""
    visible = Organisation.objects.visible_to(actor)
    below = visible.filter(parent=organisation).order_by("sort_name", "id")[:limit]
    return Hierarchy(tuple(reversed(list(_upwards(actor, organisation)))), tuple(below))


def _upwards(actor: Actor, organisation: Organisation) -> Iterator[Organisation]:
    seen = {organisation.pk}
    current: Organisation | None = organisation
    while current and current.parent_id and current.parent_id not in seen and len(seen) < DEEPEST_HIERARCHY:
        seen.add(current.parent_id)
        current = Organisation.objects.visible_to(actor).filter(pk=current.parent_id).first()
        if current:
            yield current


def people_with_email(actor: Actor, email: str) -> RecordQuerySet[Person]:
    """People with this address, whatever its case; answered by an index."""
    wanted = Value([{"value": email.strip().lower()}], output_field=JSONField())
    return Person.objects.visible_to(actor).filter(_Contains(InLowerCase(F("emails")), wanted))


def people_by_email(actor: Actor, emails: Iterable[str]) -> dict[str, UUID]:
    """Whose address each of these is, where it is that of exactly one person the actor may see; keys in lower case."""
    wanted = {email.strip().lower() for email in emails}
    entries = Value([json.dumps([{"value": email}]) for email in wanted], output_field=ArrayField(TextField()))
    people = Person.objects.visible_to(actor).filter(_ContainsAny(InLowerCase(F("emails")), entries))
    found: dict[str, set[UUID]] = defaultdict(set)
    for key, points in people.values_list("pk", "emails"):
        for point in points:
            found[point["value"].lower()].add(key)
    return {email: keys.pop() for email, keys in found.items() if email in wanted and len(keys) == 1}


def organisations_with_domain(actor: Actor, email_or_domain: str) -> RecordQuerySet[Organisation]:
    """Organisations whose website has the domain of this address; none for domains where anybody gets one."""
    domain = organisation_domain(email_or_domain).removeprefix("www.")
    found = Organisation.objects.visible_to(actor)
    return found.filter(domain=domain) if domain else found.none()


def organisations_named(actor: Actor, name: str) -> RecordQuerySet[Organisation]:
    """Organisations of exactly this name, but for case and accents."""
    return Organisation.objects.visible_to(actor).filter(sort_name=Sortable(Value(_one_spaced(name))))


def people_named(actor: Actor, first_name: str, last_name: str) -> RecordQuerySet[Person]:
    """People of exactly this name, but for case and accents."""
    key = f"{_one_spaced(last_name)} {_one_spaced(first_name)}"
    return Person.objects.visible_to(actor).filter(sort_name=Sortable(Value(key)))


def _one_spaced(name: str) -> str:
    return " ".join(name.split())


class _Contains(Func):
    """`left @> right`, on exactly the expressions given, so that their index is used."""

    template = "%(expressions)s"
    arg_joiner = " @> "
    output_field = BooleanField()


class _ContainsAny(Func):
    """`left @> ANY(right)`, with an array of JSON texts on the right; answered by the same index."""

    template = "(%(expressions)s::jsonb[]))"
    arg_joiner = " @> ANY("
    output_field = BooleanField()
