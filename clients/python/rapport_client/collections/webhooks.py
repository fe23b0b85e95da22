"""An address of another program that is told what happens here.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, TypedDict

from ..records import Collection, Outcome


@dataclass(frozen=True)
class Webhook:
    """An address of another program that is told what happens here."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    name: str | None = None
    url: str | None = None
    events: list[str] | None = None
    owner: str | None = None
    is_active: bool | None = None
    secret_number: int | None = None
    secret: str | None = None
    more: dict[str, Any] = field(default_factory=dict)


class NewWebhook(TypedDict, total=False):
    """NewWebhook: what may be given."""

    name: str | None
    url: str | None
    events: list[str] | None
    owner: str | None


class WebhookChange(TypedDict, total=False):
    """WebhookChange: what may be given."""

    name: str | None
    url: str | None
    events: list[str] | None
    owner: str | None


class WebhookGoOn(TypedDict, total=False):
    """WebhookGoOn: what may be given."""


class WebhookPause(TypedDict, total=False):
    """WebhookPause: what may be given."""


class WebhookRenewSecret(TypedDict, total=False):
    """WebhookRenewSecret: what may be given."""


class WebhookReplaySince(TypedDict, total=False):
    """WebhookReplaySince: what may be given."""

    since: str


class WebhookSendTest(TypedDict, total=False):
    """WebhookSendTest: what may be given."""


class WebhookCollection(Collection[Webhook, NewWebhook, WebhookChange]):
    """An address of another program that is told what happens here."""

    path = "webhooks"
    kind = Webhook

    def go_on(self, key: str, arguments: WebhookGoOn | None = None, *, etag: str | None = None) -> Outcome[Webhook]:
        """Tell it again."""
        return self._do(key, "go-on", arguments, etag)

    def pause(self, key: str, arguments: WebhookPause | None = None, *, etag: str | None = None) -> Outcome[Webhook]:
        """Tell it nothing until it goes on; what happens meanwhile can be sent again afterwards."""
        return self._do(key, "pause", arguments, etag)

    def renew_secret(
        self, key: str, arguments: WebhookRenewSecret | None = None, *, etag: str | None = None
    ) -> Outcome[Webhook]:
        """Sign with another secret from now on; it is in `shown_once`."""
        return self._do(key, "renew-secret", arguments, etag)

    def replay_since(
        self, key: str, arguments: WebhookReplaySince | None = None, *, etag: str | None = None
    ) -> Outcome[Webhook]:
        """Send everything again that was to be delivered since a moment."""
        return self._do(key, "replay-since", arguments, etag)

    def send_test(
        self, key: str, arguments: WebhookSendTest | None = None, *, etag: str | None = None
    ) -> Outcome[Webhook]:
        """Tell it of this very event."""
        return self._do(key, "send-test", arguments, etag)
