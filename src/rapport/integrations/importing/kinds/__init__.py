"""What imports have to know of a record type beyond the dictionary: one file per type, found by itself.

A *kind* names the field that is the title, what else tells one record from another, headings that other systems use,
fields that only imports know, and what follows from a row's values.
"""

from rapport.integrations.importing.kinds.kind import Kind, Offer, Values, kind_of, register

__all__ = ["Kind", "Offer", "Values", "kind_of", "register"]
