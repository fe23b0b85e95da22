"""Identity: who logs in and what they may do.

Main words: a *user* has one *role* and belongs to a *team*; teams form a tree. A role grants verbs
(`roles`), a *visibility rule* per record type says whether its records are seen by their owner, the
owner's team or everyone. It does not know customers: people outside the company live in `directory`.
"""
