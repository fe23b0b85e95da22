"""Exports: records as files that hold all of them, and that bring exactly the same records back on an empty instance.

Main words: an *export* is a folder (or a zip of one) with a file per record type, the dictionary, the contents of files
and a *manifest* with counts and digests. It obeys the rights of whoever exports. It is no backup: history, passwords,
tokens, sign-on providers, webhooks, notifications and earlier imports stay where they are.
"""
