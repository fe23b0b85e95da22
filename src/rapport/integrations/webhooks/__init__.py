"""Webhooks: telling other programs what happened, as it happens.

*Webhook*: an address, and of which events it is told; it sees what its owner sees. *Delivery*: one event on its way to
one webhook, written together with the event, sent by a job after the commit, tried again for a day, kept for a month.
A delivery may come twice (the other side failed to say that it had come): its id stays the same.
"""
