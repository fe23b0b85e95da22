"""Creating organisations and people from anywhere."""

from django.utils.translation import gettext_lazy as _

from rapport.web.ui import navigation
from rapport.web.ui.navigation import Creation

navigation.add_creation(
    Creation(
        "organisation",
        _("Organisation"),
        icon="building-2",
        url="organisation-new",
        permission="organisation.create",
        order=10,
    )
)
navigation.add_creation(
    Creation(
        "person",
        _("Person"),
        icon="user-plus",
        url="person-new",
        permission="person.create",
        order=20,
    )
)
