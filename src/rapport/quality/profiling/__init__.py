"""Finding the errors of any table, cell by cell, without rules written for it (`./rapport profile`).

    found = profile({"city": ["Braga", "Braga", "Barga"], "country": ["PT", "PT", "PT"]})

`grid` holds the table, each file in `signs` looks for one sign of error (a near miss of a frequent value, another
format, a broken dependency between columns …), `dependencies` are learned from the table itself, `inspection` adds the
signs up, `findings` makes proposals of them. `labels` and `learning` use rows that somebody corrected, `asking` says
which rows those should be.
"""

from .findings import Finding
from .labels import UselessLabels
from .profile import ColumnProfile, FoundDependency, Profile, profile, rows_worth_correcting

__all__ = [
    "ColumnProfile",
    "Finding",
    "FoundDependency",
    "Profile",
    "UselessLabels",
    "profile",
    "rows_worth_correcting",
]
