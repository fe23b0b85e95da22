"""Imports set no field that is locked for whoever imports."""

import io

import pytest

from rapport.core.problems import Problem
from rapport.directory.models import Organisation
from rapport.integrations.importing import jobs
from rapport.integrations.importing.mapping import field_options, map_file
from rapport.integrations.importing.service import Upload, start_import
from tests.cast import Cast
from tests.rights.rules import lock

ROWS = b"name,employees\nAcme,12\n"


def test_a_locked_field_is_neither_offered_nor_guessed_nor_written(fresh: None, cast: Cast) -> None:
    lock("organisation.employees")
    with cast.acting(cast.alice):
        started = start_import([Upload("organisations.csv", io.BytesIO(ROWS))])
        jobs.check_now(started)
        file = started.files.get()
        assert "employees" not in {option.name for option in field_options("organisation")}
        with pytest.raises(Problem, match="Employees"):
            map_file(file, record_type="organisation", mapping={"name": "name", "employees": "employees"})
        mapped = map_file(file, record_type="organisation")
        assert "employees" not in mapped.mapping.values()
    assert not Organisation.objects.filter(employees=12).exists()
