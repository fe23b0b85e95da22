"""What no machine does, whatever its level and whoever approves: a person does it, outside of any run.

Rights and users, sharing, tokens and sign-on, webhooks, imports and exports, deleting, the shape of the data, and
oversight itself. To these come the verbs that can't be undone.
"""

from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.core.verbs import Call, Risk

from .problems import Refused

DENIED_TYPES = frozenset(
    {
        *("user", "team", "territory", "territorymember", "share", "visibilityrule", "fieldrule"),
        *("apitoken", "signonprovider", "signonlink", "secondfactorrule", "savedview"),
        *("webhook", "import", "export", "ownfield", "owntype"),
        *(
            "autonomylevel",
            "stopswitch",
            "machinerun",
            "proposal",
            "vigilance",
            "ownanswer",
            "trial",
            "trialcase",
            "alarm",
        ),
        "exploration",
    }
)
DENIED_VERBS = frozenset({"remove", "remove_several", "share_with", "stop_sharing"})
OWN_VERBS = frozenset({"proposal.park"})
"""What the gate itself does in the machine's name."""


def is_denied(verb: str, risk: Risk) -> bool:
    """Whether no machine may ever call the verb."""
    record_type, _dot, name = verb.partition(".")
    if verb in OWN_VERBS:
        return False
    return record_type in DENIED_TYPES or name in DENIED_VERBS or risk is Risk.IRREVERSIBLE


def refuse_denied(call: Call) -> None:
    """Raise `Refused` for a call that no machine may make, or that reaches for what its person does not see."""
    if is_denied(call.verb.name, call.verb.risk):
        raise Refused(_("No machine may do this: “%(verb)s”. A person does it.") % {"verb": call.verb.label})
    for _name, value in call.arguments:
        if isinstance(value, Record) and not value._state.adding and not _sees(call.actor, value):
            raise Refused(_("The machine may not use a record that its person does not see."))


def _sees(actor: Actor, record: Record) -> bool:
    return type(record).objects.visible_to(actor).filter(pk=record.pk).exists()
