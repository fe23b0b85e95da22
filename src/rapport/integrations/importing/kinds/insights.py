"""Market sizes in imports: the market and the year tell them apart."""

from rapport.integrations.importing.kinds.kind import Kind, register

register(Kind("marketsize", title_field="", identities=("name?+industry?+country?+conditions?+year",)))
