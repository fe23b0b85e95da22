"""Figures of pages, kept for up to an hour for each sight, because working them out reads all that is seen.

Words: a *question* is what a page asks; a *sight* is all that the answer may depend on in who asks. Who sees everything
shares one answer, all others have their own. What was kept is gone with the right to see it (`rapport.identity.sight`).
"""
