"""What is known of one family of values."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rapport.governance.domains import ValueProblem

Schema = dict[str, Any]
Write = Callable[[Any], Any]


@dataclass(frozen=True)
class Kind:
    """One family of values: `schema` of a single value (never null), `write` to JSON, `check` what came as JSON."""

    schema: Callable[[Any], Schema]
    write: Write
    check: Callable[[Any, Any], Any]


def refuse(expected: str) -> ValueProblem:
    """What is said of a value of the wrong kind."""
    return ValueProblem(_("Expected %(kind)s here.") % {"kind": expected})
