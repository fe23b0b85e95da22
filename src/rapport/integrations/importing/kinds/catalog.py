"""Products, price lists and currencies in imports."""

from rapport.integrations.importing.kinds.kind import Kind, register

register(Kind("product", identities=("code", "name")))
register(Kind("pricelist", identities=("name",)))
register(Kind("price", title_field="", identities=("price_list_id+product_id",)))
register(Kind("currency", title_field="code", identities=("code",)))
