"""The pages of colleagues and teams: who they are, and what they work on. They are managed in the settings."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rapport.identity.models import User
from rapport.web.places import record_address

from .page import Badge, RecordPage
from .related import RelatedPanel, Row


class Members(RelatedPanel):
    """Who belongs to a team."""

    key, title, icon = "members", _("Members"), "users"
    related_type, link = "user", "team"
    nothing = _("Nobody belongs to this team yet.")

    def found(self) -> Iterable[Any]:
        """Those who may sign in, by name."""
        members = User.objects.visible_to(self.actor).filter(team=self.record, is_active=True)
        return members.order_by("name", "id")[:8]

    def row(self, record: User) -> Row:
        """With their role."""
        return Row(record.name, record_address("user", record.pk), aside=record.get_role_display())

    @property
    def add(self) -> str:
        """Colleagues are invited in the settings."""
        return ""


class UserPage(RecordPage):
    """A colleague."""

    record_type = "user"
    chips = ("role", "team", "job_title")
    avatar = "round"
    hidden_verbs = ("choose_password", "change_own_account", "change_own_password")

    def badges(self, record: Any) -> list[Badge]:
        """Whether they still work with us."""
        return [] if record.is_active else [Badge(_now("Deactivated"), "warning")]


class TeamPage(RecordPage):
    """A team."""

    record_type = "team"
    chips = ("parent",)
    panels = (Members,)
