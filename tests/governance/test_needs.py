"""The dictionary, from its page to whatever writes a record: none of them keeps a value that it does not allow."""

from collections.abc import Callable

import pytest
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.directory.models import Organisation
from rapport.governance.domains import ValueProblem
from rapport.identity.models import User
from rapport.oversight.machine import Evidence, Grounds, acting_as_machine, propose
from rapport.oversight.models import Proposal
from tests.api.conftest import Program
from tests.cast import Cast
from tests.importing.conftest import home, imported, outcomes
from tests.web.conftest import cast, signed_in

__all__ = ["cast", "home", "signed_in"]


def test_q7_one_description_is_obeyed_by_page_program_import_and_machine(
    cast: Cast, signed_in: Callable[[User], Client]
) -> None:
    alice, program = signed_in(cast.alice), Program(cast.alice)
    described = alice.get("/settings/dictionary/organisation/").content.decode()
    assert "ISO 3166-1 alpha-2" in described
    typed = {"name": "By hand", "owner": str(cast.alice.pk)}
    refused = alice.post("/organisations/new/", {**typed, "country": "Atlantis"})
    assert (refused.status_code, "Atlantis" in refused.content.decode()) == (422, True)
    assert alice.post("/organisations/new/", {**typed, "country": "France"}).status_code == 302
    problem = program.post("organisations", {"name": "By program", "country": "Atlantis"})
    assert (problem.status_code, "country" in problem.content.decode()) == (422, True)
    assert program.post("organisations", {"name": "By program", "country": "FR"}).status_code == 201
    with cast.acting(cast.dora):
        done = imported({"organisations.csv": "Name,Country\nAside,Atlantis\nBy file,Frankreich\n"})
    assert outcomes(done)["organisations.csv"][0] == 2
    with acting_as(SYSTEM):
        empty = Organisation.create(name="By machine", owner=cast.alice)
    grounds = Grounds([Evidence(empty, "name", (0, 2), empty.name)], 0.96, "rules.country/1", "It says so.")
    with pytest.raises(ValueProblem, match="Atlantis"), acting_as_machine("quality.fill_empty") as run:
        propose(run, grounds, empty.change, country="Atlantis")
    assert not Proposal.objects.exists()
    countries = dict(Organisation.objects.values_list("name", "country"))
    assert countries == {"By hand": "FR", "By program": "FR", "By file": "FR", "Aside": "", "By machine": ""}
