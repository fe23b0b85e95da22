"""While all records are told of, some are told of by themselves or end: what was asked later stays."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import now, today
from rapport.directory.models import Organisation
from rapport.intelligence.models import Expectation
from rapport.intelligence.outlooks import outlooks
from rapport.intelligence.outlooks.keeping import write
from rapport.intelligence.outlooks.outlook import Outlook, Told
from rapport.intelligence.outlooks.telling import tell
from rapport.pipeline.models import Opportunity
from rapport.pipeline.setup import ensure_default_pipeline
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db
CLOSING, RISKS = outlooks()["closing"], outlooks()["deal_risks"]
EARLIER, LATER = timedelta(days=20), timedelta(days=40)


@pytest.fixture
def cast(db: None) -> Cast:
    with acting_as(SYSTEM):
        ensure_default_pipeline()
    return make_cast()


def _open(cast: Cast, name: str) -> Opportunity:
    with cast.acting(cast.alice):
        acme = Organisation.objects.first() or Organisation.create(name="Acme")
        return Opportunity.create(name=name, organisation=acme, amount=50_000, owner=cast.alice)


def _told(deal: Opportunity, left: timedelta) -> Told:
    day = today() + left
    return Told(str(deal.pk), float(left.days), 1.0, 90.0, shown={"foreseen_close": day.isoformat()})


def _days(*deals: Opportunity) -> list[date | None]:
    for one in deals:
        one.refresh_from_db()
    return [one.foreseen_close for one in deals]


def test_telling_of_all_leaves_what_was_told_since_it_began(cast: Cast) -> None:
    changed, other, new = (_open(cast, name) for name in ("Changed", "Other", "New"))
    began = now()
    since = began + timedelta(minutes=2)
    both = [str(changed.pk), str(new.pk)]
    write(CLOSING, [_told(changed, LATER), _told(new, LATER)], among=both, estimator=None, as_of=since)
    write(CLOSING, [_told(changed, EARLIER), _told(other, EARLIER)], among=None, estimator=None, as_of=began)
    assert _days(changed, other, new) == [today() + LATER, today() + EARLIER, today() + LATER]
    assert Expectation.objects.get(record_id=changed.pk).as_of == since
    write(CLOSING, [_told(changed, EARLIER)], among=None, estimator=None, as_of=since + timedelta(minutes=2))
    assert _days(changed, other, new) == [today() + EARLIER, None, None]
    assert Expectation.objects.filter(outlook="closing").count() == 1


def test_of_what_ends_while_all_are_told_of_nothing_is_told_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ended, other = (_open(cast, name) for name in ("Ended", "Other"))
    tell(RISKS)
    assert Expectation.objects.filter(outlook="deal_risks").count() == 2
    went_on: list[datetime] = []

    def slowly(outlook: Outlook, rows: Sequence[Told], *, as_of: datetime, **rest: object) -> None:
        if not went_on:
            went_on.append(as_of)
            with cast.acting(cast.alice):
                Opportunity.objects.get(pk=ended.pk).lose(reason="Price")
            tell(RISKS, [str(ended.pk)])
            assert not Expectation.objects.filter(record_id=ended.pk).exists()
        write(outlook, rows, as_of=as_of, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr("rapport.intelligence.outlooks.telling.write", slowly)
    tell(RISKS)
    told = Expectation.objects.filter(outlook="deal_risks")
    assert set(told.values_list("record_id", flat=True)) == {other.pk}
