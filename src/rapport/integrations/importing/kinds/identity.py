"""Users and teams in imports."""

from rapport.integrations.importing.kinds.kind import Kind, register

register(
    Kind(
        "user",
        identities=("mail", "name"),
        names=("sales rep", "sales representative", "rep", "account executive", "commercial", "vendeur", "vendedor"),
        aliases={
            "name": ("sales rep", "rep", "sales representative", "rep name", "commercial", "vendeur", "vendedor"),
            "manager": ("sales manager", "team lead", "responsable", "gerente"),
            "team": ("regional office", "sales team", "region", "équipe", "equipa", "equipe"),
        },
    )
)
register(
    Kind(
        "team",
        identities=("name",),
        names=("sales team", "region", "équipe", "equipa"),
        aliases={"parent": ("parent team", "part of")},
    )
)
