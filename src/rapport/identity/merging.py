"""What merging means for rights and saved lists: whoever saw or could change the record that goes still can."""

from datetime import date
from typing import cast

from rapport.core.bulk import change_many, create_many
from rapport.core.records import Record

from .models import OwnedRecord, SavedView, Scope, Share
from .models.visibility import scopes_in_force


def keep_rights(gone: Record, into: Record) -> None:
    """Unite what both were shared for; where a rule keeps the type from others, share with those who owned the one."""
    if isinstance(gone, OwnedRecord) and gone.is_shareable:
        _strengthen(gone, into)
        _share_with_owners(gone, cast("OwnedRecord", into))


def point_views(gone: Record, into: Record) -> None:
    """Let saved lists that ask for the one record ask for the other."""
    old, new = str(gone.pk), str(into.pk)
    queries = SavedView._base_manager.filter(query__contains=old).values_list("pk", "query")
    change_many(SavedView, {key: {"query": query.replace(old, new)} for key, query in queries})


def _strengthen(gone: Record, into: Record) -> None:
    """Shared twice with the same: as far and as long as either."""
    known = {(share.user_id, share.team_id): share for share in Share._base_manager.filter(record_id=into.pk)}
    stronger = {}
    for share in Share._base_manager.filter(record_id=gone.pk):
        mine = known.get((share.user_id, share.team_id))
        if mine is not None:
            until = _later(mine.until, share.until)
            stronger[mine.pk] = {"may_edit": mine.may_edit or share.may_edit, "until": until}
    change_many(Share, stronger)


def _later(one: date | None, other: date | None) -> date | None:
    """The later end; None, which is no end, before all."""
    return None if one is None or other is None else max(one, other)


def _share_with_owners(gone: OwnedRecord, into: OwnedRecord) -> None:
    scope = scopes_in_force().get(gone.record_type, gone.default_scope)
    wanted = []
    if scope != Scope.EVERYONE and gone.owner_id not in (None, into.owner_id):
        wanted.append({"user_id": gone.owner_id})
    if scope == Scope.TEAM and gone.team_id not in (None, into.team_id):
        wanted.append({"team_id": gone.team_id})
    told = {"for_type": gone.record_type, "record_id": into.pk, "may_edit": True}
    for whom in wanted:
        known = Share._base_manager.filter(record_id__in=[gone.pk, into.pk], **whom).values_list("pk", flat=True)
        if known:
            change_many(Share, {key: {"may_edit": True, "until": None} for key in known})
        else:
            create_many(Share, [{**told, **whom}])
