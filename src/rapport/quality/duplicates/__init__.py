"""Duplicates among the records of this installation: found in bulk, looked through by people, merged by verbs.

`tables` turns records into columns to compare, `searching` looks through all records of a type (nightly, or asked for),
`review` gives what somebody may look through, `entry` what is like a record just being typed. Pairs are derived and
replaced by each search; what people say about a pair (`DuplicateDecision`) is a record with history and undo.
"""
