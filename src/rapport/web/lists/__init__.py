"""Lists: one engine for the lists of all record types.

A type joins by a `ListSpec` (see `kinds`): its usual columns, order and views. Everything else follows from the
dictionary. What a list shows - filters, order, columns, text searched - is its *setup* and stands in the address, so
that going back, sharing and saving a view are one thing. A *view* is a setup with a name.
"""
