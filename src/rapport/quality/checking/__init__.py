"""Checks of single values, offline: one file for each kind of value.

    check("email", "ann@gmial.com")  # doubtful, proposal "ann@gmail.com"

A check proposes only what it can give a reason for; where two corrections are as likely, it proposes none.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from . import codes, companies, contact, days, email, names, places, tax, web
from .verdict import Check, Context, Grade, UnknownKind, Verdict, bad, country_code

__all__ = ["CHECKS", "Check", "Context", "Grade", "UnknownKind", "Verdict", "check"]

_UNSHOWN = re.compile("[\x00-\x1f\ud800-\udfff]")

CHECKS: Mapping[str, Check] = {
    "choice": codes.check_choice,
    "company": companies.check_company,
    "company-number": tax.check_company_number,
    "country": places.check_country,
    "currency": codes.check_currency,
    "date": days.check_date,
    "domain": web.check_domain,
    "email": email.check_email,
    "iban": tax.check_iban,
    "name": names.check_name,
    "nif": tax.check_nif,
    "phone": contact.check_phone,
    "postal-code": places.check_postal_code,
    "siren": tax.check_siren,
    "siret": tax.check_siret,
    "url": web.check_url,
    "vat": tax.check_vat,
}


def check(kind: str, value: str, *, country: str = "", choices: Sequence[str] = ()) -> Verdict:
    """Judge a value of a kind.

    `country` (ISO 3166 code or name) is where the value comes from, `choices` are the values that exist. Raises
    `UnknownKind` for a kind without a check and `ValueProblem` for an unknown country.
    """
    judge = CHECKS.get(kind)
    if judge is None:
        raise UnknownKind(kind, CHECKS)
    text = value.strip()
    if not text:
        return bad(_("There is no value."), confidence=1.0)
    if _UNSHOWN.search(text):
        return bad(_("The value holds characters that can't be shown. Type it again."), confidence=1.0)
    found = judge(text, Context(country=country_code(country), choices=tuple(choices)))
    is_trimmed = found.grade is Grade.GOOD and found.proposal is None and text != value
    return replace(found, proposal=text) if is_trimmed else found
