"""Coming in by a public form: what a visitor may say, and no more."""

from collections.abc import Mapping
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.core.verbs import verb
from rapport.governance.dictionary import entry_of
from rapport.governance.domains import ValueProblem

from ..campaign import Campaign
from .facts import Facts

FORM_FIELDS = (
    *("first_name", "last_name", "organisation_name", "job_title", "emails", "phones", "country", "website"),
    *("need", "languages"),
)
FORM_SOURCE = "Web form"
_LONGEST_MESSAGE = 5_000


class Submittable(Facts):
    """Adds the verb behind the public form."""

    class Meta:
        abstract = True

    @classmethod
    @verb(label=gettext_lazy("Submit web form"), past=gettext_lazy("submitted the web form"))
    def submit(cls, *, campaign: str = "", **answers: str) -> Self:
        """Create a lead from what a visitor typed; an unknown campaign is kept in the description."""
        known = Campaign.objects.filter(name__iexact=campaign.strip()).first() if campaign.strip() else None
        note = "" if known or not campaign.strip() else _("Campaign: %(name)s") % {"name": campaign.strip()[:150]}
        lead = cls(source=FORM_SOURCE, campaign=known, description=note, **_understood(cls, answers))
        lead.check_facts()
        lead.save(force_insert=True)
        return lead


def _understood(model: type[Submittable], answers: Mapping[str, str]) -> dict[str, Any]:
    """The values of the form's fields; raises `ValidationError` naming each one that can't be read."""
    described = entry_of(model.record_type).fields
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name in FORM_FIELDS:
        try:
            value = described[name].domain.parse(answers.get(name, "")[:_LONGEST_MESSAGE])
        except ValueProblem as problem:
            wrong[name] = str(problem)
            continue
        values |= {name: value} if value is not None else {}
    if not values.get("emails") and not values.get("phones") and "emails" not in wrong:
        wrong["emails"] = _("Give an e-mail address or a phone number, so that we can answer.")
    if wrong:
        raise ValidationError(wrong)
    return values
