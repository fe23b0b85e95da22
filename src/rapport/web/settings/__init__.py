"""Settings: one's own account; for administrators users, teams, roles, visibility, stages, dictionary, history, jobs.

Each page is a *section*; a higher layer may add its own with `sections.add`.
"""
