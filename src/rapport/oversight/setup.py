"""What a new installation starts with: a switch for all machines, not pulled."""

from rapport.core.beginnings import beginning

from .models import StopSwitch
from .stopping import INSTANCE


@beginning
def ensure_switch() -> None:
    """Make the switch of the installation; without it no machine acts."""
    if not StopSwitch.objects.filter(key=INSTANCE).exists():
        StopSwitch.create(key=INSTANCE)
