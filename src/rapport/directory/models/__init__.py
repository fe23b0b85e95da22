"""The tables of the directory."""

from .affiliation import Affiliation
from .organisation import Lifecycle, Organisation, Place, ServiceModel
from .person import BuyingRole, Person

__all__ = ["Affiliation", "BuyingRole", "Lifecycle", "Organisation", "Person", "Place", "ServiceModel"]
