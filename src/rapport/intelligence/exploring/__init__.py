"""A small random share of records is decided without a number, so that numbers don't come to confirm themselves.

People who see a high chance work harder, and what they then win teaches that the chance was high. `drawing` says which
records are held back, each with a known probability; `weighing` lets those cases count by it when learning, and tells
how often they ended well beside the others. Disclosed on the pages; administrators set the share, or turn it off.
"""
