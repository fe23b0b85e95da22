"""Merging: two records of one type that stand for the same thing become one, and undo makes two of them again.

    organisation.merge_into(other)

The one that stays gets what it lacks; what it replaces stays in the history. Every foreign key is found from the models
and moved; what refers to records in another way is moved by those who keep it (`ALSO_MOVED`). A `Merger` says where
a record went, so that its address and its identifiers in other systems still lead somewhere.
"""
