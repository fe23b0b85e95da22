"""Puts what is expected beside records."""

from rapport.web.records.panels import EVERYWHERE

from .offers import WhatToOffer
from .panels import DayOfDecision, ExpectedBusiness, LifetimeValue
from .placed import PlaceInThePortfolio
from .risks import PastRisks

EVERYWHERE.extend((ExpectedBusiness, DayOfDecision, PastRisks, WhatToOffer, LifetimeValue, PlaceInThePortfolio))
