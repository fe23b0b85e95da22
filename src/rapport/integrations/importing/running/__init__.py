"""The run: what was staged is written chunk by chunk, each with its progress in one transaction.

So a run can be stopped or killed at any moment and goes on where it was: a chunk and the note that it was written
are there together or not at all.
"""
