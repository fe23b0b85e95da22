"""Figures that were worked out for a page, kept for a while."""

from django.db import models


class KeptFigures(models.Model):
    """What a question came to for one sight; `key` stands for both, `sight` for what that sight had lost by then.

    `user_id`, `language` and `zone` are those of who asked last, so that the figures can be worked out anew for them.
    `milliseconds` is how long it took; that is remembered when the figures are forgotten, which leaves them empty.
    """

    key = models.CharField(max_length=64, primary_key=True)
    question = models.CharField(max_length=40)
    asked = models.CharField(max_length=200)
    user_id = models.UUIDField(null=True)
    language = models.CharField(max_length=10)
    zone = models.CharField(max_length=64)
    sight = models.CharField(max_length=60)
    as_of = models.DateTimeField()
    looked_at = models.DateTimeField()
    figures = models.BinaryField()
    milliseconds = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["looked_at"], name="kept_figures_by_look")]

    def __str__(self) -> str:
        return f"{self.question} as of {self.as_of:%Y-%m-%d %H:%M}"
