"""The lists in the navigation."""

from django.utils.translation import gettext_lazy as _

from rapport.web.ui.navigation import Entry, add

add(Entry("leads", _("Leads"), "sprout", "leads", "lead.read", key="l", order=20, on_phone=True))
add(
    Entry(
        "organisations",
        _("Organisations"),
        "building-2",
        "organisations",
        "organisation.read",
        key="o",
        order=40,
        on_phone=True,
    )
)
add(Entry("people", _("People"), "users", "people", "person.read", key="e", order=50))
add(Entry("opportunities", _("Opportunities"), "target", "opportunities", "opportunity.read", key="u", order=35))
add(Entry("tasks", _("Tasks"), "list-checks", "tasks", "task.read", key="a", order=60))
add(Entry("products", _("Products"), "package", "products", "product.read", key="r", order=70))
