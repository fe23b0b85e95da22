"""Values taken from a list: closed lists, yes or no, and lists that users extend."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from rapport.core.search_entries import normalise

from .base import Domain, ValueProblem, text_of

NEAR = 80.0
_TRUE = frozenset({"1", "true", "yes", "y", "on", "x", "oui", "vrai", "sim", "verdadeiro"})
_FALSE = frozenset({"0", "false", "no", "n", "off", "non", "faux", "nao", "falso"})


def squeeze(text: str) -> str:
    """Text reduced to letters and digits: what is equal so is the same value written differently."""
    return "".join(char for char in normalise(text) if char.isalnum())


def nearest(text: str, known: Mapping[str, str]) -> tuple[str, float] | None:
    """The known label most like `text` with its similarity (0 to 100), if it is near enough to propose."""
    found: tuple[str, float, str] | None = process.extractOne(
        normalise(text), {key: normalise(label) for key, label in known.items()}, scorer=fuzz.ratio
    )
    return (found[2], found[1]) if found is not None and found[1] >= NEAR else None


@dataclass(frozen=True)
class Choice(Domain):
    """One of a closed list: stored code → label; `aliases` are other spellings → code."""

    kind: ClassVar[str] = "choice"
    options: Mapping[str, str | Promise] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)

    def labels(self) -> dict[str, str]:
        """Code → label in the active language, in the list's order."""
        return {code: str(label) for code, label in self.options.items()}

    def parse(self, raw: object) -> str | None:
        """The code for a code, a label or an alias; near misses are proposed, never taken."""
        text = text_of(raw)
        if not text:
            return None
        if text in self.labels():
            return text
        code = self._spellings().get(squeeze(text))
        if code is None:
            raise self._refusal(text)
        return code

    def _spellings(self) -> dict[str, str]:
        labels = self.labels()
        known = {squeeze(code): code for code in labels} | {squeeze(label): code for code, label in labels.items()}
        return known | {squeeze(alias): code for alias, code in self.aliases.items()}

    def _refusal(self, text: str) -> ValueProblem:
        labels = self.labels()
        near = nearest(text, labels)
        if near:
            message = _("“%(text)s” is not in the list. Did you mean “%(label)s”?")
            label = labels[near[0]]
            return ValueProblem(message % {"text": text[:60], "label": label}, suggestion=near[0], similarity=near[1])
        return ValueProblem(_("“%(text)s” is not in the list. Choose one of its values.") % {"text": text[:60]})

    def display(self, value: Any) -> str:
        """The label."""
        label = self.options.get(value)  # one translated is quicker than all
        if label is not None or not value:
            return str(label or "")
        return self.labels().get(value, str(value))


@dataclass(frozen=True)
class Boolean(Domain):
    """Yes or no."""

    kind: ClassVar[str] = "boolean"

    def parse(self, raw: object) -> bool | None:
        """Yes or no in English, French or Portuguese, or 1 and 0."""
        if isinstance(raw, bool):
            return raw
        text = normalise(text_of(raw))
        if not text:
            return None
        if text in _TRUE or text in _FALSE:
            return text in _TRUE
        raise ValueProblem(_("“%(text)s” is neither yes nor no.") % {"text": text[:60]})

    def display(self, value: Any) -> str:
        """Yes or no."""
        return "" if value is None else str(_("Yes") if value else _("No"))


@dataclass(frozen=True)
class OpenList(Domain):
    """One of a list that users extend: `known` gives the values in use, label → label."""

    kind: ClassVar[str] = "open_list"
    known: Callable[[], Mapping[str, str]] = dict
    longest: int = 80

    def labels(self) -> dict[str, str]:
        """The values in use."""
        return dict(self.known())

    def parse(self, raw: object) -> str | None:
        """The text itself, in the spelling already in use if it differs only by case, spaces or accents."""
        text = " ".join(text_of(raw).split())
        if len(text) > self.longest:
            raise ValueProblem(_("At most %(longest)d characters fit here. Shorten it.") % {"longest": self.longest})
        if not text:
            return None
        return self._spellings().get(squeeze(text), text)

    def display(self, value: Any) -> str:
        """The value, in the active language if it is one of ours."""
        return str(_(value)) if value else ""

    def _spellings(self) -> dict[str, str]:
        known = self.known()
        return {squeeze(label): value for value, label in known.items()} | {squeeze(value): value for value in known}
