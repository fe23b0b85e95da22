"""Mail domains that say nothing about an organisation, because anybody gets an address there."""

PUBLIC_MAIL_DOMAINS = frozenset(
    (
        "aol.com",
        "bol.com.br",
        "free.fr",
        "gmail.com",
        "gmx.com",
        "gmx.de",
        "gmx.net",
        "googlemail.com",
        "hotmail.com",
        "hotmail.fr",
        "hotmail.pt",
        "icloud.com",
        "laposte.net",
        "live.com",
        "mail.com",
        "me.com",
        "msn.com",
        "netcabo.pt",
        "orange.fr",
        "outlook.com",
        "outlook.fr",
        "outlook.pt",
        "proton.me",
        "protonmail.com",
        "qq.com",
        "sapo.pt",
        "sfr.fr",
        "terra.com.br",
        "uol.com.br",
        "wanadoo.fr",
        "web.de",
        "yahoo.com",
        "yahoo.fr",
        "yandex.com",
    )
)


def organisation_domain(email: str) -> str:
    """The domain of an address if it can belong to an organisation; empty otherwise."""
    domain = email.rpartition("@")[2].strip().lower()
    return "" if domain in PUBLIC_MAIL_DOMAINS else domain
