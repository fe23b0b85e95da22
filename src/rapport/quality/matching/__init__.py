"""Finding records that stand for the same thing, in any table, without labels.

    from rapport.quality.matching.tables import Table, match_records

    found = match_records([Table("people.csv", {"name": [...], "city": [...]})])

`columns` tells what each column holds, `blocking` which pairs are worth comparing, `scoring` weighs each pair with the
model of Fellegi and Sunter ("A theory for record linkage", 1969) whose weights are learned from the table itself,
`grouping` makes groups of the pairs. Every pair says which fields spoke for and against it.

Tables of long texts (titles, products, addresses), where whole columns are seldom equal, are compared word by word
instead: `rows`, `nearest`, `likeness`, `teaching`, `choosing`, put together in `records`. This package loads nothing by
itself: its libraries take seconds, and `pairs` and `grouping` serve without them.
"""
