"""What happened and what is to be done: notes, tasks, meetings, calls, files, mentions, and the timeline of a record.

An *event* is the fact that a verb ran (`core`); a calendar entry is a *meeting*.
"""
