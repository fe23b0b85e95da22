"""Who makes most and where deals meet difficulties, in figures that are fair to whoever has the harder cases.

Words: a *stay* is one opportunity in one stage, which it left or in which it was lost; the *mix* of stays is their
stage, their size and whether the customer bought before. Figures of a single person are for that person alone: this
package knows teams, and the user who asks.
"""
