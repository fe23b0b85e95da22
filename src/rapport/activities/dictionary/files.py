"""Files in the dictionary."""

from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import Field, describe
from rapport.governance.domains import Integer, Text

from ..models import File
from .common import at_field, shared_fields, subject_field, text_field

describe(
    File,
    label=_("File"),
    plural=_("Files"),
    meaning=_("A document kept with a record."),
    icon="file",
    importable=False,
    fields=[
        subject_field(_("Name"), _("What the file is called."), mandatory=True),
        at_field(_("Added"), _("When it was added.")),
        text_field(_("Remark"), _("What it is for.")),
        Field(
            "content_type",
            _("Type"),
            Text(100),
            _("The kind of content, told from the content itself."),
            in_list=True,
            form=False,
            editable=False,
        ),
        Field("size", _("Size"), Integer(), _("Its size in bytes."), in_list=True, form=False, editable=False),
        Field(
            "sha256",
            _("Fingerprint"),
            Text(64),
            _("The SHA-256 hash of the content, by which it is stored."),
            form=False,
            editable=False,
        ),
        *shared_fields(),
    ],
)
