"""What the tests of estimates ask for."""

from collections.abc import Callable

from django.test import Client

from rapport.directory.models import Organisation
from rapport.identity.models import User
from rapport.quality.models import Estimate

Browser = Callable[[User], Client]


def of(record: Organisation, field: str = "industry") -> Estimate:
    return Estimate.objects.get(record_id=record.pk, field=field)


def shown(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.content
    return answer.getvalue().decode()
