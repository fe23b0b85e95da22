"""Where a customer stands in the portfolio, with the signals that put it there."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rapport.catalog.queries import base_currency
from rapport.directory.models import Place, ServiceModel
from rapport.intelligence.models import Estimator, Expectation
from rapport.intelligence.outlooks.portfolio import tells_of_the_future
from rapport.intelligence.portfolio import names

from . import signals
from .panel import OutlookPanel, version_of


def caveat(estimator: Estimator | None) -> str:
    """What is to be known where the places picture today only; empty where they told of a later year, too."""
    told = tells_of_the_future(estimator.figures) if estimator else None
    if told is None:
        return gettext(
            "A picture of today: too few were customers a year ago to try whether it tells of the year to come."
        )
    if told:
        return ""
    return gettext("A picture of today: a year ago, it told no more of the orders that followed than chance.")


class PlaceInThePortfolio(OutlookPanel):
    """Direct and indirect value, collaboration, and the service that fits; each with its signals and their ranks."""

    key, title, icon, template = "portfolio", _("Place in the portfolio"), "grid-2x2", "outlooks/placed.html"
    outlook_name = "portfolio"

    def shown(self, told: Expectation) -> Mapping[str, Any]:
        """All as kept, nothing is worked out anew."""
        if told.withheld:
            return {}
        found = told.detail
        currency = base_currency()
        hidden = signals.hidden_from(self.actor, [told.record_id]).get(told.record_id, frozenset())
        axes = ((_("Direct value"), "direct", names.DIRECT), (_("Indirect value"), "indirect", names.INDIRECT))
        bond = (_("Collaboration"), "bond", names.BOND)
        return {
            "place": Place(found["place"]).label,
            "service": ServiceModel(found["service"]).label,
            "caveat": caveat(version_of(told)),
            "is_high_value": found["high_value"],
            "axes": [
                (label, round(found[key]), signals.told(found["signals"], among, currency, hidden))
                for label, key, among in (*axes, bond)
            ],
        }
