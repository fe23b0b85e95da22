"""Tone: what a customer's words tell besides their matter, by lists of words of our own in four languages.

An *aspect* is what a text may speak of: waiting, anger, the same trouble again, leaving, claims, praise. A *phrase* is
a run of words, or of their beginnings, that speaks of it. A negated phrase doesn't count. The same text always reads
the same, in microseconds, without a network; irony and what no list holds are missed.

The ways are known ones: counts of words by category (Pennebaker's LIWC), negation looked for in the words before
(Taboada et al. 2011, Hutto and Gilbert 2014), and mails to a call centre as features beside what a customer bought
(Coussement and Van den Poel 2008). The lists themselves were written for Rapport.
"""
