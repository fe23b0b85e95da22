"""The help inside the product: the tutorial, how-to and concept pages of `docs/`, at `/help/`.

A *topic* is one such page; its name is that of its file. There is no second text: what is wrong
here is wrong in `docs/`. Not here: reference and decisions, which are for those who work on the code.
"""
