"""The description of the API, OpenAPI 3.1: made for one actor from the dictionary, the verbs and the rights."""

from .document import document_for

__all__ = ["document_for"]
