"""Conditions and how they are written: `field:operator:value|value`, joined by and/or.

Conditions without a group stand alone; those of one group are joined among themselves. With `any_of` false, alone
and groups must all hold and within a group one is enough; with `any_of` true it is the other way round.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

MOST_CONDITIONS = 40
LONGEST_CONDITION = 2_000


@dataclass(frozen=True)
class Condition:
    """One filter as written; whether it makes sense is told by `matching.match`."""

    field: str
    operator: str
    values: tuple[str, ...] = ()
    group: int = 0
    is_cut: bool = False

    @classmethod
    def read(cls, text: str, *, group: int = 0) -> "Condition":
        """A condition from its text; anything can be read, sense or not. What is too long is cut and says so."""
        field, _, rest = text[:LONGEST_CONDITION].replace("\x00", "").partition(":")
        operator, has_values, values = rest.partition(":")
        is_cut = len(text) > LONGEST_CONDITION
        return cls(field, operator, tuple(_split(values)) if has_values else (), group, is_cut)

    def __str__(self) -> str:
        written = "|".join(value.replace("\\", "\\\\").replace("|", "\\|") for value in self.values)
        return f"{self.field}:{self.operator}:{written}" if self.values else f"{self.field}:{self.operator}"


def _split(text: str) -> list[str]:
    """Values separated by "|"; a backslash takes the next character as it is."""
    values, current, escaped = [], "", False
    for char in text:
        if escaped:
            current, escaped = current + char, False
        elif char == "\\":
            escaped = True
        elif char == "|":
            values.append(current)
            current = ""
        else:
            current += char
    return [*values, current]


@dataclass(frozen=True)
class Selection:
    """All conditions of a list, in the order in which they were added."""

    conditions: tuple[Condition, ...] = ()
    any_of: bool = False

    @classmethod
    def read(cls, parameters: Mapping[str, Sequence[str]]) -> "Selection":
        """From a query string's parameters: `f` for conditions alone, `f1`, `f2` … for groups, `match=any`.

        Of more conditions than there may be, one is kept, so that it can be told.
        """
        found = [
            Condition.read(text, group=group)
            for name, texts in parameters.items()
            if (group := _group_of(name)) is not None
            for text in texts
            if text
        ]
        return cls(tuple(found[: MOST_CONDITIONS + 1]), parameters.get("match", ["all"])[-1:] == ["any"])

    def parameters(self) -> list[tuple[str, str]]:
        """The query string's parameters that `read` turns into this selection."""
        joined = [("match", "any")] if self.any_of else []
        return joined + [(f"f{item.group}" if item.group else "f", str(item)) for item in self.conditions]

    def with_condition(self, condition: Condition) -> "Selection":
        """With one more condition; the same one twice stays one."""
        kept = [item for item in self.conditions if item != condition]
        return replace(self, conditions=(*kept, condition))

    def without(self, condition: Condition) -> "Selection":
        """Without this condition; a group of one left over stands alone again."""
        kept = [item for item in self.conditions if item != condition]
        return replace(self, conditions=tuple(_ungroup(kept)))

    def replacing(self, old: Condition, new: Condition) -> "Selection":
        """With `new` in the place of `old`."""
        return replace(self, conditions=tuple(new if item == old else item for item in self.conditions))

    def joined_to(self, neighbour: Condition, new: Condition) -> "Selection":
        """With `new` in the group of `neighbour`, which gets a group if it stood alone."""
        group = neighbour.group or max((item.group for item in self.conditions), default=0) + 1
        grouped = self.replacing(neighbour, replace(neighbour, group=group))
        return grouped.with_condition(replace(new, group=group))

    def groups(self) -> list[tuple[Condition, ...]]:
        """Conditions that belong together, in the order of their first one."""
        found: dict[tuple[int, int], list[Condition]] = {}
        for position, item in enumerate(self.conditions):
            found.setdefault((item.group, 0 if item.group else position), []).append(item)
        return [tuple(items) for items in found.values()]


def _group_of(name: str) -> int | None:
    if name == "f":
        return 0
    number = name[1:]
    return int(number) if name.startswith("f") and number.isdecimal() and number.isascii() and len(number) < 3 else None


def _ungroup(conditions: Iterable[Condition]) -> list[Condition]:
    kept = list(conditions)
    sizes = {item.group: sum(other.group == item.group for other in kept) for item in kept}
    return [replace(item, group=0) if sizes[item.group] == 1 else item for item in kept]
