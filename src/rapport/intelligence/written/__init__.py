"""Numbers and dates as people write them in tables: a whole column is looked at before one cell is read.

Words: *days* are days since 1970-01-01, with the time of day as the fraction; what can't be read is NaN.
"""

from .dates import days_of
from .mistyped import mistyped_days
from .numbers import numbers_of

__all__ = ["days_of", "mistyped_days", "numbers_of"]
