"""What is known of one language."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..aspects import Aspect


@dataclass(frozen=True)
class Language:
    """Its phrases by aspect, parted by commas, and the words that negate.

    `before` negate what follows within three words, `after` what stands just before them.
    """

    code: str
    before: frozenset[str]
    after: frozenset[str]
    phrases: Mapping[Aspect, str]
