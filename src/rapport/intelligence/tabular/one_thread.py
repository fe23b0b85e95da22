"""Learning on one thread: over a few thousand rows several wait for each other longer than they work."""

from contextlib import AbstractContextManager
from functools import cache
from typing import Any

from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager[Any]:
    """Holds the algebra and the trees of this process to one thread while it lasts."""
    return _pools().limit(limits=1)  # type: ignore[no-any-return]


@cache
def _pools() -> ThreadpoolController:
    """Found once, as looking for them takes milliseconds; scikit-learn brings the last of them."""
    import sklearn.ensemble
    import sklearn.linear_model  # noqa: F401

    return ThreadpoolController()
