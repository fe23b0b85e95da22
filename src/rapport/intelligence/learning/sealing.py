"""The seal of what was learned: whatever lacks it is never loaded."""

from django.core.signing import Signer

_SIGNER = Signer(salt="rapport.intelligence.estimator")


def seal(text: str) -> str:
    """What nobody can make without the instance's secret."""
    return _SIGNER.signature(text)
