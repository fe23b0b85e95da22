"""The demo company: made by `demo/` as export files, brought in by the import like anybody's files."""

import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from rapport.cli.console import say
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import today
from rapport.core.home import CHECKOUT
from rapport.core.problems import Problem

if TYPE_CHECKING:
    from demo.generate import DemoManifest
    from rapport.integrations.models import Import

SYSTEM_NAME = "Northmere's former CRM"
PASSWORD = "harbour-lights"  # noqa: S105 - everybody may know it; it opens invented data only
_RATES = {"GBP": Decimal("1.15"), "USD": Decimal("0.92")}
_SHOWN = (
    ("dora@northmere.example", "administers"),
    ("alice@northmere.example", "sells"),
    ("bob@northmere.example", "leads her team"),
    ("lena@northmere.example", "leads customer care"),
)


def load_demo() -> None:
    """Load the demo company; goes on where an interrupted loading was."""
    from rapport.cli.demo_fields import add_own_fields
    from rapport.core.jobs import ask_once
    from rapport.insights.jobs import foretell_volume, review_what_works
    from rapport.integrations.importing.jobs import run_now
    from rapport.intelligence.jobs import learn_all, tell_outlooks
    from rapport.quality.jobs import estimate_missing, judge_all

    with acting_as(SYSTEM):
        subject = _begun() or _prepared()
        run_now(subject)
        subject.refresh_from_db()
        if subject.problem:
            raise Problem(f"The demo company can't be loaded: {subject.problem}")
        _tell(subject)
        _set_passwords()
        _set_rates()
        add_own_fields()
        for job in (judge_all, estimate_missing, review_what_works, learn_all, tell_outlooks, foretell_volume):
            ask_once(job)


def log_ins() -> Sequence[str]:
    """One line per log-in worth trying, while the password is still the demo's."""
    from rapport.identity.models import User

    users = {user.email: user for user in User.objects.filter(email__in=[email for email, _role in _SHOWN])}
    return tuple(
        f"{email}  password {PASSWORD}  ({users[email].name}, {role})"
        for email, role in _SHOWN
        if email in users and users[email].check_password(PASSWORD)
    )


def _begun() -> "Import | None":
    """The import of an interrupted loading, if it was checked already."""
    from rapport.integrations.models import Import, Status

    going_on = (Status.CHECKED, Status.RUNNING, Status.FAILED, Status.DONE)
    return Import.objects.filter(options__system=SYSTEM_NAME, status__in=going_on).order_by("-id").first()


def _prepared() -> "Import":
    """A checked import of the files of today."""
    from rapport.integrations.importing import service
    from rapport.integrations.importing.jobs import check_now

    with tempfile.TemporaryDirectory(prefix="rapport-demo-") as folder, ExitStack() as stack:
        manifest = _written(Path(folder))
        streams = [(file.path.name, stack.enter_context(file.path.open("rb"))) for file in manifest.files]
        uploads = [service.Upload(name, stream) for name, stream in streams]
        subject = service.start_import(uploads, options={"system": SYSTEM_NAME})
        for file in subject.files.all():
            told = manifest.file(file.name)
            if file.record_type != told.record_type:
                service.map_file(file, record_type=told.record_type)
            if told.mapping:
                service.map_file(file, record_type=told.record_type, mapping={**file.mapping, **told.mapping})
        check_now(subject)
        if subject.problem:
            raise Problem(f"The demo company can't be checked: {subject.problem}")
        service.decide_all(subject, "suggested", kind="link")
        return subject


def _written(folder: Path) -> "DemoManifest":
    sys.path.insert(0, str(CHECKOUT))
    try:
        from demo.generate import write
    finally:
        sys.path.remove(str(CHECKOUT))
    return write(folder, today=today())


def _tell(subject: "Import") -> None:
    from rapport.integrations.importing.service import report_of

    report = report_of(subject)
    say(f"  {report.total('created'):,} records of {report.total('rows_read'):,} rows in {len(report.files)} files")


def _set_rates() -> None:
    """What a pound and a dollar are worth in the demo, so that its sums are whole; anybody may set others."""
    from rapport.catalog.models import Currency

    for code, rate in _RATES.items():
        currency = Currency.objects.filter(code=code).first() or Currency.create(code=code)
        if currency.rate is None:
            currency.set_rate(rate, on=today())


def _set_passwords() -> None:
    from rapport.identity.models import User

    for user in User.objects.filter(email__endswith="@northmere.example", password=""):
        user.choose_password(PASSWORD)
