"""Versions of records, so that nobody overwrites what somebody else changed meanwhile (RFC 9110, section 13)."""

import re
from collections.abc import Mapping
from zlib import crc32

from django.utils.translation import gettext as _

from rapport.core.records import Record
from rapport.core.snapshots import to_json

from .problems import ApiProblem

_TAG = re.compile(r'(?:W/)?"([!#-~]{0,100})"')


def etag_of(record: Record) -> str:
    """The version of a record: it changes with each change of the record, and with what follows from others.

    What follows is told apart behind a dash: nobody overwrites it, so it is no reason to refuse a change.
    """
    version = f"{int(record.updated_at.timestamp() * 1_000_000):x}"
    return f'"{version}-{crc32(to_json(sorted(record.derived.items()))):x}"' if record.derived else f'"{version}"'


def require_version(record: Record, headers: Mapping[str, str]) -> None:
    """Raise `ApiProblem` 412 unless `If-Match`, where it is given, names the version the record has now."""
    wanted = headers.get("If-Match")
    if wanted is not None and not _names(_without_derived(wanted), _without_derived(etag_of(record))):
        detail = _("Somebody changed the record since you read it. Read it again, then decide what to change.")
        raise ApiProblem(412, detail, headers={"ETag": etag_of(record)})


def is_known(record: Record, headers: Mapping[str, str]) -> bool:
    """Whether `If-None-Match` names the version the record has now."""
    known = headers.get("If-None-Match")
    return known is not None and _names(known, etag_of(record))


def _without_derived(tags: str) -> str:
    return re.sub(r'-[0-9a-f]+(?=")', "", tags[:2_000])


def _names(header: str, etag: str) -> bool:
    return header.strip() == "*" or etag.strip('"') in _TAG.findall(header[:2_000])
