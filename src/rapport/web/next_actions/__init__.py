"""What to do next, as pages: the whole list, the first ones on Today, those about a record, and how they fare."""
