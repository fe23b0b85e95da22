"""Bars by month, as they are drawn: each with its words, before and after a change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 240, 60
_GAP = 0.25


@dataclass(frozen=True)
class Bar:
    """One bar: where it stands, what it says when pointed at, and whether it lies after the change."""

    x: float
    y: float
    width: float
    height: float
    words: str
    is_after: bool


@dataclass(frozen=True)
class Level:
    """A line across the bars: the usual height of some of them."""

    x1: float
    x2: float
    y: float


@dataclass(frozen=True)
class Reach:
    """An upright line over a bar: from where to where it may be."""

    x: float
    y1: float
    y2: float


@dataclass(frozen=True)
class Picture:
    """Bars with levels and reaches, in a box of `width` times `height`."""

    bars: tuple[Bar, ...]
    levels: tuple[Level, ...] = ()
    reaches: tuple[Reach, ...] = ()
    width: int = WIDTH
    height: int = HEIGHT


def picture_of(
    heights: Sequence[float],
    words: Sequence[str],
    *,
    change: int | None = None,
    usual: Sequence[float] = (),
    between: Sequence[tuple[float, float]] = (),
) -> Picture:
    """One bar a height; from number `change` on they lie after it; `usual`: the level before and after; `between`:
    the ends of an interval for each bar."""
    most = max([*heights, *usual, *(high for _low, high in between)], default=0) or 1
    step = WIDTH / max(len(heights), 1)
    bars = [
        Bar(
            x=place * step + step * _GAP / 2,
            y=HEIGHT - height / most * HEIGHT,
            width=step * (1 - _GAP),
            height=height / most * HEIGHT,
            words=words[place],
            is_after=change is not None and place >= change,
        )
        for place, height in enumerate(heights)
    ]
    middle = (change if change is not None else len(heights)) * step
    ends = ((0.0, middle), (middle, float(WIDTH)))
    levels = [Level(*one, HEIGHT - level / most * HEIGHT) for one, level in zip(ends, usual, strict=False)]
    reaches = [
        Reach((place + 0.5) * step, HEIGHT - low / most * HEIGHT, HEIGHT - high / most * HEIGHT)
        for place, (low, high) in enumerate(between)
    ]
    return Picture(tuple(bars), tuple(levels), tuple(reaches))


def place_of(months: Sequence[date], since: date | None) -> int | None:
    """The number of the month of a change."""
    return months.index(since) if since in months else None
