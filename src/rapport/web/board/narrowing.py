"""Which cards the board shows: whose, and closing when. The choice stands in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.governance.selection import Condition, Matched, match
from rapport.governance.selection.matching import combined
from rapport.governance.selection.periods import period_label

PERIODS = ("this_month", "next_month", "this_quarter", "next_quarter", "this_year")


@dataclass(frozen=True)
class Offer:
    """One choice: its name and where it leads."""

    label: str
    href: str
    is_current: bool


@dataclass(frozen=True)
class Narrowing:
    """The choices made: a pipeline, an owner (an id, "me" or "my_team") and a period; empty where none was."""

    pipeline: str = ""
    owner: str = ""
    closing: str = ""

    @classmethod
    def read(cls, parameters: Mapping[str, str]) -> "Narrowing":
        """From the parameters of an address."""
        return cls(*(parameters.get(name, "")[:60].replace("\x00", "") for name in ("pipeline", "owner", "closing")))

    @property
    def query(self) -> str:
        """The parameters of the address."""
        chosen = {name: getattr(self, name) for name in ("pipeline", "owner", "closing")}
        return urlencode({name: value for name, value in chosen.items() if value})

    def among(self, actor: Actor) -> tuple[Q | None, list[str]]:
        """The condition, and sentences about choices that make no sense."""
        wanted = [Condition("owner", "is", (self.owner,))] if self.owner else []
        wanted += [Condition("expected_close", "within", (self.closing,))] if self.closing else []
        outcomes = [match(condition, "opportunity", actor=actor) for condition in wanted]
        notes = [item.reason for item in outcomes if not isinstance(item, Matched)]
        return (combined([[item] for item in outcomes], any_of=False) if wanted else None), notes

    def words(self, actor: Actor) -> str:
        """The owner in words, for the menu."""
        if not self.owner:
            return _("Everyone")
        outcome = match(Condition("owner", "is", (self.owner,)), "opportunity", actor=actor)
        return outcome.words.capitalize() if isinstance(outcome, Matched) else _("Nobody")

    def owners(self, people: Mapping[str, str]) -> list[Offer]:
        """Whose cards can be asked for; `people` are names by id."""
        known = {"": _("Everyone"), "me": _("Me"), "my_team": _("My team"), **people}
        return [Offer(label, self._with(owner=key), key == self.owner) for key, label in known.items()]

    @property
    def periods(self) -> list[Offer]:
        """When they may be expected to close."""
        known = {"": _("Any time"), **{key: period_label(key).capitalize() for key in PERIODS}}
        return [Offer(label, self._with(closing=key), key == self.closing) for key, label in known.items()]

    @property
    def period_words(self) -> str:
        """The period in words, for the menu."""
        return period_label(self.closing).capitalize() if self.closing else _("Any time")

    def _with(self, **changes: str) -> str:
        chosen = Narrowing(**{"pipeline": self.pipeline, "owner": self.owner, "closing": self.closing, **changes})
        return f"/pipeline/?{chosen.query}" if chosen.query else "/pipeline/"
