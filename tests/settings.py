"""Settings of the test suite: those of the product, made quick and without a static manifest.

State of tests never touches anybody's home folder: it lies in a folder of its own, shared by the suite's processes.
"""

import os
import tempfile

if "RAPPORT_TEST_HOME" not in os.environ:
    os.environ["RAPPORT_TEST_HOME"] = tempfile.mkdtemp(prefix="rapport-tests-")
    os.environ["RAPPORT_TEST_HOME_OF"] = str(os.getpid())
os.environ["RAPPORT_HOME"] = os.environ["RAPPORT_TEST_HOME"]
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser tests' event loop runs in the same thread

from rapport.config.settings import *
from rapport.config.settings import DATABASES, STORAGES

DATABASES["default"]["OPTIONS"].pop("pool", None)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
