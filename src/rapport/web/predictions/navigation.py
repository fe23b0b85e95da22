"""Predictions in the navigation."""

from django.utils.translation import gettext_lazy as _

from rapport.web.ui.navigation import Entry, add

add(Entry("predictions", _("Predictions"), icon="gauge", url="predictions", order=78))
