"""Verifying what somebody types, imports or syncs: the checks of single values, and what the surroundings tell.

A *question* is one value of a field with what else is known of the record. The answer is a verdict or nothing; a
doubtful value is never refused. Outside services plug in through `SERVICES`.
"""

from .question import Question
from .services import SERVICES
from .verify import is_verified, verify

__all__ = ["SERVICES", "Question", "is_verified", "verify"]
