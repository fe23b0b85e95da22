"""Whoever is sent back where they came from lands on a page of ours, whatever the form says."""

import pytest
from django.shortcuts import redirect
from django.test import RequestFactory

from rapport.web.ui.addresses import way_back


@pytest.mark.parametrize(
    "hostile", ["", ":::", "today", "javascript:alert(1)", "//evil.example/", "https://evil.example/", "/a" * 4_000]
)
def test_nonsense_leads_to_the_page_that_was_meant(rf: RequestFactory, hostile: str) -> None:
    request = rf.post("/", {"next": hostile}, headers={"Referer": hostile})
    assert way_back(request, otherwise="/people/") == "/people/"


@pytest.mark.parametrize("ours", ["/people/?q=a:b:c", "/::", "http://testserver/people/"])
def test_a_page_of_ours_is_gone_back_to(rf: RequestFactory, ours: str) -> None:
    assert redirect(way_back(rf.post("/", {"next": ours}))).headers["Location"] == ours
    assert way_back(rf.post("/", headers={"Referer": ours})) == ours
