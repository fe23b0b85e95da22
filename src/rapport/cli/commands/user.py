"""`./rapport user`: who may log in, for the first user and for emergencies."""

import getpass
import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from rapport.cli.command import Command
from rapport.cli.console import answer, table

if TYPE_CHECKING:
    from rapport.identity.models import User


def _arguments(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    actions.add_parser("list", help="prints all users").set_defaults(action=_list)
    add = actions.add_parser("add", help="adds a user; asks for the password")
    add.add_argument("email")
    add.add_argument("--name", help="full name (default: what stands before the @)")
    add.add_argument("--role", default="seller", help="administrator, manager, seller, support, read-only or auditor")
    add.set_defaults(action=_add)
    for name, action, help_text in (
        ("password", _password, "sets a user's password"),
        ("reset-link", _reset_link, "prints a link with which a user sets a new password, once, within an hour"),
        ("deactivate", _deactivate, "refuses further log-ins of a user; what they own stays"),
        ("reactivate", _reactivate, "allows a user to log in again"),
    ):
        place = actions.add_parser(name, help=help_text)
        place.add_argument("email")
        place.set_defaults(action=action)


def _run(options: Namespace) -> int:
    options.action(options)
    return 0


def _list(options: Namespace) -> None:
    from rapport.identity.models import User

    rows = [("E-MAIL", "NAME", "ROLE", "TEAM", "")]
    for user in User.objects.select_related("team").order_by("name"):
        team = user.team.name if user.team else ""
        rows.append((user.email or "-", user.name, user.role, team, "" if user.is_active else "deactivated"))
    answer(table(rows))


def _add(options: Namespace) -> None:
    from django.db import transaction

    from rapport.core.problems import Problem
    from rapport.identity.models import User
    from rapport.identity.roles import Role

    if options.role not in Role.values:
        raise Problem(f"There is no role “{options.role}”. Roles are: {', '.join(Role.values)}.")
    password = _asked_password()
    with transaction.atomic():
        user = User.create(email=options.email, name=options.name or options.email.split("@")[0], role=options.role)
        user.choose_password(password)
    answer(f"Added {user.name} ({user.email}) as {user.get_role_display()}.")


def _password(options: Namespace) -> None:
    user = _found(options.email)
    user.choose_password(_asked_password())
    answer(f"{user.name} has a new password.")


def _reset_link(options: Namespace) -> None:
    from django.conf import settings
    from django.urls import reverse
    from django.utils.encoding import force_bytes
    from django.utils.http import urlsafe_base64_encode

    from rapport.identity.models.signs_on import Proof

    user = _found(options.email)
    token = user.offer_reset(proof=Proof("command line"))
    path = reverse("reset-password", args=[urlsafe_base64_encode(force_bytes(user.pk)), token])
    answer(f"{settings.PUBLIC_URL.rstrip('/') or 'http://127.0.0.1:8000'}{path}")


def _deactivate(options: Namespace) -> None:
    _found(options.email).deactivate()
    answer(f"{options.email} can no longer log in.")


def _reactivate(options: Namespace) -> None:
    _found(options.email).reactivate()
    answer(f"{options.email} can log in again.")


def _found(email: str) -> "User":
    from rapport.core.problems import Problem
    from rapport.identity.models import User

    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise Problem(f"There is no user “{email}”. `./rapport user list` shows all.")
    return user


def _asked_password() -> str:
    """From the terminal, unseen; or the first line of what is piped in."""
    if sys.stdin.isatty():
        return getpass.getpass("Password: ")
    return sys.stdin.readline().rstrip("\n")


COMMAND = Command("user", "adds and lists users, sets passwords, makes reset links", _run, _arguments)
