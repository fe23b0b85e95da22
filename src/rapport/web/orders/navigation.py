"""Creating orders and contracts from anywhere."""

from django.utils.translation import gettext_lazy as _

from rapport.web.ui import navigation
from rapport.web.ui.navigation import Creation

navigation.add_creation(
    Creation(
        "order",
        _("Order"),
        icon="package",
        url="order-new",
        permission="order.create",
        order=80,
    )
)
navigation.add_creation(
    Creation(
        "contract", _("Contract"), icon="file-signature", url="contract-new", permission="contract.create", order=85
    )
)
