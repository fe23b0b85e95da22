"""Puts what is expected beside records."""

from rapport.web.records.panels import EVERYWHERE

from .panels import DayOfDecision, ExpectedBusiness, LifetimeValue, PastRisks

EVERYWHERE.extend((ExpectedBusiness, DayOfDecision, PastRisks, LifetimeValue))
