"""A prospect whose contract with its present supplier ends within four months."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from rapport.core.clock import today

from ..situation import CONTACTS, SUPPLIER_LEAVES_IN, Situation
from ..source import Source
from ..suggestion import Days, Effect, How, Kind, Label, Step, Suggestion, Told, Word, Worth

NAME = "supplier_contract"
_CHANCE = 0.1
_EFFECT = Effect(0.3, Told(_("assumed: three of ten such changes go to who asks before the end")))


def _find(situation: Situation) -> Iterator[Suggestion]:
    knows = not situation.hides("organisation.chance_to_become_customer")
    for one in situation.prospects:
        until = one.supplied_until
        if until is None or not today() <= until <= today() + SUPPLIER_LEAVES_IN:
            continue
        chance, told = _likely(one.chance_to_become_customer if knows else None)
        words: dict[str, Word] = {
            "title": one.title,
            "supplier": one.supplied_by,
            "day": until,
            "days": Days((until - today()).days),
        }
        named = _("Its contract with %(supplier)s runs until %(day)s (%(days)s left).")
        unnamed = _("Its contract with its present supplier runs until %(day)s (%(days)s left).")
        money = situation.usual_sum
        yield Suggestion(
            source=NAME,
            record=one,
            kind=Kind.OFFER,
            todo=Told(_("Make %(title)s an offer before it goes on with another"), words),
            why=Told(named if one.supplied_by else unnamed, words),
            worth=Worth(money.amount, money.told, chance, told, _EFFECT, 30),
            day=until,
            episode=until.isoformat(),
            step=Step(How.FORM, "call", {"about": f"organisation:{one.pk}", "subject": one.title}),
        )


def _likely(chance: int | None) -> tuple[float, Label]:
    if chance is None:
        return _CHANCE, _("assumed: one of ten changes")
    return chance / 100, _("chance to become a customer, as predicted")


SOURCE = Source(
    NAME,
    label=_("Contracts with other suppliers that end"),
    meaning=_("A prospect whose contract with its present supplier ends within four months."),
    record_type="organisation",
    rests_on=frozenset({"organisation.lifecycle", "organisation.supplied_by", "organisation.supplied_until"}),
    find=_find,
    done_by=CONTACTS,
    moved_by=("answer",),
)
