"""Imports in the dictionary."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.governance.dictionary import Field, always, describe
from rapport.governance.domains import Boolean, Choice, DateTime, Domain, Integer, Link, LongText, Several, Text

from .models import Download, DownloadState, Import, Status, Webhook


def _told(name: str, label: str | Promise, domain: Domain, meaning: str | Promise, *, in_list: bool = False) -> Field:
    """A field that the import itself fills."""
    return Field(name, label, domain, meaning, steward=_STEWARD, in_list=in_list, form=False, editable=False)


_STEWARD = _("Administrators")

describe(
    Import,
    label=_("Import"),
    plural=_("Imports"),
    meaning=_("One set of files brought in together; it can be undone as a whole."),
    icon="upload",
    importable=False,
    fields=[
        Field(
            "name",
            _("Name"),
            Text(300),
            _("What the files are called."),
            steward=_STEWARD,
            mandatory=always,
            mandatory_when=_("always"),
            in_list=True,
        ),
        _told("started_by", _("Started by"), Link("user"), _("Who brought the files."), in_list=True),
        _told("status", _("Status"), Choice(dict(Status.choices)), _("How far the import is."), in_list=True),
        _told("options", _("Options"), LongText(), _("How existing records and suggestions are dealt with.")),
        _told("progress", _("Progress"), LongText(), _("How many rows are done.")),
        _told("doubles", _("Duplicates"), LongText(), _("Rows of the dry run that are probably on record already.")),
        _told("problem", _("Problem"), LongText(), _("Why the import could not go on.")),
        _told("stop_asked", _("Asked to stop"), Boolean(), _("Whether somebody asked the import to stop.")),
        _told("offers_made", _("Unknown names created"), Boolean(), _("Whether records named in rows are there now.")),
        _told("started_at", _("Started"), DateTime(), _("When writing began."), in_list=True),
        _told("finished_at", _("Ended"), DateTime(), _("When the import ended."), in_list=True),
    ],
)

describe(
    Webhook,
    label=_("Webhook"),
    plural=_("Webhooks"),
    meaning=_("An address of another program that is told what happens here."),
    icon="send",
    importable=False,
    fields=[
        Field(
            "name",
            _("Name"),
            Text(80),
            _("What it is for."),
            steward=_STEWARD,
            mandatory=always,
            mandatory_when=_("always"),
            in_list=True,
        ),
        Field(
            "url",
            _("Address"),
            Text(2000),
            _("Where events are sent, such as https://company.com/rapport."),
            steward=_STEWARD,
            mandatory=always,
            mandatory_when=_("always"),
            in_list=True,
        ),
        Field(
            "events",
            _("Events"),
            Several(Text(82)),
            _("Of what it is told: opportunity.win, organisation.* or * for all."),
            steward=_STEWARD,
            mandatory=always,
            mandatory_when=_("always"),
        ),
        Field("owner", _("Owner"), Link("user"), _("Whose rights decide what it is told."), steward=_STEWARD),
        _told("is_active", _("Active"), Boolean(), _("Whether it is told now.")),
        _told("secret_number", _("Number of the secret"), Integer(), _("How many secrets it has had.")),
    ],
)

describe(
    Download,
    label=_("Export"),
    plural=_("Exports"),
    meaning=_("A file that was made in the background for somebody to download."),
    icon="download",
    importable=False,
    fields=[
        _told("name", _("Name"), Text(200), _("What was exported."), in_list=True),
        _told("file_name", _("File name"), Text(200), _("What the file is called.")),
        _told("asked_by", _("Asked by"), Link("user"), _("Who asked for it, and gets it."), in_list=True),
        _told("wanted", _("Content"), LongText(), _("What it holds, and in which format.")),
        _told("state", _("State"), Choice(dict(DownloadState.choices)), _("How far it is."), in_list=True),
        _told("done", _("Done"), Integer(), _("How many records are written.")),
        _told("total", _("Total"), Integer(), _("How many records it will have.")),
        _told("size", _("Size"), Integer(), _("How many bytes the file has.")),
        _told("problem", _("Problem"), LongText(), _("Why it could not be made.")),
        _told("stop_asked", _("Asked to stop"), Boolean(), _("Whether somebody asked to stop it.")),
        _told("ready_at", _("Ready"), DateTime(), _("When the file was there."), in_list=True),
        _told("kept_until", _("Kept until"), DateTime(), _("When the file is deleted."), in_list=True),
    ],
)
