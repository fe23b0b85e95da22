"""What the environment decides."""

from pathlib import Path

import pytest
from django.test import Client

from rapport.config.environment import allowed_hosts, secret
from rapport.core.database_settings import database_settings
from rapport.core.problems import Problem


def test_a_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    first = secret("secret_key", home=tmp_path)
    assert len(first) > 50
    assert secret("secret_key", home=tmp_path) == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_database_address_is_taken_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ann:p%40ss@db.example:6543/crm?sslmode=require")
    found = database_settings(home=tmp_path)
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == ("ann", "p@ss", "db.example", "6543")
    assert (found["NAME"], found["OPTIONS"]) == ("crm", {"sslmode": "require"})


def test_another_kind_of_database_is_refused_with_an_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://x/y")
    with pytest.raises(Problem, match="must look like postgresql://"):
        database_settings(home=tmp_path)


def test_we_answer_under_our_public_name_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST", "0.0.0.0")
    hosts = allowed_hosts("https://crm.example.org")
    assert "crm.example.org" in hosts
    assert not {"*", "0.0.0.0"} & set(hosts)


@pytest.mark.django_db
def test_answers_carry_strict_headers(client: Client) -> None:
    headers = client.get("/login/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
