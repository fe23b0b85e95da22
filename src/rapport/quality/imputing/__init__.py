"""Values that nobody knows, estimated from similar records, and never passed off as known.

Main words: a *subject* is a field that is estimated, an *estimate* a value with its neighbours, its confidence and the
day it expires. `neighbours` guesses from similar records, `measuring` hides known values to see how often that is
right, beside the most frequent value and the single nearest record; a field where it isn't better, or not right often
enough, is abstained from. Estimates stand in a table of their own: exports, filters, statistics and training read the
records and so never meet them. A person makes one a value by accepting it (`deciding`), or refuses it.
"""
