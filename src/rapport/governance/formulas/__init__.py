"""Formulas: a small language in which the value of an own field is told from other fields of the same record.

`tokens` and `syntax` read the text, `compiling` checks it against the fields of the record type and makes a function
of it, `functions` holds what can be called. Nothing of it can do more than work out one value: there are no loops,
no assignments and no names but those of fields. What can't be worked out, such as a division by zero, is empty.
"""

from .compiling import Compiled, compile_formula
from .meanings import Kind, Meaning, Source
from .problems import FormulaProblem

__all__ = ["Compiled", "FormulaProblem", "Kind", "Meaning", "Source", "compile_formula"]
