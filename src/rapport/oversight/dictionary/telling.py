"""How fields are described that oversight itself fills."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import Field, always
from rapport.governance.domains import Domain

STEWARD = _("Administrators")


def told(
    name: str,
    label: str | Promise,
    domain: Domain,
    meaning: str | Promise,
    *,
    in_list: bool = False,
    needed: bool = False,
) -> Field:
    """A field that oversight itself fills."""
    return Field(
        name,
        label,
        domain,
        meaning,
        steward=STEWARD,
        in_list=in_list,
        form=False,
        editable=False,
        mandatory=always if needed else None,
        mandatory_when=_("always") if needed else "",
    )
