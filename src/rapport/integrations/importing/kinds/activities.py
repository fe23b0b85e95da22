"""Activities, orders and tickets in imports: told apart by their identifiers and numbers only."""

from rapport.integrations.importing.kinds.kind import Kind, register

for _record_type in ("meeting", "mail", "task", "ticket"):
    register(Kind(_record_type, title_field="subject"))
register(Kind("call", title_field="subject", aliases={"at": ("start", "started"), "text": ("summary", "synopsis")}))
register(Kind("note", title_field=""))
register(Kind("order", title_field="number", identities=("code",)))
register(Kind("contract", title_field="number", identities=("code",)))
register(Kind("orderline", title_field=""))
register(Kind("affiliation", title_field=""))
