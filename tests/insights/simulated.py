"""Histories of a made-up team in which what works is known, because it was planted."""

import numpy as np

from rapport.insights.works.table import Table

SELLERS = 8


def tables(
    seed: int,
    *,
    cases: int,
    patterns: int = 6,
    points: float = 0.0,
    speed: float = 1.0,
    confounded: float = 0.0,
    curved: float = 0.0,
    together: float = 0.0,
) -> dict[str, Table]:
    """As many patterns as asked, followed by chance and by what cases are like; only the first one does anything.

    `points` is added to the chance to win where it is followed, `speed` multiplies how fast the goal is reached.
    `confounded`: how strongly size drives both the first pattern and success, which is then not the pattern's doing;
    `curved`: the same of very large and very small sizes; `together`: of size, the other way round for customers.
    """
    chance = np.random.default_rng(seed)
    size, skill = chance.normal(size=cases), chance.normal(size=SELLERS)
    stage, seller = chance.integers(0, 4, cases), chance.integers(0, SELLERS, cases)
    is_customer = chance.random(cases) < 0.5
    cause = confounded * size + curved * (size**2 - 1) + together * size * (2 * is_customer - 1)
    pulls = [cause * (number == 0) + chance.normal(-0.3, 0.5) for number in range(patterns)]
    followed = [chance.random(cases) < _share(pull + 0.4 * is_customer + 0.2 * skill[seller]) for pull in pulls]
    drive = 0.25 * stage + 0.3 * is_customer + 0.2 * skill[seller] + cause
    won = chance.random(cases) < np.clip(_share(drive - 0.7) + points * followed[0], 0, 1)
    pace = np.exp(0.5 * drive - 4.3) * np.where(followed[0], speed, 1.0)
    goal, end = chance.exponential(1 / pace), chance.exponential(80.0, cases)
    alike = {"size": size, "customer": is_customer.astype(float), "time": np.arange(cases) / cases}
    alike |= {f"seller {number}": (seller == number).astype(float) for number in range(SELLERS)}
    return {
        f"pattern {number}": Table(
            followed=column,
            stage=stage.astype(np.int64),
            alike=alike,
            won=won.astype(float),
            days=np.minimum(goal, end) + 0.5,
            reached=goal <= end,
            watched=stage < 3,
        )
        for number, column in enumerate(followed)
    }


def _share(drive: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-drive)))
