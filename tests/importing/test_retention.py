"""Staged rows are forgotten when nothing needs them any more; what was counted stays known."""

from datetime import timedelta

import pytest

from rapport.core.clock import fixed_at, now
from rapport.integrations.importing import jobs
from rapport.integrations.importing.jobs import undo_now
from rapport.integrations.importing.retention import forget_staged_rows
from rapport.integrations.importing.service import report_of, row_notes
from rapport.integrations.models import Import, StagedRow, Status

from .conftest import checked, imported, outcomes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_system")]

ACCOUNTS = {"accounts.csv": "Account Name,Country\nAcme,FR\nBeta,FR\n,FR\n"}


def forget_after(days: int) -> None:
    with fixed_at(now() + timedelta(days=days)):
        forget_staged_rows()


def test_used_rows_go_after_a_day_and_the_report_stays() -> None:
    subject = imported(ACCOUNTS)
    before = report_of(subject)
    forget_after(0)
    assert StagedRow.objects.count() == 3
    forget_after(2)
    assert [row.action for row in StagedRow.objects.all()] == ["reject"]
    assert report_of(subject) == before
    assert len(list(row_notes(subject.files.get()))) == 1
    forget_after(2)
    assert report_of(subject) == before


def test_bad_rows_go_in_the_end_and_are_still_counted() -> None:
    subject = imported(ACCOUNTS)
    forget_after(200)
    assert not StagedRow.objects.exists()
    assert outcomes(subject) == {"accounts.csv": (2, 0, 0, 0, 1)}


def test_an_import_can_be_undone_without_its_rows() -> None:
    subject = imported(ACCOUNTS)
    forget_after(2)
    undo_now(subject)
    subject.refresh_from_db()
    assert subject.status == Status.UNDONE
    assert outcomes(subject) == {"accounts.csv": (2, 0, 0, 0, 1)}


def test_a_check_nobody_used_is_forgotten_and_can_be_done_again() -> None:
    subject = checked(ACCOUNTS)
    forget_after(31)
    subject = Import.objects.get(pk=subject.pk)
    assert (subject.status, StagedRow.objects.count()) == (Status.UPLOADED, 0)
    jobs.check_now(subject)
    assert outcomes(subject) == {"accounts.csv": (2, 0, 0, 0, 1)}
