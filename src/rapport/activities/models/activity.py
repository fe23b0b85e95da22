"""What all activities share: when, what they are about, the words, an owner and a team."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor, current_actor
from rapport.core.clock import now
from rapport.core.records import RECORD_TYPES
from rapport.core.scopes import ExistsPerRow, SharedScope
from rapport.core.values_field import EntriesField
from rapport.core.work import current_work, work_under_way
from rapport.identity.actors import actor_for
from rapport.identity.models import OwnedRecord, User

from ..about import SUBJECT_TYPES, Given, Subject, complete_many, completed, subjects
from ..mentions import mentioned_in
from ..notices import NoticeKind, tell
from .timeline_entry import TimelineEntry

_TITLE_LENGTH = 80


def about_nothing_hidden(actor: Actor, item: str, exists: type[Exists]) -> Q:
    """The condition that a row whose column `item` holds an activity's id is about nothing hidden from the actor."""
    restricted = _restricted_subjects(actor)
    if not restricted:
        return Q()
    hidden = reduce(or_, (_unseen(record_type, actor) for record_type in restricted))
    return Q(~exists(TimelineEntry.objects.filter(hidden, item_id=OuterRef(item))))


class Activity(OwnedRecord):
    """Something done with or about a customer; seen only by those who may see all that it is about."""

    shared_scopes: ClassVar[tuple[SharedScope, ...]] = (about_nothing_hidden,)
    is_shareable: ClassVar[bool] = False

    at = models.DateTimeField(_("when"), default=now)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    about = EntriesField(_("about"), default=list, blank=True)
    mentions = EntriesField(_("mentioned"), default=list, blank=True, editable=False)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["-at", "-id"], name="%(class)s_newest_first")]

    @classmethod
    def title_of(cls, values: Mapping[str, Any]) -> str:
        """The subject, or else how the text begins."""
        return str(values.get("subject") or "") or _beginning(str(values.get("text") or ""))

    @classmethod
    def search_text_of(cls, values: Mapping[str, Any]) -> str | None:
        """Found by every word of the text."""
        return str(values.get("text") or "")

    @classmethod
    def complete_rows(cls, rows: Sequence[dict[str, Any]]) -> None:
        """Bulk rows may give `about` as pairs of type and id; what it implies is added as in `check_facts`."""
        super().complete_rows(rows)
        complete_many(rows)

    @classmethod
    def placed_at(cls, values: Mapping[str, Any]) -> datetime:
        """The moment at which it stands on timelines."""
        moment: datetime = values["at"]
        return moment

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """Whether its own rule, or that of anything it may be about, hides some from the actor."""
        return cls.own_scope(actor) is not None or bool(_restricted_subjects(actor))

    @classmethod
    def scope_of(cls, actor: Actor) -> Q:
        """What its own rule shows, unless it is about a record that the actor may not see."""
        return (cls.own_scope(actor) or Q()) & about_nothing_hidden(actor, "pk", Exists)

    @classmethod
    def own_scope(cls, actor: Actor) -> Q | None:
        """What its own rule shows, whatever it is about; None where that is everything."""
        return super().scope_of(actor) if super().restricts(actor) else None

    def may_be_changed_by(self, actor: Actor) -> bool:
        """The same reach as for reading."""
        return not type(self).restricts(actor) or type(self).objects.visible_to(actor).filter(pk=self.pk).exists()

    @property
    def about_subjects(self) -> list[Subject]:
        """The records it is about, named ones first."""
        return subjects(self.about)

    def check_facts(self) -> None:
        """Complete what it is about, whose it is and who is mentioned, then check each field."""
        if self._state.adding and self.owner_id is None:
            self.owner_id = current_actor().user_id
        work = work_under_way()
        known = work.baselines.get(self.pk, {}) if work else {}
        self.about = completed(self.about_given(), before=known.get("about", ()))
        if self.text != known.get("text", ""):
            self.mentions = [{"type": User.record_type, "id": str(key)} for key in mentioned_in(self.text)]
        super().check_facts()

    def about_given(self) -> list[Given]:
        """What it is about, as given; kinds that know more (who attends) add to it."""
        return list(self.about)

    def save(self, *args: Any, **options: Any) -> None:
        """Write the row and tell those who are newly mentioned; whoever may not see it is not mentioned."""
        super().save(*args, **options)
        before = (current_work().rows[self.pk].before or {}).get("mentions") or []
        unreached = [mention for mention in self.mentions if mention not in before and not self._tell(mention)]
        if unreached:
            self.mentions = [mention for mention in self.mentions if mention not in unreached]
            super().save()

    def _tell(self, mention: Mapping[str, str]) -> bool:
        reader = actor_for(User.objects.get(pk=mention["id"]))
        if not type(self).objects.visible_to(reader).filter(pk=self.pk).exists():
            return False
        tell(reader.user_id, NoticeKind.MENTION, about=self)
        return True


def _beginning(text: str) -> str:
    first = text.strip().partition("\n")[0].strip()
    return first if len(first) <= _TITLE_LENGTH else f"{first[:_TITLE_LENGTH].rsplit(' ', 1)[0]} …"


def _unseen(record_type: str, actor: Actor) -> Q:
    """The condition that holds for timeline entries on a record of this type that the actor may not see."""
    model = RECORD_TYPES[record_type]
    seen = model._base_manager.filter(model.scope_of(actor), pk=OuterRef("record_id"))
    return Q(record_type=record_type) & Q(~ExistsPerRow(seen))  # in this order: what is quickly answered comes first


def _restricted_subjects(actor: Actor) -> list[str]:
    return [record_type for record_type in SUBJECT_TYPES if RECORD_TYPES[record_type].restricts(actor)]
