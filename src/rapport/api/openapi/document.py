"""The whole document."""

from typing import Any

from rapport import __version__
from rapport.core.actors import Actor

from ..collections import collections
from .general import common_paths
from .paths import paths_of
from .schemas import Schemas

_DESCRIPTION = (
    "Records, verbs, history, files and search. Send `Authorization: Bearer TOKEN`; make a token under"
    " Settings › API tokens. Errors are `application/problem+json`. What this document lists is what your token may do."
)


def document_for(actor: Actor, *, server: str = "/api/v1") -> dict[str, Any]:
    """OpenAPI 3.1 of everything the actor may do."""
    schemas, paths = Schemas(actor), dict[str, dict[str, Any]]()
    readable = [found for found in collections() if found.may_read(actor)]
    every = [common_paths(), *(paths_of(collection, actor, schemas) for collection in readable)]
    for group in every:
        for path, method, operation in group:
            paths.setdefault(path, {})[method] = operation
    token = {"type": "http", "scheme": "bearer"}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Rapport", "version": __version__, "description": _DESCRIPTION},
        "servers": [{"url": server}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {"schemas": dict(sorted(schemas.named.items())), "securitySchemes": {"token": token}},
    }
