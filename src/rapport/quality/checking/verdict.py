"""What a check answers, and what it is told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

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
    `confidence`, from 0 to 1, is that of the proposal, or of the grade where there is no proposal.
    """

    grade: Grade
    reason: str
    proposal: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True)
class Context:
    """What is known besides the value: an ISO 3166 country code or "", and the values that exist."""

    country: str = ""
    choices: tuple[str, ...] = ()


Check = Callable[[str, Context], Verdict]


class UnknownKind(Problem):
    """There is no check for values of this kind."""

    def __init__(self, kind: str, known: Iterable[str]) -> None:
        super().__init__(f"There is no check of “{kind}”. Choose one of: {', '.join(sorted(known))}.")


def good(value: str, normal: str, reason: str = "It is as it should be.") -> Verdict:
    """The value is right; its normal form is proposed where it was written differently."""
    if normal == value:
        return Verdict(Grade.GOOD, reason)
    return Verdict(Grade.GOOD, reason, normal)


def doubtful(reason: str, proposal: str | None = None, *, confidence: float) -> Verdict:
    """The value may be right, but somebody should look."""
    return Verdict(Grade.DOUBTFUL, reason, proposal, confidence)


def bad(reason: str, proposal: str | None = None, *, confidence: float) -> Verdict:
    """The value can't be right."""
    return Verdict(Grade.BAD, reason, proposal, confidence)


def country_code(text: str) -> str:
    """The ISO 3166 code for a code or a name, "" for nothing; raises `ValueProblem` when there is no such country."""
    return Country().parse(text) or ""
