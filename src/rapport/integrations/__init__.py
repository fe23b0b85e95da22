"""Bringing records in from other systems and files: reading, mapping, dry run, run, report, undo.

A *connector* reads a source; an *import* is one run of it, with an account of each row.
"""
