"""Who we know: organisations and people, their hierarchy, addresses and roles.

Main words: organisation, person, role at an organisation. Users, who log in, are in `identity`.
"""
