"""Backups: everything an installation knows in one file, made while it runs, and brought back on an empty home.

Main words: a *container* is the file (a zip archive, sealed with a passphrase if one is given), its *manifest* says
what must be in it, the *dump* is the database as PostgreSQL's own `pg_dump` writes it. `making` makes, `restoring`
checks, restores beside what is there, and only then swaps. Copying the file to another place is not done here.
"""
