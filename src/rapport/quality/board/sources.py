"""Where values come from, in five words."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Label = str | Promise


class Source(StrEnum):
    """The sort of a source."""

    PERSON = "person"
    IMPORT = "import"
    INTEGRATION = "integration"
    FORM = "form"
    MACHINE = "machine"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The sort in words."""
        return str(_LABELS[self])


_LABELS: dict[Source, Label] = {
    Source.PERSON: _("typed by a person"),
    Source.IMPORT: _("import"),
    Source.INTEGRATION: _("integration"),
    Source.FORM: _("web form"),
    Source.MACHINE: _("AI"),
    Source.OTHER: _("not known"),
}
_KINDS = {
    "web": Source.PERSON,
    "cli": Source.PERSON,
    "import": Source.IMPORT,
    "demo": Source.IMPORT,
    "api": Source.INTEGRATION,
    "mcp": Source.INTEGRATION,
    "webhook": Source.INTEGRATION,
    "sync": Source.INTEGRATION,
    "web form": Source.FORM,
    "machine": Source.MACHINE,
    "estimate": Source.MACHINE,
    "quality": Source.PERSON,
}


def source_of(text: str) -> Source:
    """The sort of a source as events write it: "import: people.csv"."""
    return _KINDS.get(text.partition(":")[0].strip(), Source.OTHER)
