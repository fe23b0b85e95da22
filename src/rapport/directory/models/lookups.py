"""Columns and index expressions by which the directory is looked up: web domain, e-mail address."""

from django.db import models


class HostOf(models.Func):
    """The host of a web address in lower case, without "www."."""

    template = "coalesce(substring(lower(%(expressions)s) from '^(?:[a-z]+://)?(?:www[.])?([^/:?#@ ]+)'), '')"
    output_field = models.TextField()


def host_column(column: str) -> models.GeneratedField:
    """A stored column with the host of the web address in another column."""
    return models.GeneratedField(expression=HostOf(models.F(column)), output_field=models.TextField(), db_persist=True)


class InLowerCase(models.Func):
    """A JSON column with all its text in lower case: what is indexed, and so what must be asked."""

    template = "(lower((%(expressions)s)::text)::jsonb)"
    output_field = models.JSONField()
