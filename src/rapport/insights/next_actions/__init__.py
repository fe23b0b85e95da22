"""Next actions: what is worth doing next, for one person or about one record, in one order that is stated.

A *source* (one file in `sources/`) looks at a *situation* - what an actor may see now - and finds *suggestions*: what
to do, why, what it would bring and what it takes. `ranking` puts them in order by what they bring per hour; `listing`
leaves out what was answered. What was shown is noted with its probability (`showing`).
Nothing here changes a record: people do, by verbs.
"""
