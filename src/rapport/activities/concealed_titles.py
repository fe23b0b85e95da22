"""Notifications whose record their reader sees no longer: the record's name is kept from them."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.core.records import RECORD_TYPES
from rapport.core.scopes import in_scope
from rapport.core.search import is_searched
from rapport.core.search_entries import SearchEntry

from .models import Notification


def conceal_titles(notifications: Collection[Notification], actor: Actor) -> set[UUID]:
    """Take the names of records not seen any more out of the notifications; returns the ids of those that are seen."""
    seen = _seen(notifications, actor)
    for one in notifications:
        if one.item_id not in seen:
            one.item_title = str(_("a record that is gone or hidden from you"))
    return seen


def _seen(notifications: Collection[Notification], actor: Actor) -> set[UUID]:
    """The ids of the records that the reader sees now, in one question; types without search hide nothing."""
    kinds = {one.item_type for one in notifications if one.item_type in RECORD_TYPES}
    searched = {kind for kind in kinds if is_searched(RECORD_TYPES[kind])}
    asked = [one.item_id for one in notifications if one.item_type in searched]
    others = {one.item_id for one in notifications if one.item_type not in searched}
    if not asked:
        return others
    visible = in_scope(actor, searched, type_column="record_type", id_column="record_id")
    entries = SearchEntry.objects.filter(visible, record_id__in=asked)
    return others | set(entries.values_list("record_id", flat=True))
