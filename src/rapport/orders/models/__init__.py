"""The tables of orders."""

from .contract import BillingPeriod, Contract, ContractStatus, Renewal
from .order import Order, OrderStatus
from .order_line import OrderLine

__all__ = ["BillingPeriod", "Contract", "ContractStatus", "Order", "OrderLine", "OrderStatus", "Renewal"]
