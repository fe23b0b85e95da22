"""The settings of own fields: which a record type has, a form for each kind, and what uses it."""
