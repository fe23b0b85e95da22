"""Carrying the decisions over to the staged rows before the run: what is rejected, what changes nothing after all."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils.translation import gettext as _

from rapport.integrations.importing.choices import Choice, chosen
from rapport.integrations.models import Decision, DecisionKind, Import, Status


@contextmanager
def as_settled(subject: Import) -> Iterator[None]:
    """Within the block the staged rows are as the decisions make them; before the run that is undone at its end."""
    if subject.started_at is not None or subject.status != Status.CHECKED:
        yield
        return
    with transaction.atomic():
        settle(subject)
        yield
        transaction.set_rollback(True)


def settle(subject: Import) -> None:
    """Write down each decision's choice and its effect on rows; can be repeated."""
    take = bool(subject.options.get("take_suggestions"))
    decisions = Decision.objects.filter(part_of=subject).exclude(kind=DecisionKind.SAME)
    choices = {item.pk: chosen(item, take_suggestions=take).value for item in decisions.iterator()}
    reject = [key for key, choice in choices.items() if choice == Choice.REJECT]
    empty = [key for key, choice in choices.items() if choice == Choice.EMPTY]
    files = list(subject.files.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(_CHOOSE, [list(choices), list(choices.values())])
        if reject:
            told = _("The row was rejected by decision:")
            cursor.execute(_REJECT, [told, reject, files, reject])
            while cursor.rowcount:
                cursor.execute(_REJECT_DEPENDENT, [_("The row links to one that was rejected:"), files, files])
        if empty:
            cursor.execute(_LEAVE, [files, empty])


_CHOOSE = """
UPDATE integrations_decision AS old SET choice = new.choice
FROM unnest(%s::bigint[], %s::text[]) AS new(id, choice) WHERE old.id = new.id AND old.choice <> new.choice
"""
_REJECT = """
UPDATE integrations_stagedrow SET action = 'reject', reason = (
    SELECT %s || ' ' || string_agg(entry.key || ' “' || (entry.value->>1) || '”', ', ') || '.'
    FROM jsonb_each(waits) AS entry WHERE (entry.value->>0)::bigint = ANY(%s))
WHERE file_id = ANY(%s) AND waits IS NOT NULL AND action IN ('create', 'change')
  AND EXISTS (SELECT 1 FROM jsonb_each(waits) AS entry WHERE (entry.value->>0)::bigint = ANY(%s))
"""
_LEAVE = """
UPDATE integrations_stagedrow SET action = 'unchanged'
WHERE file_id = ANY(%s) AND waits IS NOT NULL AND action = 'change' AND values IS NULL AND later IS NULL
  AND NOT EXISTS (SELECT 1 FROM jsonb_each(waits) AS entry WHERE NOT (entry.value->>0)::bigint = ANY(%s))
"""
_REJECT_DEPENDENT = """
UPDATE integrations_stagedrow AS row SET action = 'reject', reason = %s || ' ' || gone.name || ' (' || gone.line || ').'
FROM (
    SELECT rejected.record_id::text AS key, rejected.line, file.name FROM integrations_stagedrow AS rejected
    JOIN integrations_importfile AS file ON file.id = rejected.file_id
    WHERE rejected.file_id = ANY(%s) AND rejected.action = 'reject' AND rejected.record_id IS NOT NULL
) AS gone
WHERE row.file_id = ANY(%s) AND row.action IN ('create', 'change')
  AND (EXISTS (SELECT 1 FROM jsonb_each_text(row.values) AS entry WHERE entry.value = gone.key)
       OR EXISTS (SELECT 1 FROM jsonb_each(row.later) AS entry WHERE entry.value->>0 = gone.key))
"""
