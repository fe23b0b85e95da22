"""Governance: what each value means and how it must be treated.

Main words: the *dictionary* describes each *field* of each record type once, after ISO/IEC 11179: label,
meaning, *value domain*, standard, personal-data class, steward, and when it is mandatory. Forms, lists,
filters, import, API and help read it. *Own fields* and *own types* are those that users add. It stores no
business records but those of own types.
"""
