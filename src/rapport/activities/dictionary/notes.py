"""Notes in the dictionary."""

from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import describe

from ..models import Note
from .common import at_field, shared_fields, subject_field, text_field

describe(
    Note,
    label=_("Note"),
    plural=_("Notes"),
    meaning=_("What somebody wants to remember about a customer; “@name” in it tells a colleague."),
    icon="sticky-note",
    aliases=("notes", "comment", "comments", "remark", "feed_item", "nota", "commentaire", "remarque", "observação"),
    fields=[
        subject_field(_("Title"), _("A short title; without one the text's beginning stands for the note.")),
        text_field(
            _("Text"),
            _("What is to be remembered."),
            "body, note, note_body, content, comment, description, details, texte, contenu, texto, conteúdo",
            or_title=True,
        ),
        at_field(
            _("Written"),
            _("When it was written."),
            "date, created_at, created_date, create_date, note_date, date de création, data de criação",
        ),
        *shared_fields(),
    ],
)
