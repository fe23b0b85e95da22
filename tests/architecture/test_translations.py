"""Every text is there in French and Portuguese, with its placeholders."""

import pytest

from toolchain.messages import LANGUAGES, LOCALE, missing


@pytest.mark.skipif(not LOCALE.exists(), reason="no translations yet")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    """When this fails: `.venv/bin/python -m toolchain.messages`, then translate what is empty in the `.po` file."""
    assert not list(missing(language))
