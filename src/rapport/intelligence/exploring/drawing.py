"""Which records are held back: drawn by their id under the instance's secret, so always the same ones."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from ..models import Estimator, Exploration, Score
from ..predictions.prediction import Prediction

FEWEST = 1_000
"""Of fewer past cases, so few would be held back that they'd tell nothing."""
_MOST = 2**32


def share_of(estimator: Estimator | None) -> float:
    """The share that is held back of what this version scores, from 0 to 1."""
    if estimator is None or estimator.cases < FEWEST:
        return 0.0
    return Exploration.now().share_now


def held_back(prediction: Prediction, ids: Sequence[str], *, share: float) -> NDArray[np.bool_]:
    """Which of these records get no number, shape (records,); never one whose number was shown already."""
    if share <= 0:
        return np.zeros(len(ids), dtype=bool)
    drawn = [key for key in ids if _is_drawn(prediction.name, key, share)]
    shown = Score.objects.filter(prediction=prediction.name, chance__isnull=False, record_id__in=drawn)
    chosen = set(drawn) - {str(key) for key in shown.values_list("record_id", flat=True)}
    return np.fromiter((key in chosen for key in ids), dtype=bool, count=len(ids))


def _is_drawn(prediction: str, record_id: str, share: float) -> bool:
    secret = settings.SECRET_KEY.encode()[:64]
    found = blake2b(f"{prediction} {record_id}".encode(), digest_size=4, key=secret).digest()
    return int.from_bytes(found, "big") < share * _MOST
