"""What each customer will bring: revenue over the coming weeks with an interval, learned from past purchases.

Words: the *cut* is the day up to which purchases are known; the *horizon* is how many weeks after it are foreseen; a
*history* is what is known of a customer at the cut. *Expected* revenue adds up over customers; half of such customers
bring less than the *typical* one.
"""

from .evaluation import Evaluation, evaluate
from .foreseeing import Foreseen, foresee
from .purchases import NothingToLearn, Purchases, purchases_of

__all__ = ["Evaluation", "Foreseen", "NothingToLearn", "Purchases", "evaluate", "foresee", "purchases_of"]
