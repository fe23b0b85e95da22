"""Guessing what a file is about: the kinds of its columns, the record type of its rows, which column is which field.

Main words: a *profile* tells what a column holds, a *target* is what rows can become (a record type with its fields),
a *guess* proposes one target and a field per column, each with its reason. Pure functions; a guess is shown and can be
changed.
"""
