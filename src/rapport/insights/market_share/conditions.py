"""Conditions on organisations that make a market of one's own: the address of a filtered list, as it was copied."""

from urllib.parse import parse_qs, urlsplit

from django.db.models import Q
from django.utils.translation import gettext as _

from rapport.core.actors import SYSTEM, Actor
from rapport.governance.selection import Misfit, Selection
from rapport.governance.selection.matching import combined, match_all

_ORGANISATIONS = "/organisations/"


def selection_of(text: str) -> Selection:
    """The filters in an address, or in what stands after its question mark."""
    address = urlsplit(text.strip())
    written = address.query if "?" in text else text.strip()
    return Selection.read(parse_qs(written, keep_blank_values=True))


def problem_with(text: str) -> str:
    """Why a text is no conditions on organisations, in a sentence; empty where it is, or is empty."""
    if not text.strip():
        return ""
    path = urlsplit(text.strip()).path if "?" in text else ""
    if path and not path.endswith(_ORGANISATIONS):
        return _("This is no list of organisations. Filter the list of organisations and copy its address.")
    if "q" in parse_qs(urlsplit(text.strip()).query):
        return _("A search makes no market, as it finds others every day. Use filters instead, and copy the address.")
    groups = match_all(selection_of(text), "organisation", actor=SYSTEM)
    if not any(groups):
        return _("There is no filter in it. Filter the list of organisations and copy its address.")
    return next((item.reason for group in groups for item in group if isinstance(item, Misfit)), "")


def organisations_meeting(text: str, actor: Actor) -> Q | None:
    """The condition that a text means; None where it asks what the actor may not know."""
    selection = selection_of(text)
    groups = match_all(selection, "organisation", actor=actor)
    if any(isinstance(item, Misfit) for group in groups for item in group):
        return None
    return combined(groups, any_of=selection.any_of)
