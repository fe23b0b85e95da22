"""Sharing on a record's page: the action that shares, and the panel of those it is shared with."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.core.verbs import VERBS
from rapport.governance.dictionary import Field, always, entry_of
from rapport.governance.domains import Text
from rapport.identity.models import OwnedRecord, Scope
from rapport.identity.models.sharing import shares_of
from rapport.web.places import record_address

from .actions import Action
from .panels import Panel
from .reach import reaches

_SHARE_ID = Field(
    "share_id", pgettext_lazy("what is shared", "Share"), Text(40), _("The share to take back."), mandatory=always
)


class SharedWith(Panel):
    """By whom the record is seen: the rule, and with whom it is shared beside it."""

    key, title, icon, template = "shared", _("Seen by"), "share-2", "records/shared.html"

    def applies(self) -> bool:
        """Where a rule keeps the type from others."""
        return is_kept_from_some(type(self.record), self.actor)

    def content(self) -> dict[str, Any]:
        """The rule in words, and the shares."""
        may_share = self._may_share()
        shares = list(shares_of(self.record)) if may_share else []
        return {"scope": scope_of(type(self.record), self.actor).label, "shares": shares, "may_share": may_share}

    @property
    def add(self) -> str:
        """The form that shares it."""
        return f"{record_address(self.record.record_type, self.record.pk)}do/share_with/" if self._may_share() else ""

    def _may_share(self) -> bool:
        return _can_be_shared(self.record, self.actor) and self.actor.may(f"{self.record.record_type}.change")


def scope_of(model: type[OwnedRecord], actor: Actor) -> Scope:
    """The rule that holds for a type."""
    return Scope(actor.scopes.get(model.record_type, model.default_scope))


def is_kept_from_some(model: type[Record], actor: Actor) -> bool:
    """Whether a rule keeps records of the type from some, so that sharing one means something."""
    if not issubclass(model, OwnedRecord) or not model.is_shareable:
        return False
    return scope_of(model, actor) is not Scope.EVERYONE


def _can_be_shared(record: Any, actor: Actor) -> bool:
    return is_kept_from_some(type(record), actor) and reaches(record, actor) and record.is_reached_by(actor)


def sharing_actions(model: type[Record], actor: Actor) -> tuple[Action, ...]:
    """The verbs that share; for types that everyone sees they are not offered."""
    if not issubclass(model, OwnedRecord):
        return ()

    def applies(record: Any) -> bool:
        return _can_be_shared(record, actor)

    hint = _("They see this one record beside their own; choose a person or a team.")
    return (
        Action("share_with", icon="share-2", arguments=_with_whom(), applies=applies, hint=hint),
        Action("stop_sharing", arguments=(_SHARE_ID,), hidden=("share_id",), applies=applies, in_head=False),
    )


def _with_whom() -> tuple[Field, ...]:
    """What sharing asks, in the words of the share itself."""
    described = entry_of("share").fields
    return tuple(described[name] for name in ("user", "team", "may_edit", "until"))


def sharing_panels(model: type[Record]) -> tuple[type[Panel], ...]:
    """The panel for types that can be shared."""
    return (SharedWith,) if issubclass(model, OwnedRecord) and f"{model.record_type}.share_with" in VERBS else ()
