"""Trials of people against the machine: who foresees better, and does it help to be shown what the machine foresees?

A trial is registered before its first case and frozen. In its *blind* part people say how likely something is before
they see the machine's number, which is worked out silently at that moment; the outcome arrives later. In its *effect*
part the number is shown in some weeks of some sellers and not in others, drawn by chance.

Main words: a *trialled* prediction is one that a higher layer registered here; a *case* is one record asked of one
person; an *arm* is what was shown in a week; the *machine's estimate* is kept beside the case and never shown before.
"""
