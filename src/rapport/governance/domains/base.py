"""What every value domain can do."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from rapport.core.problems import Problem
from rapport.core.texts import refusal_of, unkept


class ValueProblem(Problem):
    """A text is no value of the domain; `suggestion` is what was probably meant, if anything."""

    def __init__(self, message: object, *, suggestion: str | None = None, similarity: float = 0.0) -> None:
        self.suggestion = suggestion
        self.similarity = similarity
        super().__init__(message)


@dataclass(frozen=True)
class Domain:
    """A set of values. `kind` selects the form field, the filter operators and the cell that show it."""

    kind: ClassVar[str] = "text"
    standard: ClassVar[str] = ""

    def parse(self, raw: object) -> Any:
        """The value to store for what was typed or read; None when there is nothing. Raises `ValueProblem`."""
        raise NotImplementedError

    def display(self, value: Any) -> str:
        """The value as text for a person, in the active language."""
        return "" if value is None else str(value)

    def export(self, value: Any) -> str:
        """The value as text that `parse` reads back exactly, whatever the language."""
        return "" if value is None else str(value)


def text_of(raw: object) -> str:
    """What was given as clean text: no outer spaces; raises `ValueProblem` on what is no text, or can't be shown."""
    if isinstance(raw, dict | list | tuple | set | bytes):
        raise ValueProblem(_("This is a list or an object, not a single value. Give a text."))
    text = "" if raw is None else str(raw).strip()
    if found := unkept(text):
        raise ValueProblem(refusal_of(found))
    return text


def entries_of(raw: object) -> list[dict[str, Any]] | None:
    """The entries of a list of objects; None when it is no list. Raises `ValueProblem` on anything else inside."""
    if not isinstance(raw, list | tuple):
        return None
    if not all(isinstance(entry, dict) for entry in raw):
        raise ValueProblem(_("Each entry of this list must be an object with named values."))
    return list(raw)
