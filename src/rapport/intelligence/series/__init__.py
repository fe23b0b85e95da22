"""What regular series will do: forecasts that are combined on back-tests, with intervals that hold what they promise.

Words: a *panel* is several series over the same periods; an *origin* is a moment after which is foreseen; the *season*
is what comes back after so many periods; WAPE is the sum of absolute errors over the sum of what came; MASE is the
error over that of the naive seasonal forecast within the past (Hyndman and Koehler, IJF 22, 2006).
"""

from .evaluation import Evaluation, evaluate
from .forecasting import Forecast, forecast
from .panel import Frequency, NothingToLearn, Panel, panel_of

__all__ = ["Evaluation", "Forecast", "Frequency", "NothingToLearn", "Panel", "evaluate", "forecast", "panel_of"]
