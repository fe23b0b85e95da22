"""Numbers of machines in lists lead to their reasons."""

import pytest

from rapport.core.records import RECORD_TYPES
from rapport.web.lists.explained import explained_columns
from rapport.web.records.page import discover
from rapport.web.records.panels import EVERYWHERE


@pytest.mark.parametrize("record_type", ["opportunity", "lead", "organisation"])
def test_each_panel_named_by_a_column_is_there(record_type: str) -> None:
    discover()
    told = explained_columns(record_type)
    assert set(told.values()) <= {panel.key for panel in EVERYWHERE}
    assert all(hasattr(RECORD_TYPES[record_type], column) for column in told)


def test_what_people_enter_leads_nowhere() -> None:
    assert "probability" not in explained_columns("opportunity")
    assert explained_columns("task") == {}
