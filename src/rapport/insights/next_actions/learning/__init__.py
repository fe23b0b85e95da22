"""Whether another order is better than the stated one: learned from what was shown, judged by what chance put there.

`reward` foresees what follows when a suggestion is among the first ones and when it is not; the learned order puts up
those for which that makes the greatest difference (uplift, not response). `off_policy` estimates from the notes what an
order would have brought, `reviewing` takes the learned order only when it is proved better on newer lists.
"""
