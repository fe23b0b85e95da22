"""Settings of servers that tests start as a person starts them, on the database of the tests."""

import os

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES

DATABASES["default"]["NAME"] = os.environ["RAPPORT_TEST_DATABASE"]
