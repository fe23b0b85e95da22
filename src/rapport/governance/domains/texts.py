"""Text, short and long."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from rapport.core.texts import with_plain_line_breaks

from .base import Domain, ValueProblem, text_of


@dataclass(frozen=True)
class Text(Domain):
    """One line of at most `longest` characters."""

    kind: ClassVar[str] = "text"
    longest: int = 200

    def parse(self, raw: object) -> str | None:
        """The text without outer spaces and line breaks."""
        text = " ".join(text_of(raw).split())
        if len(text) > self.longest:
            raise ValueProblem(
                _("At most %(longest)d characters fit here; this has %(length)d. Shorten it.")
                % {"longest": self.longest, "length": len(text)}
            )
        return text or None


@dataclass(frozen=True)
class LongText(Domain):
    """Several lines."""

    kind: ClassVar[str] = "long_text"
    longest: int = 100_000

    def parse(self, raw: object) -> str | None:
        """The text with its line breaks."""
        text = with_plain_line_breaks(text_of(raw))
        if len(text) > self.longest:
            raise ValueProblem(
                _("At most %(longest)d characters fit here; this has %(length)d. Shorten it.")
                % {"longest": self.longest, "length": len(text)}
            )
        return text or None
