"""What a stage still needs to know."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from rapport.core.problems import Problem
from rapport.governance.dictionary import Field, entry_of

if TYPE_CHECKING:
    from ..stage import Stage


class StageNeeds(Problem):
    """An opportunity can't enter a stage yet; `fields` are the names of what is missing."""

    def __init__(self, stage: "Stage", fields: tuple[str, ...]) -> None:
        self.stage, self.fields = stage, fields
        labels = ", ".join(str(entry.label) for entry in self.entries)
        super().__init__(_("“%(stage)s” needs: %(fields)s.") % {"stage": stage.title, "fields": labels})

    @property
    def entries(self) -> list[Field]:
        """The missing fields as the dictionary describes them."""
        described = entry_of("opportunity").fields
        return [described[name] for name in self.fields if name in described]
