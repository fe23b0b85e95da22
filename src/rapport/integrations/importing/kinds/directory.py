"""Organisations and people in imports."""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import Field, PersonalData
from rapport.governance.domains import Text
from rapport.integrations.importing.kinds.kind import Kind, Offer, Values, register


def _split_name(values: Values) -> Mapping[str, str]:
    """First and last name from one column: “Doe, John” or “John Doe”."""
    whole = str(values.pop("~full_name", "")).strip()
    if not whole or values.get("last_name") or values.get("first_name"):
        return {}
    values.update(_names(whole))
    return {"full_name": gettext("Names were split: the last word, or what is before a comma, is the last name.")}


def _names(whole: str) -> Values:
    last, comma, first = whole.partition(",")
    if not comma:
        first, _space, last = whole.rpartition(" ")
    return {"first_name": first.strip()[:100], "last_name": last.strip()[:100]}


def _offered(offer: Offer) -> Values:
    """Somebody of whom only a name or an address is known."""
    name = offer.name
    if "@" not in name:
        return _names(name)
    return {"last_name": name.partition("@")[0][:100], "emails": [{"kind": "work", "value": name}]}


register(Kind("organisation", identities=("vat_number", "company_number", "name")))
register(
    Kind(
        "person",
        title_field="last_name",
        identities=("mail", "first_name+last_name+organisation_id"),
        fields=(
            Field(
                "full_name",
                _("Full name"),
                Text(200),
                _("First and last name in one column."),
                PersonalData.CONTACT,
                aliases=("name", "contact name", "person name", "contact", "nom complet", "nome completo"),
            ),
        ),
        adjust=_split_name,
        offer=_offered,
    )
)
