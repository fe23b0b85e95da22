"""What is bought together, and what to offer next: rules with intervals, recommenders tried on purchases held out.

Words: a *case* is a customer (or a basket) to whom something is offered; it *holds* items already; what it buys later
(or the item hidden from its basket) is *wanted*; a *hit* is a case with a wanted item among the ten offered.
"""

from .evaluation import Evaluation, evaluate
from .offers import Offer, offers_for
from .purchases import NothingToLearn, Purchases, purchases_of
from .rules import Rule, rules_of

__all__ = [
    "Evaluation",
    "NothingToLearn",
    "Offer",
    "Purchases",
    "Rule",
    "evaluate",
    "offers_for",
    "purchases_of",
    "rules_of",
]
