"""Making own fields in tests."""

from typing import Any

from rapport.core.editions import catch_up
from rapport.governance.models import OwnField


def own(kind: str = "text", *, label: str = "", for_type: str = "organisation", **more: Any) -> OwnField:
    """An own field, in the dictionary of this process."""
    needed: dict[str, Any] = {"choices": ["Gold", "Silver"]} if kind in ("choice", "several") else {}
    needed |= {"places": 2} if kind == "number" else {"currency": "EUR"} if kind == "amount" else {}
    field = OwnField.create(for_type=for_type, label=label or f"My {kind}", kind=kind, **{**needed, **more})
    catch_up()
    return field
