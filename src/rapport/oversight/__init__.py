"""Oversight: the machine's hand under control.

Main words: an *action* is a kind of thing that machines do, registered in code with the verbs it may call and the
highest *level* of autonomy it may ever have; the level in force is set by administrators. A *run* is one piece of work
of a machine, with a cap on the records it touches; it is undone as a whole. A *proposal* is a verb call that waits for
a person, with its *grounds*: evidence, confidence, estimator. The *switch* stops machines, all of them or some. The
*ledger* tells what was proposed, done, decided and undone. What a machine may never do is named in `hard_deny`.

Machines act through `rapport.oversight.machine`. Nothing here knows organisations or opportunities: it stands below.
"""
