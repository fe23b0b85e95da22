"""Every entry of every registry is documented, for the people and the machines that read it."""

from collections.abc import Iterator

from rapport.core.jobs import JOBS
from rapport.core.records import RECORD_TYPES
from rapport.core.snapshots import written_fields
from rapport.core.verbs import VERBS
from rapport.governance.dictionary import Field, RecordTypeEntry, always, entries, entry_of

UNDESCRIBED = {"id", "created_at", "updated_at", "password", "attributes", "derived"}
SHORTEST_MEANING = 8  # characters


def _entries() -> Iterator[RecordTypeEntry]:
    for record_type in RECORD_TYPES:
        if record_type in entries():
            yield entry_of(record_type)


def _fields() -> Iterator[tuple[str, Field]]:
    for entry in _entries():
        for field in entry.fields.values():
            yield f"{entry.record_type}.{field.name}", field


def test_every_verb_has_labels_and_a_meaning() -> None:
    silent = [verb.name for verb in VERBS.values() if not (verb.label and verb.past and _says(verb.meaning))]
    assert not silent


def test_every_job_has_a_label_and_a_meaning() -> None:
    assert not [job.name for job in JOBS.values() if not (job.label and _says(job.meaning))]


def test_every_record_type_is_in_the_dictionary() -> None:
    assert not set(RECORD_TYPES) - set(entries())
    assert not [
        entry.record_type for entry in _entries() if not (entry.label and entry.plural and _says(entry.meaning))
    ]


def test_every_field_of_every_record_is_in_the_dictionary() -> None:
    missing = [
        f"{record_type}.{field.name}"
        for record_type, entry in entries().items()
        for field in written_fields(RECORD_TYPES[record_type])
        if field.name not in UNDESCRIBED and not _is_described(field.name, entry)
    ]
    assert not missing


def _is_described(name: str, entry: RecordTypeEntry) -> bool:
    """A pointer to any record is a pair, `item_type` and `item_id`, described once under the first."""
    return name in entry.fields or (name.endswith("_id") and f"{name.removesuffix('_id')}_type" in entry.fields)


def test_every_field_has_a_label_a_meaning_and_a_steward() -> None:
    assert not [name for name, field in _fields() if not (field.label and _says(field.meaning) and field.steward)]


def test_a_mandatory_field_says_in_words_when_it_is() -> None:
    assert not [name for name, field in _fields() if field.mandatory not in (None, always) and not field.mandatory_when]


def _says(meaning: object) -> bool:
    return len(str(meaning)) >= SHORTEST_MEANING
