"""Settings of worker processes that tests start and kill."""

import os

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES

DATABASES["default"]["NAME"] = os.environ["RAPPORT_TEST_DATABASE"]
PROCRASTINATE_IMPORT_PATHS = ["tests.core.counting_job", "tests.core.poison_jobs"]
