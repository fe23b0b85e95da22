"""Who does not want the weekly mail."""

from django.conf import settings
from django.db import models


class DigestRefusal(models.Model):
    """A user who said no to the weekly digest."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return str(self.user)
