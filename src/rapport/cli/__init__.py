"""The command line: `./rapport …`, one file for each command in `commands/`.

A command parses its arguments, calls a verb or a query and prints the answer; what it does is in the domains.
`serving/` is what `./run` becomes: the pages, the background work and the database under one supervisor.
"""
