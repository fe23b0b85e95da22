"""What imports have to know of a record type beyond the dictionary: one file per type, found by itself.

A *kind* names the field that is the title, what else tells one record from another, headings that other systems use,
fields that only imports know (such as an outcome that is a stage elsewhere) and the records written beside a row.
"""

from rapport.integrations.importing.kinds.kind import Companion, Context, Kind, Values, kind_of, register

__all__ = ["Companion", "Context", "Kind", "Values", "kind_of", "register"]
