"""Reading what stands after the question mark: only what is known, each at most once unless it may repeat."""

from collections.abc import Collection as Names
from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from .bodies import check_text
from .problems import ApiProblem, wrong_parameter

_LONGEST = 2_000
LONGEST_SEARCH = 200


class Parameters:
    """The parameters of a request; raises `ApiProblem` 422 naming the one that is wrong."""

    def __init__(self, request: HttpRequest, *, known: Names[str], repeated: Names[str] = ()) -> None:
        self._given = {name: request.GET.getlist(name) for name in request.GET}
        for name, texts in self._given.items():
            self._check(name, texts, {*known, *repeated}, repeated)

    def _check(self, name: str, texts: Sequence[str], known: Names[str], repeated: Names[str]) -> None:
        if name not in known:
            words = {"name": name[:60], "known": ", ".join(sorted(known)) or "–"}
            raise wrong_parameter(name[:60], _("There is no parameter “%(name)s” here. Known: %(known)s.") % words)
        if len(texts) > 1 and name not in repeated:
            raise wrong_parameter(name, _("“%(name)s” may be given only once.") % {"name": name})
        for text in texts:
            if len(text) > _LONGEST:
                raise wrong_parameter(name, _("This is too long."))
            try:
                check_text(text)
            except ApiProblem as problem:
                raise wrong_parameter(name, problem.detail) from None

    def all(self, name: str) -> list[str]:
        """Every value given."""
        return self._given.get(name, [])

    def text(self, name: str, otherwise: str = "", *, most: int = _LONGEST) -> str:
        """The value given, of at most so many characters."""
        text = self._given.get(name, [otherwise])[0]
        if len(text) > most:
            raise wrong_parameter(name, _("This is too long."))
        return text

    def names(self, name: str) -> list[str]:
        """The words of a list separated by commas; an empty list is a mistake."""
        if name not in self._given:
            return []
        words = self.text(name).split(",")
        if not all(words):
            raise wrong_parameter(name, _("Name fields separated by commas, such as name,amount."))
        return words

    def choice(self, name: str, options: Sequence[str], otherwise: str = "") -> str:
        """One of the options."""
        text = self.text(name, otherwise)
        if name in self._given and text not in options:
            raise wrong_parameter(
                name, _("“%(text)s” is none of: %(known)s.") % {"text": text[:60], "known": ", ".join(options)}
            )
        return text

    def number(self, name: str, otherwise: int, *, least: int, most: int) -> int:
        """A whole number between two bounds."""
        text = self.text(name, str(otherwise))
        if not (text.isascii() and text.isdigit() and len(text) < 20) or not least <= int(text) <= most:
            words = {"least": least, "most": most}
            raise wrong_parameter(name, _("Give a whole number from %(least)d to %(most)d.") % words)
        return int(text)

    def key(self, name: str) -> UUID | None:
        """The id of a record."""
        if name not in self._given:
            return None
        try:
            return UUID(self.text(name))
        except ValueError:
            raise wrong_parameter(name, _("Expected %(kind)s here.") % {"kind": _("the id of a record")}) from None
