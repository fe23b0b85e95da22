"""Names of companies: placeholders, mistyped legal forms, capitals, and slips of the names we know."""

import re

from django.utils.translation import gettext as _

from rapport.governance.domains.choices import squeeze

from .codes import nearest
from .names import PLACEHOLDERS
from .typing import is_slip
from .verdict import Context, Verdict, bad, doubtful, good

# Legal forms as their countries write them; ISO 20275 lists them all, these are the frequent ones of our markets.
_FORMS = {
    squeeze(form): form
    for form in (
        *("GmbH", "AG", "KG", "OHG", "UG", "GmbH & Co. KG", "e.V.", "SE", "mbH"),
        *("SARL", "SAS", "SASU", "EURL", "SNC", "SA", "SCI"),
        *("Lda", "Lda.", "Unipessoal Lda", "S.A.", "SGPS"),
        *("Ltd", "Ltd.", "Limited", "plc", "PLC", "LLP", "LLC", "Inc.", "Inc", "Corp.", "Corp", "Co."),
        *("S.p.A.", "S.r.l.", "BV", "B.V.", "NV", "N.V.", "AB", "ApS", "A/S", "AS", "Oy", "Oyj", "Sp. z o.o.", "S.L."),
        *(
            "Pty Ltd",
            "Sàrl",
            "s.r.o.",
            "a.s.",
            "Kft.",
            "Zrt.",
            "d.o.o.",
            "SRL",
            "SLU",
            "Lda Unipessoal",
            "HB",
            "KB",
            "Sp. j.",
        ),
        *("Aktiengesellschaft", "Gesellschaft mbH", "Kommanditgesellschaft", "Public Limited Company", "Incorporated"),
        *("Corporation", "Société Anonyme", "Société par Actions Simplifiée", "Société à Responsabilité Limitée"),
        *("Sociedad Limitada", "Sociedad Anónima", "Limitada", "Sociedade Anónima", "Sociedade por Quotas", "SpA"),
        *("Società per Azioni", "Società a Responsabilità Limitata", "Besloten Vennootschap", "Naamloze Vennootschap"),
        *("Spółka Akcyjna", "Spółka z o.o.", "Spółka Jawna", "Aktiebolag", "Handelsbolag", "Kommanditbolag"),
        *("Aktieselskab", "Anpartsselskab", "Aksjeselskap", "Osakeyhtiö", "k.s.", "v.o.s.", "spol. s r.o.", "S.n.c."),
    )
}
_DISTINCT_FORMS = ("gmbh", "sarl", "sasu", "eurl", "limited", "ltd", "llc", "plc", "inc", "corp")


def check_company(value: str, context: Context) -> Verdict:
    """Judge the name of a company; the context's choices are the companies we know."""
    text = " ".join(value.split())
    if text.casefold() in PLACEHOLDERS or not any(char.isalnum() for char in text):
        return bad(_("It stands in the place of a name."), confidence=0.97)
    if "@" in text or re.match(r"^(?:https?://|www\.)", text, re.IGNORECASE):
        return bad(_("It is an address, not a name."), confidence=0.95)
    if not any(char.isalpha() for char in text) and sum(char.isdigit() for char in text) > 3:
        return doubtful(_("It is a number, not a name."), confidence=0.9)
    if context.choices:
        known = _known(text, context)
        if known is not None:
            return known
    return _with_form(value, text) or _in_capitals(text) or good(value, text, _("It can be a name."))


def _known(text: str, context: Context) -> Verdict | None:
    if text in context.choices:
        return good(text, text, _("We know it."))
    same = [choice for choice in context.choices if squeeze(choice) == squeeze(text)]
    if len(same) == 1:
        return doubtful(_("We know it, written differently."), same[0], confidence=0.98)
    near = nearest(text, {choice: choice for choice in context.choices})
    if near is None:
        return None
    confidence = round(min(0.97, 0.45 + near.similarity / 200), 2)
    return doubtful(_("It is very like one that we know."), near.key, confidence=confidence)


def _with_form(value: str, text: str) -> Verdict | None:
    *before, last = text.split()
    bare = last.strip(".,").casefold()
    if not before or squeeze(last) in _FORMS:
        return None
    meant = [form for form in _DISTINCT_FORMS if is_slip(bare, form)]
    if len(meant) != 1 or len(bare) < 4:
        return None
    proposal = " ".join((*before, _FORMS[meant[0]]))
    return (
        doubtful(_("The legal form is mistyped: %(last)s.") % {"last": last}, proposal, confidence=0.95)
        if proposal != value
        else None
    )


def _in_capitals(text: str) -> Verdict | None:
    words = text.split()
    long_words = [word for word in words if word.isalpha() and len(word) > 4]
    if not long_words or not text.isupper():
        return None
    proposal = " ".join(_FORMS.get(squeeze(word), word.capitalize() if len(word) > 3 else word) for word in words)
    return doubtful(_("It is written in capitals only."), proposal, confidence=0.7)


def without_form(name: str) -> str:
    """The name of a company without its legal form: "Acme" for "Acme GmbH & Co. KG"; a name that is one stays."""
    words = name.split()
    for length in (4, 3, 2, 1):
        while len(words) > length and squeeze(" ".join(words[-length:])) in _FORMS:
            words = words[:-length]
    return " ".join(words).rstrip(" ,") or name
