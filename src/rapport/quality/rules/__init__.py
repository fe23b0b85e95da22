"""The rules that ship, one a file, each with its own examples.

A new file needs nothing else: its `RULE` is asked of all records, shown on the board, and tested by its examples.
"""
