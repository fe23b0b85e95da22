"""Sentences that the browser scripts say; a page carries them in its own language."""

from django.utils.translation import gettext_lazy as _

from rapport.web.ui.navigation import Text

WORDS: dict[str, Text] = {
    "error": _("That didn't work, and nothing was changed. Try again; if it stays so, tell your administrator."),
    "error-400": _("The server could not read that, and nothing was changed. Reload the page and try again."),
    "error-403": _("You may not do that, and nothing was changed. Ask your administrator for the right."),
    "error-404": _("That is no longer here: somebody may have removed it. Nothing was changed."),
    "error-413": _("That is too large to send. Nothing was changed."),
    "error-429": _("Too many requests at once. Nothing was changed; wait a moment and try again."),
    "error-500": _("Something failed on our side, and nothing was changed. It has been recorded; try again."),
    "error-503": _("The server is busy, and nothing was changed. Try again in a moment."),
    "typed-not-saved": _("What you typed is not saved yet. Close it all the same?"),
    "close-unsaved": _("Close without saving"),
    "unreachable": _("The server can't be reached. What you typed is still here; try again in a moment."),
    "upload-failed": _("The file could not be taken in. Your choice is still here; try again."),
    "upload-sent": _("%(sent)s of %(total)s sent"),
    "upload-waits": _("The connection broke. It is tried again, and goes on where it stopped."),
    "upload-broken": _("The server can't be reached. Upload the same files again: it goes on where it stopped."),
    "upload-stopped": _("Stopped. Upload the same files again to go on."),
    "upload-read": _("Everything is there. The files are being read."),
    "passkey-refused": _("No passkey was used. Try again, or choose another way."),
    "copied": _("Copied"),
    "not-copied": _("Your browser doesn't allow copying. Select the text and copy it yourself."),
    "selected": _("%(count)s selected"),
    "files-chosen": _("%(count)s files chosen"),
    "card-grabbed": _("%(title)s taken. Arrow keys move it, Space puts it down, Escape brings it back."),
    "card-over": _("Over %(stage)s"),
    "card-moved": _("Moved to %(stage)s"),
    "card-returned": _("Back where it was"),
}
