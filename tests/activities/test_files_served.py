"""Files come back as downloads that can't act as a page of ours, and only to those who may see them."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from rapport.activities.models import File
from rapport.activities.storage import path_of
from rapport.directory.models import Organisation
from rapport.pipeline.models import Opportunity
from rapport.web.places import record_address
from tests.activities.test_files import PDF, SVG
from tests.cast import Cast
from tests.clients import signed_in


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path)
    return tmp_path


def address_of(file: File) -> str:
    return f"{record_address('file', file.pk)}content/"


def attached(cast: Cast, about: Organisation | Opportunity, content: bytes, name: str) -> File:
    with cast.acting(cast.alice):
        return File.attach(io.BytesIO(content), name=name, about=[about])


@pytest.mark.parametrize("address", ["", "?show=1"])
@pytest.mark.parametrize(("content", "name"), [(SVG, "logo.svg"), (b"<html><script>alert(1)</script>", "page.html")])
def test_markup_is_only_ever_a_download(
    cast: Cast, acme: Organisation, content: bytes, name: str, address: str
) -> None:
    answer = signed_in(cast.bob).get(address_of(attached(cast, acme, content, name)) + address)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["Content-Type"] == "application/x-markup"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_the_content_comes_back_as_it_was(cast: Cast, acme: Organisation) -> None:
    answer = signed_in(cast.bob).get(address_of(attached(cast, acme, PDF, "été.pdf")))
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''%C3%A9t%C3%A9.pdf")


def test_who_may_not_see_it_is_told_that_there_is_none(cast: Cast, deal: Opportunity) -> None:
    address = address_of(attached(cast, deal, PDF, "secret.pdf"))
    assert signed_in(cast.alice).get(address).status_code == 200
    assert signed_in(cast.charlie).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_file_whose_content_is_gone_says_so(cast: Cast, acme: Organisation) -> None:
    file = attached(cast, acme, PDF, "a.pdf")
    path_of(file.sha256).unlink()
    assert signed_in(cast.alice).get(address_of(file)).status_code == 404
