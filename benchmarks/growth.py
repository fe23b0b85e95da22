"""How the cost of each page grows with the data: a table and a drawing from the figures of all sizes measured."""

import json
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import log10
from pathlib import Path
from xml.sax.saxutils import escape

from rapport.core.home import CHECKOUT

FIGURES = "figures.json"
DRAWING = CHECKOUT / "docs" / "reference" / "growth.svg"
AIM = 20.0
_WIDTH, _HEIGHT, _ACROSS, _MARGIN = 190, 104, 4, 14

Sums = Mapping[int, float]

_STYLE = """
text { font: 11px system-ui, sans-serif; fill: #1f2430 } .axis { fill: #5b6372; font-size: 9px }
path { fill: none; stroke: #2f5fd0; stroke-width: 2 }
circle { fill: #2f5fd0 } .aim { stroke: #b4552d; stroke-dasharray: 3 3 }
rect { fill: none; stroke: #c9ced8 }
@media (prefers-color-scheme: dark) {
text { fill: #e6e9f0 } .axis { fill: #9aa3b5 } path { stroke: #8fb0ff }
circle { fill: #8fb0ff } .aim { stroke: #e59a75 }
rect { stroke: #414a5c } }
"""


def run(folder: Path) -> None:
    """Read the figures of every size below a folder; print the table and write the drawing."""
    found = _read(folder)
    if not found:
        sys.exit("No page was measured here yet: run ./rapport bench pages first.")
    sizes = sorted({size for sums in found.values() for size in sums})
    print("| page | " + " | ".join(f"{size:,}" for size in sizes) + " |\n|---|" + "---|" * len(sizes))
    for page, sums in found.items():
        print(f"| {page} | " + " | ".join(f"{sums[size]:.1f}" if size in sums else "–" for size in sizes) + " |")
    DRAWING.write_text(drawing(found))


def _read(folder: Path) -> dict[str, dict[int, float]]:
    """Processor and database milliseconds together, by page and number of people."""
    found: dict[str, dict[int, float]] = {}
    for path in folder.glob(f"pages-*/{FIGURES}"):
        people = int(path.parent.name.removeprefix("pages-"))
        for page, total in json.loads(path.read_text()).items():
            found.setdefault(page, {})[people] = total
    return found


def drawing(found: Mapping[str, Sums]) -> str:
    """One small curve for each page, all to the same scale; people from left to right by powers of ten."""
    highest = max(AIM * 1.5, max(total for sums in found.values() for total in sums.values()) * 1.1)
    places = [(number % _ACROSS, number // _ACROSS) for number in range(len(found))]
    curves = [
        f'<g transform="translate({column * (_WIDTH + _MARGIN)} {row * (_HEIGHT + 30)})">'
        f"{_curve(page, sums, highest)}</g>"
        for (column, row), (page, sums) in zip(places, found.items(), strict=True)
    ]
    width = _ACROSS * (_WIDTH + _MARGIN)
    height = (places[-1][1] + 1) * (_HEIGHT + 30)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        f' aria-label="Milliseconds of each page by the number of people">'
        f"<style>{_STYLE}</style>{''.join(curves)}</svg>\n"
    )


def _curve(page: str, sums: Sums, highest: float) -> str:
    sizes = sorted(sums)
    points = [(_across(size, sizes), _down(sums[size], highest)) for size in sizes]
    line = "".join(f"M{a:.0f} {b:.0f}L{c:.0f} {d:.0f}" for (a, b), (c, d) in pairwise(points))
    dots = "".join(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3"/>' for x, y in points)
    values = "".join(_label(x, y - 6, f"{sums[size]:.0f}") for (x, y), size in zip(points, sizes, strict=True))
    below = "".join(_label(x, _HEIGHT + 25, _short(size)) for (x, _y), size in zip(points, sizes, strict=True))
    aim = _down(AIM, highest)
    return (
        f'<text x="4" y="11">{escape(page)} (ms)</text><rect x="0" y="16" width="{_WIDTH}" height="{_HEIGHT - 2}"/>'
        f'<path class="aim" d="M0 {aim:.0f}H{_WIDTH}"/><path d="{line}"/>{dots}{values}{below}'
    )


def _label(x: float, y: float, text: str) -> str:
    return f'<text class="axis" x="{x:.0f}" y="{y:.0f}" text-anchor="middle">{text}</text>'


def _short(size: int) -> str:
    return f"{size // 1_000_000} M" if size >= 1_000_000 else f"{size // 1_000} k"


def _across(size: int, sizes: Sequence[int]) -> float:
    span = log10(sizes[-1] / sizes[0]) or 1.0
    return 16 + (_WIDTH - 32) * log10(size / sizes[0]) / span


def _down(total: float, highest: float) -> float:
    return 14 + _HEIGHT - (_HEIGHT - 14) * total / highest
