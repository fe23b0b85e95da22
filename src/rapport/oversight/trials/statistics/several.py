"""Several trials at once: the more questions, the likelier noise answers one of them."""

from collections.abc import Mapping


def adjusted(chances_of_noise: Mapping[str, float]) -> dict[str, float]:
    """Each chance of noise, made larger so that over all of them noise wins as seldom as promised (Holm 1979)."""
    found: dict[str, float] = {}
    highest = 0.0
    ordered = sorted(chances_of_noise.items(), key=lambda item: item[1])
    for place, (name, chance) in enumerate(ordered):
        highest = max(highest, min(1.0, chance * (len(ordered) - place)))
        found[name] = highest
    return found
