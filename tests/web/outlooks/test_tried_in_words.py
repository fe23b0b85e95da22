"""The ways of learning that an outlook tried, beside each other."""

from rapport.intelligence.models import Estimator
from rapport.web.outlooks.tried import tried_in_words


def _estimator(algorithm: str, *compared: dict[str, object]) -> Estimator:
    return Estimator(prediction="closing", algorithm=algorithm, compared=list(compared))


def test_the_chosen_way_is_marked_and_figures_stand_under_their_names() -> None:
    told = tried_in_words(_estimator("trees", {"name": "usual", "pinball": 0.27}, {"name": "trees", "pinball": 0.2193}))
    assert told is not None
    assert list(map(str, told.columns)) == ["Loss over all levels (less is better)"]
    assert [(way.name, way.is_chosen, way.figures[0][1]) for way in told.ways] == [
        ("Usual value", False, "0.270"),
        ("Trees", True, "0.219"),
    ]


def test_each_part_has_its_own_way_and_its_own_figure() -> None:
    size = [{"part": "size", "name": name, "pinball": 0.26} for name in ("usual", "trees")]
    kind = [{"part": "kind", "name": name, "log_loss": 0.4} for name in ("usual shares", "trees")]
    told = tried_in_words(_estimator("usual, trees", *size, *kind))
    assert told is not None
    assert [way.name for way in told.ways if way.is_chosen] == ["Size: Usual value", "Kind: Trees"]
    assert [figure for _label, figure in told.ways[-1].figures] == ["–", "0.400"]


def test_what_compared_nothing_shows_nothing() -> None:
    assert tried_in_words(_estimator("nearest 30")) is None


def test_seconds_size_and_the_rule_are_told() -> None:
    way = {"mean_absolute_error": 33.2, "gini": 0.7}
    cost = {"seconds": 1.25, "bytes": 90_000}
    told = tried_in_words(
        Estimator(
            prediction="lifetime_value",
            algorithm="blend",
            compared=[
                {"name": "naive", **way},
                {"name": "Pareto/NBD", **way, **cost},
                {"name": "blend", **way, **cost},
            ],
        )
    )
    assert told is not None
    assert list(map(str, told.columns))[-2:] == ["Seconds", "Size"]
    assert [figure for _label, figure in told.ways[0].figures][-2:] == ["–", "–"]
    assert [figure for _label, figure in told.ways[2].figures][-2] == "1.25"
    assert "The blend is taken" in str(told.why)
