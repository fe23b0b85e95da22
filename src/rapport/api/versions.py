"""Versions of records, so that nobody overwrites what somebody else changed meanwhile (RFC 9110, section 13)."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from rapport.core.records import Record

from .problems import ApiProblem

_TAG = re.compile(r'(?:W/)?"([!#-~]{0,100})"')


def etag_of(record: Record) -> str:
    """The version of a record: it changes with each change of the record."""
    return f'"{int(record.updated_at.timestamp() * 1_000_000):x}"'


def require_version(record: Record, headers: Mapping[str, str]) -> None:
    """Raise `ApiProblem` 412 unless `If-Match`, where it is given, names the version the record has now."""
    wanted = headers.get("If-Match")
    if wanted is not None and not _names(wanted, etag_of(record)):
        detail = _("Somebody changed the record since you read it. Read it again, then decide what to change.")
        raise ApiProblem(412, detail, headers={"ETag": etag_of(record)})


def is_known(record: Record, headers: Mapping[str, str]) -> bool:
    """Whether `If-None-Match` names the version the record has now."""
    known = headers.get("If-None-Match")
    return known is not None and _names(known, etag_of(record))


def _names(header: str, etag: str) -> bool:
    return header.strip() == "*" or etag.strip('"') in _TAG.findall(header[:2_000])
