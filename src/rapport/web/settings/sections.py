"""The registry of settings pages, in the order in which they are shown."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class Section:
    """One settings page; without a permission everyone who is signed in may open it."""

    name: str
    label: Text
    meaning: Text
    icon: str
    url: str
    permission: str = ""
    group: Text = ""
    arguments: tuple[str, ...] = ()

    @cached_property
    def href(self) -> str:
        """The page's address."""
        return reverse(self.url, args=self.arguments)


_SECTIONS: dict[str, Section] = {}


def add(section: Section) -> None:
    """Register a settings page."""
    _SECTIONS[section.name] = section


def sections(may: Callable[[str], bool]) -> list[Section]:
    """The pages somebody may open."""
    return [section for section in _SECTIONS.values() if not section.permission or may(section.permission)]


_COMPANY, _CONTROL = _("Company"), _("Control")

for _section in (
    Section(
        "account",
        _("Your account"),
        _("Name, language, time zone and password."),
        "user",
        "settings-account",
        "",
        _("You"),
    ),
    Section(
        "sign-in",
        _("Your sign-in"),
        _("Passkeys, authenticator app, recovery codes, and where you are signed in."),
        "fingerprint",
        "mfa_index",
        "",
        _("You"),
    ),
    Section(
        "tokens",
        _("API tokens"),
        _("Keys with which programs act for you."),
        "key",
        "settings-tokens",
        "",
        _("You"),
    ),
    Section(
        "users",
        _("Users"),
        _("Who signs in, with which role, in which team."),
        "user-cog",
        "settings-users",
        "user.change",
        _COMPANY,
    ),
    Section(
        "teams",
        _("Teams"),
        _("The units of the company, as a tree."),
        "users",
        "settings-teams",
        "team.change",
        _COMPANY,
    ),
    Section("roles", _("Roles"), _("What each role may do."), "shield", "settings-roles", "user.read", _COMPANY),
    Section(
        "signing-in",
        _("Signing in"),
        _("Your company's own sign-on, and which roles need a second factor."),
        "log-in",
        "settings-signing-in",
        "signonprovider.change",
        _COMPANY,
    ),
    Section(
        "visibility",
        _("Visibility"),
        _("By whom the records of each type are seen."),
        "eye",
        "settings-visibility",
        "visibilityrule.change",
        _COMPANY,
    ),
    Section(
        "field-rights",
        _("Field rights"),
        _("Which fields each role sees, edits, or doesn't see."),
        "eye-off",
        "settings-field-rights",
        "fieldrule.change",
        _COMPANY,
    ),
    Section(
        "territories",
        _("Territories"),
        _("Organisations by country, industry or size, and who looks after them."),
        "map",
        "settings-territories",
        "territory.change",
        _COMPANY,
    ),
    Section(
        "currencies",
        _("Currencies"),
        _("Exchange rates, so that amounts can be added up."),
        "coins",
        "settings-currencies",
        "currency.change",
        _COMPANY,
    ),
    Section(
        "stages",
        _("Stages"),
        _("The steps of your sales process, and what each must know."),
        "kanban",
        "settings-stages",
        "pipeline.change",
        _COMPANY,
    ),
    Section(
        "own-fields",
        _("Fields"),
        _("Fields of your own, for every kind of record."),
        "text-cursor-input",
        "settings-own-fields",
        "ownfield.change",
        _COMPANY,
    ),
    Section(
        "own-types",
        _("Record types"),
        _("Kinds of records of your own, such as site visits."),
        "boxes",
        "settings-own-types",
        "owntype.change",
        _COMPANY,
    ),
    Section(
        "dictionary",
        _("Dictionary"),
        _("What each field means, who looks after it, what it may hold."),
        "book-open",
        "settings-dictionary",
        "",
        _CONTROL,
    ),
    Section(
        "estimates",
        _("Estimated values"),
        _("How well missing values can be guessed from similar records, by field."),
        "wand-sparkles",
        "estimates",
        "quality.read",
        _CONTROL,
    ),
    Section(
        "export",
        _("Export"),
        _("Record types, or everything, as files."),
        "download",
        "settings-export",
        "record.export",
        _CONTROL,
    ),
    Section(
        "webhooks",
        _("Webhooks"),
        _("Other programs that are told what happens here."),
        "send",
        "settings-webhooks",
        "webhook.change",
        _CONTROL,
    ),
    Section(
        "history",
        _("History"),
        _("Everything that was done, and the check that nobody altered it."),
        "history",
        "settings-history",
        "history.read",
        _CONTROL,
    ),
    Section(
        "jobs",
        _("Background work"),
        _("What runs behind the pages, and what failed."),
        "cog",
        "settings-jobs",
        "jobs.read",
        _CONTROL,
    ),
    Section(
        "status",
        _("Status"),
        _("Processes, disk, database, backup, and what needs attention."),
        "heart-pulse",
        "settings-status",
        "status.read",
        _CONTROL,
    ),
):
    add(_section)
