"""The schemas of records: as they are read, made and changed, and what verbs take."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.governance.dictionary import Field
from rapport.governance.domains import Choice, Domain, Several

from ..collections import Collection, OfferedVerb
from ..reading import readable_fields
from ..values import LISTS, REFERENCE, Schema, object_schema, schema_of
from ..writing import changeable_fields, creatable_fields, verb_arguments
from .common_schemas import ALWAYS, COMMON
from .operations import ref

_MANY_OPTIONS = 40


class Schemas:
    """The named schemas of one document, made as they are needed."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.named: dict[str, Schema] = {"Reference": REFERENCE, **COMMON}

    def record(self, collection: Collection) -> Schema:
        """A record as it is read; with `fields=`, only some members are there."""
        name = class_name(collection)
        if name not in self.named:
            members = {**ALWAYS, "type": {"const": collection.record_type}}
            for field in readable_fields(collection, self.actor).values():
                members[field.name] = {
                    **self._value(field, nullable=field.domain.kind not in LISTS),
                    "title": str(field.label),
                }
            if collection.record_type == "webhook":
                members["secret"] = {"type": "string", "description": _("Only in the answers that give a secret.")}
            schema = object_schema(members, required=("id",))
            self.named[name] = {**schema, "title": name, "description": str(collection.entry.meaning)}
        return ref(name)

    def creation(self, collection: Collection) -> Schema:
        """What a new record may be given."""
        fields = creatable_fields(collection, self.actor)
        return self._writable(f"New{class_name(collection)}", fields)

    def change(self, collection: Collection) -> Schema:
        """What may be changed of a record."""
        return self._writable(f"{class_name(collection)}Change", changeable_fields(collection, self.actor))

    def row(self, collection: Collection) -> Schema:
        """A row of a bulk request: with an id a change, without one a new record."""
        fields = {**changeable_fields(collection, self.actor), **creatable_fields(collection, self.actor)}
        name = f"{class_name(collection)}Row"
        self._writable(name, fields)
        self.named[name]["properties"]["id"] = {"type": "string", "format": "uuid"}
        return ref(name)

    def arguments(self, collection: Collection, offered: OfferedVerb) -> Schema:
        """What a verb may be given."""
        arguments = verb_arguments(collection, offered, self.actor)
        needed = tuple(field.name for field in arguments.own if field.mandatory is not None)
        words = "".join(part.capitalize() for part in offered.name.split("_"))
        return self._writable(f"{class_name(collection)}{words}", arguments.all, required=needed)

    def _writable(self, name: str, fields: Mapping[str, Field], *, required: tuple[str, ...] = ()) -> Schema:
        members = {
            field.name: {**self._value(field, nullable=field.name not in required), "title": str(field.label)}
            for field in fields.values()
        }
        self.named[name] = {**object_schema(members, required=required), "title": name}
        return ref(name)

    def _value(self, field: Field, *, nullable: bool) -> Schema:
        schema = self._domain(field.domain)
        described = {"description": str(field.meaning)} if field.meaning else {}
        if not nullable:
            return {**schema, **described}
        if "$ref" in schema or "enum" in schema:
            return {"anyOf": [schema, {"type": "null"}], **described}
        return {**schema, "type": [schema["type"], "null"], **described}

    def _domain(self, domain: Domain) -> Schema:
        """Long lists of options are named once."""
        schema = schema_of(domain)
        if isinstance(domain, Several):
            return {**schema, "items": self._domain(domain.each)}
        if isinstance(domain, Choice) and len(schema["enum"]) > _MANY_OPTIONS:
            name = f"{type(domain).__name__}Code"
            self.named[name] = {**schema, "title": name, "description": domain.standard}
            return ref(name)
        return schema


def class_name(collection: Collection) -> str:
    """The name of a type's schema: "Organisation", "PriceList"."""
    from django.utils.translation import override

    with override("en"):
        words = str(collection.entry.label).replace("-", " ").split()
    return (
        "".join(word[:1].upper() + word[1:] for word in words if word.isalnum() and word.isascii())
        or collection.record_type
    )
