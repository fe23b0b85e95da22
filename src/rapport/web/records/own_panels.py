"""Panels that follow from own fields: the records of any type whose own link leads here, such as the site visits."""

from rapport.governance.dictionary import Field, dictionary_cache, entries
from rapport.governance.domains import Link
from rapport.web.places import SLUGS

from .panels import Panel
from .related import RelatedPanel


@dictionary_cache
def own_panels(record_type: str) -> tuple[type[Panel], ...]:
    """One panel for each own field that links to records of this type."""
    found = [
        (name, field) for name in SLUGS for field in entries()[name].fields.values() if _leads_to(field, record_type)
    ]
    return tuple(_panel(name, field) for name, field in found)


def _leads_to(field: Field, record_type: str) -> bool:
    return field.own and isinstance(field.domain, Link) and field.domain.target == record_type


def _panel(record_type: str, field: Field) -> type[Panel]:
    entry = entries()[record_type]
    title = entry.plural if field.label == entry.label else f"{entry.plural} ({field.label})"
    said = {
        "key": f"{record_type}-{field.name}".replace("_", "-"),
        "title": title,
        "icon": entry.icon,
        "related_type": record_type,
        "link": field.name,
    }
    return type("OwnLinkPanel", (RelatedPanel,), {"__doc__": "Records that link here.", **said})
