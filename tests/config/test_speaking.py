"""Texts looked up quickly are the same texts, in each language and each number."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.utils.translation import trans_real

from rapport.config.speaking import OneCatalogue

NUMBERS = (0, 1, 2, 5, 11, 21, 1_000_000)


@pytest.mark.parametrize("language", dict(settings.LANGUAGES))
def test_one_catalogue_says_what_several_say(language: str) -> None:
    several = trans_real.DjangoTranslation(language)._catalog
    one = OneCatalogue(several)
    keys = set(several.keys())
    assert {key: one.get(key) for key in keys} == {key: several.get(key) for key in keys}
    forms = {key[0] for key in keys if isinstance(key, tuple)}
    assert [one.plural(form, n) for form in forms for n in NUMBERS] == [
        several.plural(form, n) for form in forms for n in NUMBERS
    ]


TWO_THREADS = """
import os, threading
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
import django
django.setup()
from zoneinfo import ZoneInfo
from django.utils import timezone, translation
from rapport.config.speaking import speak_quickly

speak_quickly()
told, ready = {}, threading.Barrier(2)

def speak(language, zone):
    translation.activate(language)
    timezone.activate(ZoneInfo(zone))
    ready.wait()
    told[language] = translation.gettext("Cancel"), translation.get_language(), timezone.get_current_timezone_name()

threads = [threading.Thread(target=speak, args=one) for one in (("fr", "Europe/Paris"), ("pt", "Europe/Lisbon"))]
[one.start() for one in threads]
[one.join() for one in threads]
print(*told["fr"], *told["pt"], translation.gettext("Cancel"))
"""


def test_each_thread_of_a_web_process_speaks_its_own_language() -> None:
    found = subprocess.run([sys.executable, "-c", TWO_THREADS], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "Annuler fr Europe/Paris Cancelar pt Europe/Lisbon Cancel"
