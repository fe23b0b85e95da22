"""Creating opportunities from anywhere."""

from django.utils.translation import gettext_lazy as _

from rapport.web.ui import navigation
from rapport.web.ui.navigation import Creation

navigation.add_creation(
    Creation(
        "opportunity", _("Opportunity"), icon="target", url="opportunity-new", permission="opportunity.create", order=30
    )
)
