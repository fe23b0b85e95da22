"""Own fields whose values follow from others: formulas over fields of the record, roll-ups over records linked to it.

`preparing` understands them, in the order in which they rest on one another; `force` holds those in force in this
process; `settling` brings roll-ups up to date with each verb, `recomputing` all values when a field itself changes;
`concealing` hides from a reader what follows from what it must not see.
"""
