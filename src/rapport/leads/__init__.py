"""Interest that is not yet an opportunity: entry, the public form, qualification and conversion.

Converting a lead makes an organisation, a person and an opportunity and loses nothing.
"""
