"""The tables of the catalogue."""

from .currency import Currency
from .price import Price, PriceList
from .product import Product

__all__ = ["Currency", "Price", "PriceList", "Product"]
