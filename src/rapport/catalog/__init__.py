"""What we sell: products, price lists and currencies.

It knows nothing of customers; what was offered to whom is in `pipeline` and `orders`.
"""
