"""Findings, and how they are kept in step with the records.

*Assessing* asks all rules of some records and settles what they found: findings open, end, and are counted in one go.
*Keeping up* does so for the records of new events, *full runs* for all records.
"""
