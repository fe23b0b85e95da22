"""Data quality: whether values are right, and what was probably meant where they are not.

`checking` judges single values (`./rapport check`). A *verdict* is good, doubtful or bad, with its reason, a *proposal*
where one can be made, and how sure it is. Nothing is ever changed here: people or verbs do that.
"""
