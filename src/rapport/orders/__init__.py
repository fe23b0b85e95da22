"""What was agreed: orders and contracts with their lines, amounts, terms and renewals.

Quoting and documents build on it; invoices are not kept here.
"""
