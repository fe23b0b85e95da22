"""Which records, in which order: filters on described fields, written as text, and pages that stay fast.

*Condition*: a field, an operator and its values, written `industry:is:software`. *Selection*: conditions joined by
and/or. *Matched*: a condition that was understood, with the database's own form of it; *misfit*: one that was not,
with the reason. *Keyset page*: the rows after (or before) one row, found through an index whatever the page number.

Nothing in here knows of requests or pages: lists, the API, segments and rules share it. Rights: each query passed in
starts with `visible_to`; a link is compared only with records that the actor may see.
"""

from .conditions import Condition, Selection
from .keyset import Page, Position, Stretch, page_by, page_of
from .matching import Matched, Misfit, match
from .operators import Operand, Operator, operators_for
from .ordering import Order, order_by

__all__ = [
    "Condition",
    "Matched",
    "Misfit",
    "Operand",
    "Operator",
    "Order",
    "Page",
    "Position",
    "Selection",
    "Stretch",
    "match",
    "operators_for",
    "order_by",
    "page_by",
    "page_of",
]
