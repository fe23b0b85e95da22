"""The board of a pipeline: stages as columns, opportunities as cards that move by mouse, keyboard or menu.

What moves and what it needs is decided by the verbs of `pipeline`; here is only how that is asked and shown.
"""
