"""What a check answers, and what it is told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from rapport.core.problems import Problem
from rapport.governance.domains import Country


class Grade(StrEnum):
    """How a value was found."""

    GOOD = "good"
    DOUBTFUL = "doubtful"
    BAD = "bad"


@dataclass(frozen=True)
class Verdict:
    """A judgement of one value.

    `proposal` is the value corrected or in its normal form, None where it is right as it stands or nothing can be said.
    `confidence`, from 0 to 1, is that of the proposal, or of the grade where there is no proposal. `code` names what is
    wrong, where rules tell one thing from another.
    """

    grade: Grade
    reason: str
    proposal: str | None = None
    confidence: float = 1.0
    code: str = ""


@dataclass(frozen=True)
class Context:
    """What is known besides the value: an ISO 3166 country code or "", and the values that exist."""

    country: str = ""
    choices: tuple[str, ...] = ()


Check = Callable[[str, Context], Verdict]


class UnknownKind(Problem):
    """There is no check for values of this kind."""

    def __init__(self, kind: str, known: Iterable[str]) -> None:
        words = {"kind": kind, "known": ", ".join(sorted(known))}
        super().__init__(_("There is no check of “%(kind)s”. Choose one of: %(known)s.") % words)


def good(value: str, normal: str, reason: str = "") -> Verdict:
    """The value is right; its normal form is proposed where it was written differently."""
    told = reason or _("It is as it should be.")
    return Verdict(Grade.GOOD, told) if normal == value else Verdict(Grade.GOOD, told, normal)


def doubtful(reason: str, proposal: str | None = None, *, confidence: float, code: str = "") -> Verdict:
    """The value may be right, but somebody should look."""
    return Verdict(Grade.DOUBTFUL, reason, proposal, confidence, code)


def bad(reason: str, proposal: str | None = None, *, confidence: float, code: str = "") -> Verdict:
    """The value can't be right."""
    return Verdict(Grade.BAD, reason, proposal, confidence, code)


def country_code(text: str) -> str:
    """The ISO 3166 code for a code or a name, "" for nothing; raises `ValueProblem` when there is no such country."""
    return Country().parse(text) or ""
