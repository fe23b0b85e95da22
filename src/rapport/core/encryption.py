"""Secrets at rest: encrypted with keys that follow from the instance's secret, one key for each purpose.

The secret lies in the home folder, not in the database, so that a copy of the database alone opens nothing.
"""

import base64
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _

from .problems import Problem


def encrypted(text: str, *, purpose: str) -> str:
    """The text, unreadable and unchangeable without the instance's secret."""
    return _cipher(purpose, settings.SECRET_KEY).encrypt(text.encode()).decode()


def decrypted(text: str, *, purpose: str) -> str:
    """What was encrypted for this purpose; raises `Problem` when the secret is another one now."""
    try:
        return _cipher(purpose, settings.SECRET_KEY).decrypt(text.encode()).decode()
    except InvalidToken as error:
        raise Problem(
            _("A stored secret can't be read: the file “secret_key” of RAPPORT_HOME was replaced.")
        ) from error


@cache
def _cipher(purpose: str, secret: str) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"rapport.{purpose}".encode()).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))
