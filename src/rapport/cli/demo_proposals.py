"""True proposals in the demo company: e-mail addresses that were mistyped in its former CRM, found by the checks."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop

from rapport.directory.models import Person
from rapport.oversight.machine import Evidence, Grounds, acting_as_machine, propose
from rapport.quality.checking import Grade, Verdict, check

_MOST = 40


def add_proposals() -> None:
    """Propose the correction of each mistyped address to whoever owns the person."""
    with acting_as_machine("quality.overwrite", purpose="E-mail addresses of the demo company") as run:
        for number, (person, place, verdict) in enumerate(_mistyped()):
            if number == _MOST:
                break
            address = person.emails[place]["value"]
            entries = [dict(entry) for entry in person.emails]
            entries[place]["value"] = verdict.proposal
            grounds = Grounds(
                evidence=[Evidence(person, "emails", (0, len(address)), address)],
                confidence=verdict.confidence,
                estimator="checks.email/1",
                why=gettext_noop("The address looks mistyped."),
            )
            propose(run, grounds, person.change, emails=entries)


def _mistyped() -> Iterator[tuple[Person, int, Verdict]]:
    for person in Person.objects.exclude(emails=[]).exclude(owner=None).order_by("pk").iterator():
        for place, entry in enumerate(person.emails):
            verdict = check("email", str(entry["value"]))
            if verdict.proposal and verdict.grade is not Grade.GOOD and verdict.proposal != entry["value"]:
                yield person, place, verdict
                break
