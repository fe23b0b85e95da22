"""The dry run: every row read, understood, matched with what is there, and staged with what would become of it.

Main words: a *candidate* is a row being checked, the *book* gathers what people must know or decide, a staged row is
the result. Nothing here writes a record; running carries out what was staged.
"""
