"""Leads and campaigns in imports."""

from rapport.integrations.importing.kinds.kind import Kind, register

register(Kind("lead", title_field="last_name"))
register(Kind("campaign", identities=("name",)))
