"""How mail leaves is told by one address."""

from pathlib import Path

import pytest

from rapport.config.mail import mail_settings
from rapport.core.problems import Problem


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.org", "mail.example.org", 587, True, False),
        ("smtp://a%40b:p%2Fw@mail.example.org:25", "mail.example.org", 25, True, False),
        ("smtps://mail.example.org", "mail.example.org", 465, False, True),
        ("smtp://localhost:1025?tls=off", "localhost", 1025, False, False),
    ],
)
def test_the_address_says_server_port_and_encryption(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str, host: str, port: int, tls: bool, ssl: bool
) -> None:
    monkeypatch.setenv("EMAIL_URL", url)
    found = mail_settings(home=tmp_path)
    assert (found.host, found.port, found.use_tls, found.use_ssl) == (host, port, tls, ssl)
    assert found.backend == "django.core.mail.backends.smtp.EmailBackend"


def test_user_and_password_may_hold_any_sign(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EMAIL_URL", "smtp://a%40b:p%2Fw@mail.example.org")
    found = mail_settings(home=tmp_path)
    assert (found.user, found.password) == ("a@b", "p/w")


def test_without_a_server_mails_lie_in_a_folder_of_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("EMAIL_URL", raising=False)
    found = mail_settings(home=tmp_path)
    assert found.backend.endswith("filebased.EmailBackend")
    assert found.folder.stat().st_mode & 0o077 == 0


def test_another_kind_of_address_is_refused_with_an_example(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EMAIL_URL", "https://mail.example.org")
    with pytest.raises(Problem, match="must look like"):
        mail_settings(home=tmp_path)
