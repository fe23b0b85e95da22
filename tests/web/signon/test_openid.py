"""Signing in through the company's own sign-on: who gets in, who becomes a user, and every lie that is refused."""

import base64
import hashlib
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.events import Change, Event
from rapport.identity.models import SignOnLink, SignOnProvider, User
from rapport.web.signon import openid
from tests.cast import PASSWORD, Cast
from tests.web.signon.conftest import is_in, log_in
from tests.web.signon.provider import OTHER_KEY, ScriptedProvider, a_provider

pytestmark = pytest.mark.django_db

SECRET = "s3cret-of-the-client"
ALICE = {"email": "Alice@rapport.example", "email_verified": True, "name": "Alice A."}
NEWCOMER = {"sub": "u-9", "email": "nina@rapport.example", "email_verified": True, "name": "Nina Novak"}


@pytest.fixture
def remote(settings: Any) -> Iterator[ScriptedProvider]:
    """The provider, which we may reach although it is on loopback."""
    settings.ALLOWED_PRIVATE_ADDRESSES = ["127.0.0.0/8"]
    with a_provider() as provider:
        yield provider


@pytest.fixture
def provider(remote: ScriptedProvider, cast: Cast) -> SignOnProvider:
    """What an administrator set up."""
    with acting_as(SYSTEM):
        return SignOnProvider.create(
            name="Acme",
            issuer=remote.issuer,
            client_id="rapport",
            sealed_secret=SignOnProvider.seal(SECRET),
            domains="rapport.example, rapport.fr",
        )


def change(provider: SignOnProvider, **facts: Any) -> None:
    with acting_as(SYSTEM):
        provider.change(**facts)


def sent_to(client: Client, provider: SignOnProvider, **more: str) -> dict[str, str]:
    """What the browser is sent to the provider with."""
    answer = client.get(f"/login/provider/{provider.pk}/", more)
    return {key: values[0] for key, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def come_back(client: Client, provider: SignOnProvider, remote: ScriptedProvider, **claims: Any) -> str:
    """Go to the provider and back with these claims; where the browser is sent then."""
    asked = sent_to(client, provider)
    remote.nonce, remote.claims = asked["nonce"], claims
    answer = client.get("/login/provider/return/", {"state": asked["state"], "code": "c-1"})
    return str(answer.headers["Location"])


def told(client: Client) -> str:
    return client.get("/login/").content.decode()


def test_the_log_in_page_offers_the_provider(client: Client, provider: SignOnProvider) -> None:
    assert "Log in with Acme" in told(client)
    change(provider, is_active=False)
    assert "Log in with Acme" not in told(client)
    assert client.get(f"/login/provider/{provider.pk}/").status_code == 404


def test_a_user_signs_in_by_verified_address_and_later_by_subject(
    client: Client, provider: SignOnProvider, remote: ScriptedProvider, cast: Cast
) -> None:
    assert come_back(client, provider, remote, **ALICE) == "/"
    assert is_in(client)
    assert SignOnLink.objects.get().user_id == cast.alice.pk
    assert remote.asked["client_secret"] == SECRET
    later = Client()
    come_back(later, provider, remote, email="other@rapport.example", email_verified=False)
    assert is_in(later)
    verbs = set(Event.objects.filter(actor_id=cast.alice.pk).values_list("verb", flat=True))
    assert {"user.link_provider", "user.note_provider_used"} <= verbs


def test_the_request_carries_pkce_state_and_nonce(
    client: Client, provider: SignOnProvider, remote: ScriptedProvider
) -> None:
    asked = sent_to(client, provider)
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == "http://testserver/login/provider/return/"
    remote.nonce, remote.claims = asked["nonce"], ALICE
    client.get("/login/provider/return/", {"state": asked["state"], "code": "c-1"})
    challenge = hashlib.sha256(remote.asked["code_verifier"].encode()).digest()
    assert base64.urlsafe_b64encode(challenge).rstrip(b"=").decode() == asked["code_challenge"]


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "another"},
        {"aud": "somebody-else"},
        {"aud": ["rapport", "other"]},
        {"aud": ["rapport", "other"], "azp": "other"},
        {"iss": "https://evil.example"},
        {"exp": -3600},
        {"iat": 3600},
        {"sub": None},
        {"email_verified": False},
        {"email_verified": "no"},
        {"email": "alice@evil.example"},
        {"email": ""},
    ],
    ids=str,
)
def test_no_false_claim_opens_an_account(
    client: Client, provider: SignOnProvider, remote: ScriptedProvider, lie: dict[str, Any]
) -> None:
    """`exp` and `iat` are told in seconds from now: the names of tests must be the same in every process."""
    lie = {name: int(time.time()) + told if name in ("exp", "iat") else told for name, told in lie.items()}
    assert come_back(client, provider, remote, **(ALICE | lie)) == "/login/"
    assert not is_in(client)
    assert not SignOnLink.objects.exists()


def test_a_token_signed_by_another_key_or_not_at_all_opens_nothing(
    client: Client, provider: SignOnProvider, remote: ScriptedProvider
) -> None:
    for key, algorithm in ((OTHER_KEY, "RS256"), (None, "none"), ("x" * 64, "HS256")):
        remote.key, remote.algorithm = key, algorithm
        assert come_back(client, provider, remote, **ALICE) == "/login/"
    assert not is_in(client)


def test_an_answer_that_this_browser_did_not_ask_for_is_refused(
    client: Client, provider: SignOnProvider, remote: ScriptedProvider
) -> None:
    asked = sent_to(client, provider)
    remote.nonce, remote.claims = asked["nonce"], ALICE
    stranger = Client()
    stranger.get("/login/provider/return/", {"state": asked["state"], "code": "c-1"})
    assert not is_in(stranger)
    client.get("/login/provider/return/", {"state": "another", "code": "c-1"})
    client.get("/login/provider/return/", {"state": asked["state"], "code": "c-1"})  # only one answer is looked at
    assert not is_in(client)


def test_an_answer_from_another_issuer_is_refused(
    client: Client, provider: SignOnProvider, remote: ScriptedProvider
) -> None:
    asked = sent_to(client, provider)
    remote.nonce, remote.claims = asked["nonce"], ALICE
    answer = {"state": asked["state"], "code": "c-1", "iss": "https://evil.example"}
    client.get("/login/provider/return/", answer)
    assert not is_in(client)


def test_who_has_no_account_gets_one_only_where_that_is_allowed(
    client: Client, provider: SignOnProvider, remote: ScriptedProvider, cast: Cast
) -> None:
    assert come_back(client, provider, remote, **NEWCOMER) == "/login/"
    assert "You have no account here yet" in told(client)
    change(provider, creates_users=True, role="seller", team=cast.north)
    assert come_back(client, provider, remote, **NEWCOMER) == "/"
    nina = User.objects.get(email="nina@rapport.example")
    assert (nina.name, nina.role, nina.team, nina.password) == ("Nina Novak", "seller", cast.north, "")
    assert Event.objects.filter(verb="user.create", subject_id=nina.pk).exists()


def test_somebody_deactivated_stays_out(
    client: Client, provider: SignOnProvider, remote: ScriptedProvider, cast: Cast
) -> None:
    with cast.acting(cast.dora):
        cast.alice.deactivate()
    assert come_back(client, provider, remote, **ALICE) == "/login/"
    assert not is_in(client)


def test_the_second_step_is_asked_for_unless_the_provider_does(
    client: Client, provider: SignOnProvider, remote: ScriptedProvider, cast: Cast
) -> None:
    TOTP.activate(cast.alice, generate_totp_secret())
    assert come_back(client, provider, remote, **ALICE) == "/login/second-step/"
    change(provider, asks_second_factor=True)
    assert come_back(Client(), provider, remote, **ALICE) == "/"


def test_one_lands_on_the_page_asked_for_but_never_elsewhere(
    client: Client, provider: SignOnProvider, remote: ScriptedProvider
) -> None:
    for wanted, reached in (("/keys/", "/keys/"), ("https://evil.example/", "/")):
        asked = sent_to(client, provider, next=wanted)
        remote.nonce, remote.claims = asked["nonce"], ALICE
        answer = client.get("/login/provider/return/", {"state": asked["state"], "code": "c-1"})
        assert answer.headers["Location"] == reached
        client.post("/logout/")


def test_a_provider_that_names_itself_otherwise_or_is_silent_is_told(
    client: Client, provider: SignOnProvider, remote: ScriptedProvider, cast: Cast
) -> None:
    remote.named = "https://evil.example"
    assert client.get(f"/login/provider/{provider.pk}/").headers["Location"] == "/login/"
    assert "names itself" in told(client)
    change(provider, issuer="http://127.0.0.1:9")
    client.get(f"/login/provider/{provider.pk}/")
    assert "does not answer as it should" in told(client)


def test_a_provider_whose_answer_drips_is_not_waited_for(
    client: Client, provider: SignOnProvider, remote: ScriptedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openid, "LONGEST_WAIT", 0.2)
    remote.drip = 0.05
    assert client.get(f"/login/provider/{provider.pk}/").headers["Location"] == "/login/"
    assert "does not answer as it should" in told(client)


def test_a_private_address_is_not_asked(client: Client, provider: SignOnProvider, settings: Any) -> None:
    settings.ALLOWED_PRIVATE_ADDRESSES = []
    client.get(f"/login/provider/{provider.pk}/")
    assert "inside a private network" in told(client)


def test_an_administrator_sets_one_up_tries_it_and_takes_it_away(remote: ScriptedProvider, cast: Cast) -> None:
    dora = Client()
    log_in(dora, cast.dora)
    answers = {"name": "Acme", "issuer": remote.issuer, "client_id": "rapport", "secret": SECRET, "role": "seller"}
    new = "/settings/signing-in/providers/new/"
    assert dora.post(new, answers).status_code == 422  # no domains
    assert dora.post(new, answers | {"domains": "rapport.example", "is_active": "on"}).status_code == 302
    provider = SignOnProvider.objects.get()
    assert SECRET not in provider.sealed_secret
    assert provider.client_secret == SECRET
    assert not Change.objects.filter(record_id=provider.pk, after__has_key="sealed_secret").exists()
    assert SECRET not in dora.get(f"/settings/signing-in/providers/{provider.pk}/").content.decode()
    page = dora.post(f"/settings/signing-in/providers/{provider.pk}/test/", follow=True).content.decode()
    assert "answers as it should" in page
    dora.post(f"/settings/signing-in/providers/{provider.pk}/remove/")
    assert not SignOnProvider.objects.exists()


def test_a_secret_typed_too_late_is_not_kept_in_the_session(client: Client, cast: Cast) -> None:
    client.force_login(cast.dora)
    asked = client.post("/settings/signing-in/providers/new/", {"name": "Acme", "secret": SECRET})
    assert asked.headers["Location"].startswith("/login/confirm/")
    assert SECRET not in str(dict(client.session))
    client.post(asked.headers["Location"], {"password": PASSWORD})
    assert client.get("/settings/signing-in/providers/new/").status_code == 200


def test_nobody_else_opens_these_settings(client: Client, cast: Cast, provider: SignOnProvider) -> None:
    log_in(client, cast.bob)
    for path in ("", "providers/new/", f"providers/{provider.pk}/"):
        assert client.get(f"/settings/signing-in/{path}").status_code == 403
