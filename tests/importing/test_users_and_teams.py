"""A list of sales people becomes users, with the teams and managers it names."""

import pytest

from rapport.identity.models import Team, User
from rapport.integrations.importing import jobs
from rapport.integrations.importing.service import report_of
from rapport.integrations.models import Import

from .conftest import checked, imported, outcomes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_system")]

TEAMS = "sales_agent,manager,regional_office\nAnna,Dustin,Central\nCecily,Dustin,Central\nMoses,Anna,East\n"


def test_the_headings_tell_users_with_their_managers_and_teams() -> None:
    (file,) = checked({"sales_teams.csv": TEAMS}).files.all()
    assert file.record_type == "user"
    assert file.mapping == {"sales_agent": "name", "manager": "manager", "regional_office": "team"}


def test_the_dry_run_writes_nothing_and_says_what_would_be() -> None:
    subject = checked({"sales_teams.csv": TEAMS})
    assert outcomes(subject) == {"sales_teams.csv": (3, 0, 0, 0, 0)}
    assert not User.objects.exists()
    offers = {(note.field, note.value) for note in report_of(subject).created_by_offer}
    assert offers == {("manager", "Dustin"), ("team", "Central"), ("team", "East")}


def test_unknown_teams_and_managers_are_created_and_linked() -> None:
    imported({"sales_teams.csv": TEAMS})
    found = {
        user.name: (user.manager and user.manager.name, user.team and user.team.name) for user in User.objects.all()
    }
    assert found == {
        "Anna": ("Dustin", "Central"),
        "Cecily": ("Dustin", "Central"),
        "Moses": ("Anna", "East"),
        "Dustin": (None, None),
    }


def test_the_same_file_again_changes_nothing() -> None:
    imported({"sales_teams.csv": TEAMS})
    assert outcomes(imported({"sales_teams.csv": TEAMS})) == {"sales_teams.csv": (0, 0, 3, 0, 0)}
    assert User.objects.count() == 4


def test_undo_takes_everything_back_and_the_file_goes_in_again() -> None:
    subject = imported({"sales_teams.csv": TEAMS})
    jobs.undo_now(subject)
    assert (User.objects.count(), Team.objects.count()) == (0, 0)
    assert outcomes(imported({"sales_teams.csv": TEAMS})) == {"sales_teams.csv": (3, 0, 0, 0, 0)}
    assert Import.objects.count() == 2
