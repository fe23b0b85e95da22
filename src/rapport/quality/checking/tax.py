"""Numbers with check digits: VAT, company registers, bank accounts. The rules are python-stdnum's."""

from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext as _
from stdnum import iban
from stdnum.eu import vat as european_vat
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError
from stdnum.util import get_cc_module

from .verdict import Context, Verdict, bad, doubtful, good

if TYPE_CHECKING:
    from stdnum.util import NumberValidationModule as Rule

_LOOKALIKES = {"O": "0", "I": "1", "L": "1", "S": "5", "B": "8", "Z": "2", "G": "6"}
# What a company is registered under, by country, as python-stdnum names it.
_REGISTERS = {
    "FR": ("siren", "siret"),
    "PT": ("nif",),
    "ES": ("cif", "nif"),
    "DE": ("handelsregisternummer",),
    "BE": ("vat",),
    "NL": ("rsin", "btw"),
    "IT": ("iva",),
    "CH": ("uid",),
    "NO": ("orgnr",),
    "SE": ("orgnr",),
    "DK": ("cvr",),
    "FI": ("ytunnus",),
    "PL": ("nip", "regon"),
    "GB": ("utr",),
    "US": ("ein",),
    "BR": ("cnpj",),
    "AU": ("abn", "acn"),
    "CA": ("bn",),
    "AT": ("businessid",),
    "CZ": ("dic",),
    "RO": ("cui",),
    "HU": ("anum",),
    "HR": ("oib",),
    "GR": ("vat",),
    "IE": ("vat",),
    "LU": ("tva",),
    "EE": ("registrikood", "kmkr"),
    "LT": ("pvm",),
    "IN": ("gstin",),
    "NZ": ("ird",),
    "MX": ("rfc",),
    "AR": ("cuit",),
    "TR": ("vkn",),
    "JP": ("cn",),
}
_OTHER_VAT = {"GB": "vat", "CH": "vat", "NO": "mva", "XI": "vat", "RU": "inn", "TR": "vkn", "IS": "vsk", "RS": "pib"}


def check_vat(value: str, context: Context) -> Verdict:
    """Judge a VAT number by the rule of its country, told by its first letters or by the context."""
    text = _bare(value)
    code = _vat_country(text)
    if code:
        return _judge(value, text, code, _vat_rule(code), prefix=_own_prefix(text))
    if context.country:
        return _without_prefix(text, context.country)
    return bad(_("It begins with no country's letters: give the country."), confidence=0.9)


def _vat_country(text: str) -> str:
    code = {"EL": "GR", "GR": "GR"}.get(text[:2], text[:2])
    return code if code.lower() in european_vat.MEMBER_STATES or code == "GR" or code in _OTHER_VAT else ""


def _own_prefix(text: str) -> str:
    return "EL" if text[:2] in ("EL", "GR") else text[:2]


def _vat_rule(code: str) -> "Rule | None":
    return get_cc_module("gb" if code == "XI" else code.lower(), _OTHER_VAT.get(code, "vat"))


def _without_prefix(text: str, country: str) -> Verdict:
    rule = _vat_rule(country)
    prefix = "EL" if country == "GR" else country
    if rule is None:
        return doubtful(
            _("No rule is known for the VAT numbers of %(country)s.") % {"country": country}, confidence=0.9
        )
    if rule.is_valid(text):
        return good(text, prefix + str(rule.compact(text)).removeprefix(prefix), _("Its check digits are right."))
    return _judge(text, prefix + text, country, rule, prefix=prefix)


def _judge(value: str, text: str, country: str, rule: "Rule | None", *, prefix: str) -> Verdict:
    if rule is None:
        return doubtful(
            _("No rule is known for the VAT numbers of %(country)s.") % {"country": country}, confidence=0.9
        )
    body = text.removeprefix(prefix)
    for candidate in (text, body, *((f"{body}MVA",) if country == "NO" else ())):
        if rule.is_valid(candidate):
            normal = prefix + str(rule.compact(candidate)).removeprefix(prefix)
            return good(value, normal, _("It has the form and check digits of %(country)s.") % {"country": country})
    meant = _lookalike(body, rule)
    if meant:
        return bad(_("A letter stands for a digit."), prefix + meant, confidence=0.97)
    return bad(_why(rule, body, _("VAT numbers of %(country)s") % {"country": country}), confidence=0.97)


def _bare(value: str) -> str:
    return "".join(char for char in value.upper() if char.isalnum())


def _lookalike(text: str, rule: "Rule") -> str | None:
    """The number with each letter that looks like a digit made one, if that is right and differs."""
    meant = "".join(_LOOKALIKES.get(char, char) for char in text)
    return str(rule.compact(meant)) if meant != text and rule.is_valid(meant) else None


def _why(rule: "Rule", text: str, what: str) -> str:
    try:
        rule.validate(text)
    except InvalidChecksum:
        return _("The check digits don't fit: a digit is wrong or two are swapped.")
    except InvalidLength:
        return _("It is too long or too short for %(what)s.") % {"what": what}
    except ValidationError:
        return _("It is not written like %(what)s.") % {"what": what}
    return _("It is not written like %(what)s.") % {"what": what}


def check_company_number(value: str, context: Context) -> Verdict:
    """Judge a number of the company register of the context's country."""
    if not context.country:
        return doubtful(_("The country is not known: each has its own numbers."), confidence=0.99)
    rules = [
        rule for name in _REGISTERS.get(context.country, ()) if (rule := get_cc_module(context.country.lower(), name))
    ]
    if not rules:
        return doubtful(
            _("No rule is known for company numbers of %(country)s.") % {"country": context.country}, confidence=0.9
        )
    verdicts = [
        _by_rule(value, rule, _("company numbers of %(country)s") % {"country": context.country}) for rule in rules
    ]
    return next((verdict for verdict in verdicts if verdict.proposal or verdict.grade == "good"), verdicts[0])


def check_siren(value: str, context: Context) -> Verdict:
    """Judge a French company number."""
    del context
    return _by_rule(value, _rule("fr", "siren"), _("a SIREN, which has nine digits"))


def check_siret(value: str, context: Context) -> Verdict:
    """Judge a French establishment number."""
    del context
    return _by_rule(value, _rule("fr", "siret"), _("a SIRET, which has 14 digits"))


def check_nif(value: str, context: Context) -> Verdict:
    """Judge a Portuguese (or, by country, Spanish) tax number."""
    country = context.country or "PT"
    rule = get_cc_module(country.lower(), "nif")
    if rule is None:
        return doubtful(_("%(country)s has no number of this name.") % {"country": country}, confidence=0.9)
    return _by_rule(value, rule, _("a NIF of %(country)s") % {"country": country})


def _rule(country: str, name: str) -> "Rule":
    return cast("Rule", get_cc_module(country, name))


def _by_rule(value: str, rule: "Rule", what: str) -> Verdict:
    if rule.is_valid(value):
        return good(value, str(rule.compact(value)), _("Its form and check digits are right."))
    meant = _lookalike(_bare(value), rule)
    if meant:
        return bad(_("A letter stands for a digit."), meant, confidence=0.97)
    return bad(_why(rule, value, what), confidence=0.97)


def _is_account(text: str) -> bool:
    """Whether country, length and check digits are right; lists of a country's banks grow old, and are not asked."""
    return bool(iban.is_valid(text, check_country=False))


def check_iban(value: str, context: Context) -> Verdict:
    """Judge an account number (ISO 13616): country, length and check digits."""
    text = _bare(value.upper().removeprefix("IBAN"))
    if _is_account(text):
        if context.country and text[:2] != context.country:
            return doubtful(
                _("It is an account in %(found)s, not in %(country)s.")
                % {"found": text[:2], "country": context.country},
                text,
                confidence=0.7,
            )
        return good(value, text, _("Its country, length and check digits are right."))
    head, tail = text[:2], text[2:]
    meant = head + "".join(_LOOKALIKES.get(char, char) for char in tail)
    if meant != text and _is_account(meant):
        return bad(_("A letter stands for a digit."), meant, confidence=0.97)
    return bad(_why(iban, text, _("an account number of its country")), confidence=0.98)
