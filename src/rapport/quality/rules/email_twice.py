"""People who share an e-mail address."""

from typing import Any

from django.db.models import BooleanField, Func, Q
from django.utils.translation import gettext_lazy as _

from rapport.quality.ruling import Asked, Dimension, Severity


class Shared(Func):
    """Whether another person has one of the addresses; the index on them answers.

    Others are counted, not looked for with EXISTS: PostgreSQL can't tell how many people have an address, takes it for
    a thousand, and would read all people until the first one comes (4.6 seconds for each person, of a million).
    """

    output_field = BooleanField()
    template = """EXISTS (
        SELECT FROM jsonb_array_elements(%(emails)s) AS entry
        CROSS JOIN LATERAL (
            SELECT count(*) AS number FROM directory_person AS other
            WHERE (lower((other.emails)::text)::jsonb)
                  @> jsonb_build_array(jsonb_build_object('value', lower(entry ->> 'value')))
              AND other.id <> %(key)s
        ) AS others
        WHERE others.number > 0
    )"""

    def as_sql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """One look at the index for each address."""
        emails, key = (compiler.compile(part)[0] for part in self.source_expressions)
        return self.template % {"emails": emails, "key": key}, []


RULE = Asked(
    label=_("E-mail address used twice"),
    meaning=_("Two people have the same address: they are probably one person. Merge them, or correct one."),
    dimension=Dimension.UNIQUENESS,
    severity=Severity.MEDIUM,
    minutes=8,
    record_type="person",
    field="emails",
    where=lambda: Q(Shared("emails", "pk")),
    is_own_table=True,
    bad=(
        {
            "last_name": "Bell",
            "emails": [{"kind": "work", "value": "ann@acme.com"}],
            "beside": [{"last_name": "Bel", "emails": [{"kind": "work", "value": "Ann@acme.com"}]}],
        },
    ),
    good=({"last_name": "Bell", "emails": [{"kind": "work", "value": "ann@acme.com"}]},),
)
