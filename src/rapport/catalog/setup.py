"""What a new installation starts with: a currency of its own."""

from decimal import Decimal

from django.conf import settings

from rapport.core.beginnings import beginning

from .models import Currency


@beginning
def ensure_base_currency() -> None:
    """Make the configured currency the base unless one was chosen already."""
    if not Currency.objects.filter(is_base=True).exists():
        Currency.create(code=settings.BASE_CURRENCY, rate=Decimal(1), is_base=True)
