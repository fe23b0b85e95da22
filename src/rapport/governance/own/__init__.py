"""Own fields: what users add to a record type in the browser, without code and without a restart.

An *own field* is a row of `OwnField`; its values lie in the column `attributes` of the records. `columns` makes it a
field of the model like any other, so that filters, orders, forms and history need to know nothing of it; `loading`
enters it into the dictionary of every process; `indexes` keeps the lists of big tables fast.
"""
