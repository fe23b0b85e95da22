"""What tests of imports may use."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rapport.core.actors import Actor
from rapport.integrations.importing import jobs
from rapport.integrations.importing.service import Upload, report_of, start_import
from rapport.integrations.models import Import, Status
from rapport.pipeline.models import Pipeline
from rapport.pipeline.setup import create_sales_cycle

Files = dict[str, str | bytes]


def upload(files: Files, **options: Any) -> Import:
    """An import of these files, mapped as guessed."""
    uploads = [
        Upload(name, io.BytesIO(content if isinstance(content, bytes) else content.encode()))
        for name, content in files.items()
    ]
    return start_import(uploads, options=options)


def checked(files: Files, **options: Any) -> Import:
    """An import of these files after the dry run."""
    subject = upload(files, **options)
    jobs.check_now(subject)
    assert subject.status == Status.CHECKED, subject.problem
    return subject


def imported(files: Files, **options: Any) -> Import:
    """An import of these files, run to its end."""
    subject = checked(files, **options)
    jobs.run_now(subject)
    subject.refresh_from_db()
    assert subject.status == Status.DONE, subject.problem
    return subject


def outcomes(subject: Import) -> dict[str, tuple[int, int, int, int, int]]:
    """Created, changed, unchanged, skipped and rejected rows by file; all rows accounted for."""
    report = report_of(subject)
    assert report.accounted
    return {
        count.file: (count.created, count.changed, count.unchanged, count.skipped, count.rejected)
        for count in report.files
    }


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    """Uploads go to a folder of the test's own."""
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def sales_cycle(as_system: Actor) -> None:
    """The pipeline a new installation starts with."""
    if not Pipeline.objects.exists():
        create_sales_cycle()


Importing = Callable[..., Import]
