"""Core: the mechanisms every domain rests on, with no business word in it.

Main words: an *actor* does a *verb*; each verb call writes one *event* with the *changes* of every
row it touched; *undo* plays those changes back; *reactions* and *jobs* run after the commit.
It does not know users, customers or pages: higher layers plug in through registries.
"""
