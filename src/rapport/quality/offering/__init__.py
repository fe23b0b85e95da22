"""Values to offer where one is missing: what is known elsewhere, with why. Nothing is ever filled in by itself."""

from .offer import Offer
from .offering import offers_for, offers_of

__all__ = ["Offer", "offers_for", "offers_of"]
