"""The pages of orders and contracts."""

from typing import Any

from rapport.orders.models import ContractStatus, OrderStatus
from rapport.web.activities.panels import Files, OpenTasks
from rapport.web.records.actions import Action
from rapport.web.records.page import Badge, RecordPage

from .panels import OrderLines

_ORDER_TONES = {OrderStatus.DELIVERED: "good", OrderStatus.CANCELLED: "bad"}
_CONTRACT_TONES = {ContractStatus.ACTIVE: "good"}


class OrderPage(RecordPage):
    """An order: who ordered what, for how much, and whether it was delivered."""

    record_type = "order"
    chips = ("organisation", "ordered_on", "amount")
    quick = ("organisation", "ordered_on", "amount", "currency", "number", "owner")
    timeline = True
    actions = (
        Action("deliver", icon="truck", tone="primary", applies=lambda order: order.status == OrderStatus.CONFIRMED),
        Action("reopen", icon="rotate-ccw", tone="plain", applies=lambda order: order.status == OrderStatus.CANCELLED),
        Action("cancel", icon="ban", applies=lambda order: order.status != OrderStatus.CANCELLED),
        Action("add_line", in_head=False),
    )
    panels = (OrderLines, OpenTasks, Files)

    def badges(self, record: Any) -> list[Badge]:
        """How far it is."""
        return [Badge(record.get_status_display(), _ORDER_TONES.get(record.status, "accent"))]


class ContractPage(RecordPage):
    """A contract: with whom, from when to when, when it must be renewed or ended."""

    record_type = "contract"
    chips = ("organisation", "ends_on", "notice_by", "amount")
    quick = ("organisation", "subject", "starts_on", "ends_on", "amount", "currency", "owner")
    timeline = True
    actions = (
        Action("renew", icon="refresh-cw", tone="primary"),
        Action("give_notice", icon="mail-warning"),
        Action("end", icon="calendar-x", applies=lambda contract: contract.status == ContractStatus.ACTIVE),
    )
    panels = (OpenTasks, Files)

    def badges(self, record: Any) -> list[Badge]:
        """Whether it runs."""
        return [Badge(record.get_status_display(), _CONTRACT_TONES.get(record.status, ""))]
