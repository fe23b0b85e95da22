"""Forms made from the dictionary: a field's domain decides how it is asked, read and refused.

No form writes anything: it ends in values for a verb.
"""
