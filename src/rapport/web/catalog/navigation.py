"""Creating products and price lists from anywhere."""

from django.utils.translation import gettext_lazy as _

from rapport.web.ui import navigation
from rapport.web.ui.navigation import Creation

navigation.add_creation(
    Creation(
        "product",
        _("Product"),
        icon="box",
        url="product-new",
        permission="product.create",
        order=90,
    )
)
navigation.add_creation(
    Creation(
        "pricelist",
        _("Price list"),
        icon="tags",
        url="pricelist-new",
        permission="pricelist.create",
        order=92,
    )
)
