"""What can be learned from records: predictions that are calibrated, explained and honest about their limits.

Words: an *estimator* is a learned model; a *candidate* is a way of learning one; a *target* is the column or fact to be
foreseen; *by time* means learned on the older cases and tried on the newest.

`tabular` learns yes-or-no answers from a table. It knows nothing of records, pages or the database.
"""
