"""What ways of learning are called on pages; they are kept under the names that programs print."""

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_NAMES: Mapping[str, str | Promise] = {
    "straight_lines": _("Logistic regression, straight lines"),
    "logistic_regression": _("Logistic regression"),
    "explainable_boosting": _("Explainable boosting"),
    "histogram_boosting": _("Histogram boosting"),
    "lightgbm": "LightGBM",
    "lightgbm_loose": _("LightGBM, hardly regularised"),
    "lightgbm_regularised": _("LightGBM, strongly regularised"),
    "catboost": "CatBoost",
    "blend": _("Blend of several"),
    "usual": _("Usual value"),
    "usual shares": _("Usual shares"),
    "regularised line": _("Regularised line"),
    "strongly regularised line": _("Strongly regularised line"),
    "multinomial regression": _("Multinomial regression"),
    "strongly regularised multinomial regression": _("Strongly regularised multinomial regression"),
    "strongly regularised logistic regression": _("Strongly regularised logistic regression"),
    "shares by family and industry": _("Shares by family and industry"),
    "dealt out by chance": _("Dealt out by chance"),
    "halves by revenue": _("Two halves by revenue"),
    "stated ranks": _("Places by stated ranks"),
    "additive trees": _("Additive trees"),
    "small trees": _("Small trees"),
    "trees": _("Trees"),
    "naive": _("Going on as before"),
    "model of buying": _("Model of buying"),
    "learned": _("Learned trees"),
    "BG/NBD": _("BG/NBD with Gamma-Gamma: they may leave after a purchase"),
    "MBG/NBD": _("MBG/NBD with Gamma-Gamma: they may leave after the first one too"),
    "Pareto/NBD": _("Pareto/NBD with Gamma-Gamma: they may leave at any moment"),
    "like customers": _("Mean of like customers"),
    "straight line": _("Straight line on the model of buying"),
    "popularity": _("What sells most"),
    "co-occurrence": _("Bought together"),
    "item-kNN": _("Similar items"),
    "EASE": _("Similar items, weighed together (EASE)"),
    "EASE around the mean": _("Similar items, weighed together around the mean (EASE)"),
    "learned blend": _("Learned blend"),
}
_WITH_A_NUMBER: Mapping[str, str | Promise] = {
    r"k-means, k = (?P<number>\d+)": _("k-means with %(number)s clusters"),
    r"Ward, k = (?P<number>\d+)": _("Ward’s merging with %(number)s clusters"),
    r"Gaussian mixture, k = (?P<number>\d+)": _("Normal mixture with %(number)s clusters"),
    r"nearest (?P<number>\d+)": _("The %(number)s most similar cases"),
    r"popularity of (?P<number>\d+) days": _("What sells most within %(number)s days"),
    r"EASE x buyers of (?P<number>\d+) days": _("Similar items (EASE) and buyers of the last %(number)s days"),
    r"EASE x first-time buyers of (?P<number>\d+) days": _(
        "Similar items (EASE) and first-time buyers of the last %(number)s days"
    ),
}


def algorithm_in_words(name: str) -> str:
    """`Trees`; where each part has its own, one after the other: `Regularised line, trees`. Unknown names stay."""
    for pattern, words in _WITH_A_NUMBER.items():
        if found := re.fullmatch(pattern, name):
            return str(words) % found.groupdict()
    first, *others = parts = [str(_NAMES.get(part, part)) for part in name.split(", ")]
    between = "; " if others and any(", " in part for part in parts) else ", "
    return between.join([first, *map(_within, others)])


def _within(name: str) -> str:
    """As it stands within a sentence: `trees`, but `LightGBM`."""
    word = name.split(" ", maxsplit=1)[0]
    return name if word[1:] != word[1:].lower() else name[:1].lower() + name[1:]
