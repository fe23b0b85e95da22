"""A contract that ends, or can be ended, within three months."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from rapport.core.clock import today

from ..situation import Situation
from ..source import Source
from ..suggestion import Days, Effect, Evidence, How, Kind, Step, Suggestion, Told, Word, Worth

NAME = "contract_end"
_ENDS = 0.3
_EFFECT = Effect(0.15, Told(_("assumed: an offer before the end keeps 15%% of those that would end")))


def _find(situation: Situation) -> Iterator[Suggestion]:
    for one in situation.contracts:
        days = [day for day in (one.notice_by, one.ends_on) if day and day >= today()]
        if not days or one.organisation_id is None:
            continue
        money = situation.sum_of(one.amount, one.currency, _("amount of the contract"))
        is_notice = one.notice_by in days and min(days) == one.notice_by
        told = _("Notice can be given until %(day)s (%(days)s left).")
        ends = _("It ends on %(day)s (%(days)s left).")
        words: dict[str, Word] = {"day": min(days), "days": Days((min(days) - today()).days)}
        yield Suggestion(
            source=NAME,
            record=one,
            kind=Kind.OFFER,
            todo=Told(_("Offer to go on with %(title)s"), {"title": one.title}),
            why=Told(told if is_notice else ends, words),
            worth=Worth(money.amount, money.told, _ENDS, _("assumed: three of ten end"), _EFFECT, 30),
            day=min(days),
            episode=min(days).isoformat(),
            step=Step(How.FORM, "call", {"about": f"organisation:{one.organisation_id}", "subject": one.title}),
            evidence=(Evidence(one.organisation.title, "organisation", one.organisation_id),),
        )


SOURCE = Source(
    NAME,
    label=_("Contracts that end"),
    meaning=_("A contract that ends, or can be ended, within three months."),
    record_type="contract",
    rests_on=frozenset({"contract.status", "contract.ends_on", "contract.notice_by"}),
    find=_find,
    done_by=("mail", "call", "meeting", "contract.renew", "contract.change"),
    moved_by=("contract.renew", "answer"),
)
