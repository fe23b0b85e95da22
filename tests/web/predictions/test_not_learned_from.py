"""What a version did not learn from is named on its page: sources that contradict, features that knew the answer."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import translation

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import now
from rapport.intelligence.learning.provenance import TURNED
from rapport.intelligence.models import Estimator
from rapport.intelligence.tabular import leakage
from rapport.web.predictions.left_out import REASONS
from tests.cast import Cast
from tests.clients import signed_in

pytestmark = pytest.mark.django_db
ADDRESS = "/insights/predictions/lead_conversion/"
MEASURED = (
    "base_rate",
    "brier",
    "brier_of_base_rate",
    "ece",
    "ece_by_chance",
    "lift20",
    "pr_auc",
    "roc_auc",
    "shuffled_roc_auc",
)


def _learned(version: int, *, aside: str = "", left_out: str = "") -> Estimator:
    sources = [{"source": aside, "cases": 255, "reason": TURNED}] if aside else []
    known = [
        {"column": left_out, "alone": 0.9, "reason": "is filled almost only where the answer is the same"}
        for _one in range(bool(left_out))
    ]
    care = {"provenance": {"sources": 9, "capped": 0, "set_aside": sources}, "leakage": known}
    figures = {**dict.fromkeys(MEASURED, 0.5), "rows": 800, "calibration": [], **care}
    with acting_as(SYSTEM):
        return Estimator.create(
            prediction="lead_conversion",
            version=version,
            algorithm="logistic_regression",
            as_of=now() - timedelta(days=9 - version),
            trained_at=now() - timedelta(days=9 - version),
            cases=800,
            positives=300,
            compared=[],
            seconds=1,
            artefact="{}",
            figures=figures,
        )


def _page_of(cast: Cast, who: str, address: str = ADDRESS) -> str:
    page = signed_in(getattr(cast, who)).get(address).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.fixture
def live_and_newer(cast: Cast) -> None:
    with acting_as(SYSTEM):
        _learned(1).promote()
        _learned(2, aside=f"import {cast.alice.pk}", left_out="staff").shadow()


def test_what_a_version_in_the_shadow_leaves_out_is_told_before_it_is_live(cast: Cast, live_and_newer: None) -> None:
    page = _page_of(cast, "bob")
    assert f"{cast.alice.name} (import): its answers turn round what all others teach (255 cases)" in page
    assert "Employees: is filled almost only where the answer is the same" in page
    assert "So it is in version 2, learned since." in page


def test_who_may_not_choose_versions_is_told_no_names(cast: Cast, live_and_newer: None) -> None:
    page = _page_of(cast, "charlie")
    assert "one source (import): its answers turn round" in page
    assert f"{cast.alice.name} (import)" not in page


def test_the_card_names_what_the_live_version_left_out(cast: Cast) -> None:
    with acting_as(SYSTEM):
        _learned(1, left_out="staff").promote()
    told = "Left out: Employees: is filled almost only where the answer is the same"
    assert told in _page_of(cast, "bob", f"{ADDRESS}card/?as=text")
    assert "Employees: is filled almost only" in _page_of(cast, "bob", f"{ADDRESS}card/")
    assert "Employees: is filled almost only" in _page_of(cast, "bob")


def test_each_reason_of_the_probe_has_words_in_other_languages() -> None:
    code = Path(leakage.__file__).read_text(encoding="utf-8")
    with translation.override("fr"):
        assert all(f'"{reason}"' in code and str(words) != reason for reason, words in REASONS.items())
