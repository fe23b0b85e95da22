"""Record pages: one engine for the pages of all record types, set up per domain by small classes.

A domain describes its pages in `rapport/web/<domain>/pages.py` (see `page.RecordPage`), found by itself. The engine
gives each type its page, its form, inline editing, its verbs with their small forms, its history with undo.
"""
