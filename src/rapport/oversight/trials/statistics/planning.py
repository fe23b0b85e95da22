"""How many cases a trial needs, before there are any."""

from math import ceil, sqrt

_TWO_SIDED_5 = 1.959964
_POWER = {80: 0.841621, 90: 1.281552, 95: 1.644854}


def pairs_needed(*, difference: float, discordant: float) -> int:
    """Pairs for one look with McNemar's test, 80 % power, two-sided 5 %; `discordant`: the share judged differently.

    Connor 1987. A trial that may be looked at after every case needs more: see `sequential.needed`.
    """
    both = _TWO_SIDED_5 * sqrt(discordant) + _POWER[80] * sqrt(discordant - difference**2)
    return ceil(both**2 / difference**2)


def pairs_for_not_worse(*, margin: float, discordant: float) -> int:
    """Pairs to claim, at one look, that one is not worse than the other by the margin: 90 % power, one-sided 2.5 %.

    Liu, Hsueh, Hsieh and Chen 2002, for two that are equally good.
    """
    return ceil((_TWO_SIDED_5 + _POWER[90]) ** 2 * discordant / margin**2)


def cases_an_arm(*, usual: float, difference: float, power: int = 80, a_week: float = 1.0, alike: float = 0.0) -> int:
    """Cases in each of two arms that find a change of a share at one look, two-sided 5 %; `power` in per cent.

    `a_week` are the cases of a seller's week, `alike` how much the outcomes within one resemble each other (the
    intraclass correlation): the number grows by 1 + (m - 1) ρ.
    """
    raised = usual + difference
    mean = (usual + raised) / 2
    both = _TWO_SIDED_5 * sqrt(2 * mean * (1 - mean)) + _POWER[power] * sqrt(
        usual * (1 - usual) + raised * (1 - raised)
    )
    return ceil(both**2 / difference**2 * (1 + (a_week - 1) * alike))
