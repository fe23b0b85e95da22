"""Roles and what each may do: the one table of permissions. What is not listed is refused."""

from django.db import models
from django.utils.translation import gettext_lazy as _

OWN_RIGHTS: dict[str, dict[str, frozenset[str]]] = {}
"""What roles may do with types that users added, by type and role, where it is said; kept by `governance`."""


class Role(models.TextChoices):
    """What a user is to the product; each user has one role."""

    ADMINISTRATOR = "administrator", _("Administrator")
    MANAGER = "manager", _("Manager")
    SELLER = "seller", _("Seller")
    SUPPORT = "support", _("Support")
    READ_ONLY = "read-only", _("Read-only")
    AUDITOR = "auditor", _("Auditor")


SEES_EVERYTHING = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})

_READS_BUSINESS = frozenset(
    f"{record_type}.read"
    for record_type in (
        *("organisation", "person", "affiliation", "product", "pricelist", "price", "currency", "opportunity"),
        *("opportunityline", "pipeline", "stage", "lead", "note", "task", "meeting", "call", "mail", "file"),
        *("order", "orderline", "contract", "ticket", "savedview", "campaign", "stagevisit", "own", "insights"),
        *("marketsize",),
    )
)
_WRITES_DIRECTORY = frozenset(
    f"{record_type}.{action}"
    for record_type in ("organisation", "person", "affiliation")
    for action in ("create", "change", "remove")
) | {"organisation.merge_into", "person.merge_into", "duplicatedecision.decide"}
_WRITES_ACTIVITIES = frozenset({"note.*", "task.*", "meeting.*", "call.*", "mail.*", "file.*"})
_OWN_TOOLS = frozenset(
    {"self.change", "savedview.create", "savedview.change", "savedview.remove", "notification.read"}
    | {"apitoken.issue", "apitoken.revoke"}
)
_JUDGES_QUALITY = frozenset({"quality.read", "dismissal.create", "dismissal.remove"})
_SELLS = frozenset(
    {"organisation.*", "person.*", "affiliation.*", "opportunity.*", "opportunityline.*", "lead.*", "order.*"}
    | {
        "own.*",
        "duplicatedecision.decide",
        "orderline.*",
        "contract.*",
        "ticket.create",
        "ticket.change",
        "record.import",
        "record.export",
    }
)
_DECIDES = frozenset(
    {
        "proposal.accept",
        "proposal.reject",
        "ownanswer.give",
        "machinerun.note_undoing",
        "nextactionanswer.*",
        "ownestimate.give",
    }
    | {"trialcase.estimate"}
)

ROLE_PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.ADMINISTRATOR: frozenset({"*"}),
    Role.MANAGER: _READS_BUSINESS
    | _SELLS
    | _WRITES_ACTIVITIES
    | _OWN_TOOLS
    | _JUDGES_QUALITY
    | {"ownrule.*"}
    | {"team.lead", "product.*", "pricelist.*", "price.*", "currency.*", "ticket.*", "campaign.*", "marketsize.*"}
    | _DECIDES
    | {"savedview.share", "stopswitch.pull", "machinerun.oversee", "insights.review", "estimator.promote"}
    | {"trial.start", "trial.stop"},
    Role.SELLER: _READS_BUSINESS | _SELLS | _WRITES_ACTIVITIES | _OWN_TOOLS | _JUDGES_QUALITY | _DECIDES,
    Role.SUPPORT: _READS_BUSINESS
    | _WRITES_DIRECTORY
    | _WRITES_ACTIVITIES
    | _OWN_TOOLS
    | _JUDGES_QUALITY
    | _DECIDES
    | {"ticket.*", "own.*"},
    Role.READ_ONLY: _READS_BUSINESS | _OWN_TOOLS | {"quality.read"},
    Role.AUDITOR: _READS_BUSINESS
    | _OWN_TOOLS
    | {"quality.read", "history.read", "dictionary.read", "user.read", "jobs.read", "status.read"},
}
