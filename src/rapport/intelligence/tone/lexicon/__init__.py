"""The phrases by language. Words are written without accents, as they are compared; `*` stands for any ending."""

from .english import ENGLISH
from .french import FRENCH
from .german import GERMAN
from .language import Language
from .portuguese import PORTUGUESE

LANGUAGES: tuple[Language, ...] = (ENGLISH, FRENCH, PORTUGUESE, GERMAN)
