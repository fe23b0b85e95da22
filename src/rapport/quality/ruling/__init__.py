"""What a rule is, where rules are found, and how they are asked.

*Asked* rules are a condition for the database, across related records. *Judged* rules look at the values of one row in
Python. Both work on all records, on some, and on rows that are not stored yet (typed, or read from a file).
"""

from .examples import Day, Example
from .rule import Asked, Checked, Dimension, Found, Judge, Judged, Rule, Severity

__all__ = ["Asked", "Checked", "Day", "Dimension", "Example", "Found", "Judge", "Judged", "Rule", "Severity"]
