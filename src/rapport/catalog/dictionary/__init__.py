"""Products, price lists, prices and currencies in the dictionary."""

from . import currency, prices, product

__all__ = ["currency", "prices", "product"]
