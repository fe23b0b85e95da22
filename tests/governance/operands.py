"""Examples of what operators are compared with."""

from rapport.governance.dictionary import Field
from rapport.governance.domains import Choice
from rapport.governance.selection.operators import Operand

_EXAMPLES: dict[Operand, tuple[str, ...]] = {
    Operand.NONE: (),
    Operand.TEXT: ("a",),
    Operand.NUMBER: ("10",),
    Operand.NUMBERS: ("10", "20"),
    Operand.DAY: ("today-3",),
    Operand.DAYS: ("2026-01-01", "today"),
    Operand.PERIOD: ("this_month",),
}


def example_of(operand: Operand, field: Field) -> tuple[str, ...] | None:
    """Texts that the operator accepts for the field; None where that takes a record."""
    if operand is Operand.OPTIONS:
        domain = getattr(field.domain, "each", field.domain)
        return (next(iter(domain.labels())),) if isinstance(domain, Choice) else ("anything",)
    if operand is Operand.RECORDS:
        special = {"user": "me", "team": "my_team"}.get(getattr(field.domain, "target", ""))
        return (special,) if special else None
    return _EXAMPLES[operand]
