"""Features: what is told of a record as of a moment, the same for learning, scoring and explaining.

A *case* is a record at a moment. A *source* is a table pulled from PostgreSQL as Arrow, whose rows tell since when they
hold. `Point` gives the rows of a source as far as they held at the moment of each case, and is the only way to them, so
that no feature can see what came later. A *group* of features is one function in Ibis; its SQL is made once, kept with
each estimator and run in DuckDB inside the process. The same functions run on whatever else Ibis speaks to.
"""
