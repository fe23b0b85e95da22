"""Market sizes in imports: the market and the year tell them apart, which the database itself sees to."""

from rapport.integrations.importing.kinds.kind import Kind, register

register(Kind("marketsize", title_field=""))
