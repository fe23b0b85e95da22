"""What the tests of the pipeline start from."""

from typing import Any

from rapport.pipeline.models import Opportunity, Pipeline, Stage
from tests.cast import Cast


def stage(code: str) -> Stage:
    """A stage of the sales cycle, S1 to S6."""
    return Stage.objects.get(code=code)


def cycle() -> Pipeline:
    """The default pipeline."""
    return Pipeline.objects.get(is_default=True)


def sale(cast: Cast, name: str = "Packing machine", **facts: Any) -> Opportunity:
    """An opportunity of Alice's."""
    with cast.acting(cast.alice):
        return Opportunity.create(**{"name": name, "owner": cast.alice, **facts})
