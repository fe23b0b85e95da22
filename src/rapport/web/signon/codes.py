"""Codes typed by hand: those of an authenticator app, each used once, and recovery codes."""

import hmac
import re

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import transaction

from rapport.identity.models import User


def authenticator_of_code(user: User, code: str) -> Authenticator | None:
    """The authenticator that the code belongs to; the code is used up by this."""
    digits = re.sub(r"[\s-]", "", code)
    with transaction.atomic():
        own = Authenticator.objects.filter(user_id=user.pk).exclude(type=Authenticator.Type.WEBAUTHN)
        for authenticator in own.select_for_update():
            if _is_right(authenticator, digits):
                return authenticator
    return None


def matching_step(secret: str, code: str) -> int | None:
    """The time step whose code this is: the present one, the one before or the one after."""
    for step in yield_hotp_counters_from_time():
        if hmac.compare_digest(format_hotp_value(hotp_value(secret, step)).encode(), code.encode()):
            return int(step)
    return None


def _is_right(authenticator: Authenticator, code: str) -> bool:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return bool(authenticator.wrap().validate_code(code))
    step = matching_step(decrypt(authenticator.data["secret"]), code)
    if step is None or step <= authenticator.data.get("last_step", 0):
        return False
    authenticator.data["last_step"] = step
    authenticator.save(update_fields=["data"])
    return True
